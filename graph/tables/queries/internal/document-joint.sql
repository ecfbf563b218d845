SELECT d.iri AS document, b.iri AS body, b.name FROM told t JOIN document d ON d.id = t.document JOIN body b ON b.iri = t.value
WHERE t.what = 'jointIssuer'
-- values: document = t.document
ORDER BY d.iri, b.iri
