-- Each count goes along an index.
SELECT d.iri AS document, sum(n) AS degree FROM (
  SELECT subject AS id, count(DISTINCT object) AS n FROM cites GROUP BY subject
  UNION ALL SELECT object, count(DISTINCT subject) FROM cites GROUP BY object
  UNION ALL SELECT subject, count(*) FROM (SELECT DISTINCT subject, predicate, object FROM statement) GROUP BY subject
  UNION ALL SELECT object, count(*) FROM (SELECT DISTINCT object, predicate, subject FROM statement) GROUP BY object
) JOIN document d USING (id)
GROUP BY d.id
ORDER BY degree DESC, d.label, d.iri
