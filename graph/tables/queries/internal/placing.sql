SELECT d.iri AS document, d.label, d.level, d.date, d.scope, b.iri AS body FROM document d
LEFT JOIN issued i ON i.document = d.id LEFT JOIN body b ON b.id = i.body
WHERE TRUE
-- values: document = d.id
ORDER BY d.iri, b.iri
