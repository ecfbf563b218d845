WITH RECURSIVE below(directive, document) AS (
  SELECT object, subject FROM statement s WHERE s.predicate IN ('implements', 'guides', 'continues')
  -- values: directive = s.object
  UNION
  SELECT below.directive, s.subject FROM below JOIN statement s ON s.object = below.document
  WHERE s.predicate IN ('implements', 'guides', 'continues')
),
asked AS (SELECT id, iri, date FROM document WHERE TRUE
  -- values: directive = document.id
),
acted(directive, body) AS (
  SELECT a.document, a.actor FROM asked JOIN action a ON a.document = asked.id WHERE a.actor IS NOT NULL
  UNION
  SELECT below.directive, i.body FROM below JOIN issued i ON i.document = below.document
)
SELECT asked.iri AS directive, b.iri AS body, b.name, count(*) AS documents, sum(later.date >= asked.date) AS after,
  max(coalesce(later.date, '')) AS newest
FROM asked JOIN body b ON b.level <> 'central' AND (asked.id, b.id) NOT IN (SELECT directive, body FROM acted)
  JOIN issued d ON d.body = b.id
  LEFT JOIN document later ON later.id = d.document AND EXISTS (SELECT * FROM own WHERE own.document = d.document)
GROUP BY asked.id, b.id
HAVING sum(later.date >= asked.date) > 0
ORDER BY asked.iri, 5 DESC, 4 DESC, b.name
