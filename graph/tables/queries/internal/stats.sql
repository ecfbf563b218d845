WITH rows(of, count) AS MATERIALIZED (SELECT substr(what, 9), count FROM counted WHERE document = 0)
SELECT 'files' AS what, count(*) AS count FROM source HAVING count(*)
UNION ALL SELECT 'documents', count(*) FROM document HAVING count(*)
UNION ALL SELECT 'bodies', count(*) FROM body HAVING count(*)
UNION ALL SELECT 'mentions', count FROM rows WHERE of = 'mention'
UNION ALL SELECT 'statements', sum(count) FROM rows WHERE of IN ('statement', 'cites')
UNION ALL SELECT of || 's', count FROM rows WHERE of IN ('action', 'sentence', 'task') AND count
UNION ALL SELECT 'relations', (SELECT count(*) FROM (SELECT DISTINCT object, predicate, subject FROM statement))
  + (SELECT count(*) FROM (SELECT DISTINCT object, subject FROM cites))
ORDER BY 1
