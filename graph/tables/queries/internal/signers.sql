SELECT d.iri AS document, t.value AS signer FROM told t JOIN document d ON d.id = t.document WHERE t.what = 'signer'
-- values: document = t.document
ORDER BY d.iri, t.value
