SELECT d.iri AS document, min(t.value) AS since
FROM told t JOIN document d ON d.id = t.document
WHERE t.what = 'firstInForce'
-- values: document = t.document
GROUP BY d.id
ORDER BY d.iri
