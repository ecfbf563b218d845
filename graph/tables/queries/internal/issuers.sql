SELECT d.iri AS document, b.iri AS body FROM issued i JOIN document d ON d.id = i.document JOIN body b ON b.id = i.body
WHERE TRUE
-- values: document = d.id
ORDER BY d.iri, b.iri
