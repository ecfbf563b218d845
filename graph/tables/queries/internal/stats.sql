SELECT 'files' AS what, count(*) AS count FROM source HAVING count(*)
UNION ALL SELECT 'documents', count(*) FROM document HAVING count(*)
UNION ALL SELECT 'bodies', count(*) FROM body HAVING count(*)
UNION ALL SELECT 'mentions', count(*) FROM mention
UNION ALL SELECT 'statements', (SELECT count(*) FROM statement) + (SELECT count(*) FROM cites)
UNION ALL SELECT 'actions', count(*) FROM action HAVING count(*)
UNION ALL SELECT 'sentences', count FROM counted WHERE document = 0 AND what = 'sentences' AND count
UNION ALL SELECT 'tasks', count(*) FROM task HAVING count(*)
UNION ALL SELECT 'relations', (SELECT count(*) FROM (SELECT DISTINCT object, predicate, subject FROM statement))
  + (SELECT count(*) FROM (SELECT DISTINCT object, subject FROM cites))
ORDER BY 1
