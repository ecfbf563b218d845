SELECT DISTINCT b.iri AS body, t.iri AS task FROM party p JOIN task t ON t.id = p.task JOIN body b ON b.id = p.body
WHERE TRUE
-- values: body = p.body
ORDER BY b.iri, t.iri
