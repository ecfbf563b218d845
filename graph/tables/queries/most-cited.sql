SELECT c.iri AS document, c.label, c.title, c.mentions, (
  SELECT count(DISTINCT e.source) FROM mention m JOIN sentence e ON e.id = m.sentence WHERE m.means = c.id AND NOT m.entry
) AS files
FROM (
  SELECT d.id, d.iri, d.label, d.title, count(*) AS mentions
  FROM document d CROSS JOIN mention m ON m.means = d.id
  WHERE NOT m.entry AND m.sentence IS NOT NULL
  GROUP BY d.id
  ORDER BY 5 DESC, d.label, d.iri
  LIMIT 50
) c
ORDER BY c.mentions DESC, c.label, c.iri
