SELECT DISTINCT p.name AS "group", t.iri AS task FROM party p JOIN task t ON t.id = p.task
WHERE p.body = 0
-- values: group = p.name
ORDER BY p.name, t.iri
