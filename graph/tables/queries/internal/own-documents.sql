SELECT DISTINCT d.iri AS document, d.date, d.scope, b.iri AS body
FROM own JOIN document d ON d.id = own.document LEFT JOIN body b ON b.id = d.body
WHERE d.date IS NOT NULL
ORDER BY d.iri, b.iri
