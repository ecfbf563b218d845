SELECT d.iri AS document, t.value AS recipient
FROM told t JOIN document d ON d.id = t.document
WHERE t.what = 'recipient'
-- values: document = t.document
ORDER BY d.iri, t.value
