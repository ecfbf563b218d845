SELECT d.iri AS document, b.iri AS body FROM document d JOIN body b ON b.id = d.body
WHERE TRUE
-- values: body = d.body
ORDER BY b.iri, d.iri
