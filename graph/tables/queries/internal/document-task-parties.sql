SELECT DISTINCT d.iri AS document, coalesce(b.name, p.name) AS name
FROM task t JOIN document d ON d.id = t.document JOIN party p ON p.task = t.id LEFT JOIN body b ON b.id = p.body
WHERE p.role = 'lead'
-- values: document = t.document
ORDER BY d.iri, coalesce(b.name, p.name)
