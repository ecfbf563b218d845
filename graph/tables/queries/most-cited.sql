SELECT d.iri AS document, d.label, d.title, m.mentions, m.files
FROM (
  SELECT means, count(*) AS mentions, count(DISTINCT e.source) AS files
  FROM mention JOIN sentence e ON e.id = mention.sentence
  WHERE NOT entry
  GROUP BY means
) m JOIN document d ON d.id = m.means
ORDER BY m.mentions DESC, d.label, d.iri
LIMIT 50
