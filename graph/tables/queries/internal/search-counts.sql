WITH told(document, "by") AS (
  SELECT document, id FROM force
  UNION SELECT document, id FROM amendment
  UNION SELECT object, subject FROM statement WHERE predicate IN ('repeals', 'replaces')
),
counted(id, what, count) AS (
  SELECT object, 'carries-out', count(DISTINCT subject) FROM statement WHERE predicate IN ('implements', 'guides', 'continues') GROUP BY object
  UNION ALL SELECT object, 'cites', count(DISTINCT subject) FROM cites GROUP BY object
  UNION ALL SELECT document, 'read', count(*) FROM own GROUP BY document
  UNION ALL SELECT document, 'told', count(*) FROM told GROUP BY document
)
SELECT d.iri AS node, counted.what, counted.count FROM counted JOIN document d ON d.id = counted.id
UNION ALL
SELECT b.iri, 'issued', count(*) FROM issued i JOIN body b ON b.id = i.body GROUP BY b.id
ORDER BY 1, 2
