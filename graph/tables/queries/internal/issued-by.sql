SELECT d.iri AS document, b.iri AS body FROM issued i JOIN document d ON d.id = i.document JOIN body b ON b.id = i.body
WHERE TRUE
-- values: body = i.body
ORDER BY b.iri, d.iri
