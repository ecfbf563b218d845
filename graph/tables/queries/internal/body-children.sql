SELECT b.parent_iri AS body, b.iri AS child, b.name, (SELECT count(*) FROM issued i WHERE i.body = b.id) AS documents
FROM body b
WHERE b.parent IS NOT NULL
-- values: body = b.parent
ORDER BY b.parent_iri, b.name
