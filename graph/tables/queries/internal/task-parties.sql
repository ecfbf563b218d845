SELECT t.iri AS task, p.role, coalesce(b.name, p.name) AS name, b.iri AS body
FROM party p JOIN task t ON t.id = p.task LEFT JOIN body b ON b.id = p.body
WHERE TRUE
-- values: task = p.task
ORDER BY t.iri, p.role, coalesce(b.name, p.name)
