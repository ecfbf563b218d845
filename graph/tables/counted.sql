SELECT d.id, 'mentions', count(*) FROM document d CROSS JOIN mention m ON m.means = d.id WHERE NOT m.entry AND m.sentence IS NOT NULL
-- values: touched = d.id
GROUP BY d.id
UNION ALL
SELECT d.id, 'files', count(DISTINCT e.source) FROM document d CROSS JOIN mention m ON m.means = d.id CROSS JOIN sentence e ON e.id = m.sentence
WHERE NOT m.entry
-- values: touched = d.id
GROUP BY d.id
UNION ALL
SELECT d.id, 'issuers', count(DISTINCT m.issuer) FROM document d CROSS JOIN mention m ON m.means = d.id WHERE m.issuer IS NOT NULL
-- values: touched = d.id
GROUP BY d.id HAVING count(DISTINCT m.issuer) > 1
UNION ALL
SELECT object, 'carries-out', count(DISTINCT subject) FROM statement WHERE predicate IN ('implements', 'guides', 'continues')
-- values: touched = object
GROUP BY object
UNION ALL
SELECT object, 'cites', count(DISTINCT subject) FROM cites WHERE TRUE
-- values: touched = object
GROUP BY object
UNION ALL
SELECT document, 'read', count(*) FROM own WHERE TRUE
-- values: touched = document
GROUP BY document
UNION ALL
SELECT document, 'told', count(DISTINCT told) FROM (
  SELECT document, id AS told FROM force
  UNION ALL SELECT document, id FROM amendment
  UNION ALL SELECT object, subject FROM statement WHERE predicate IN ('repeals', 'replaces')
) WHERE TRUE
-- values: touched = document
GROUP BY document
UNION ALL
SELECT id, 'linked', sum(n) FROM (
  SELECT subject AS id, count(DISTINCT object) AS n FROM cites WHERE TRUE
  -- values: touched = subject
  GROUP BY subject
  UNION ALL SELECT object, count(DISTINCT subject) FROM cites WHERE TRUE
  -- values: touched = object
  GROUP BY object
  UNION ALL SELECT subject, count(*) FROM (
    SELECT DISTINCT subject, predicate, object FROM statement WHERE TRUE
    -- values: touched = subject
  ) GROUP BY subject
  UNION ALL SELECT object, count(*) FROM (
    SELECT DISTINCT object, predicate, subject FROM statement WHERE TRUE
    -- values: touched = object
  ) GROUP BY object
) GROUP BY id
UNION ALL
SELECT body, 'issued', count(*) FROM issued WHERE TRUE
-- values: touched = body
GROUP BY body
