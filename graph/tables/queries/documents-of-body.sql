SELECT d.iri AS document, d.label, d.title, d.date FROM document d
WHERE d.body IS NOT NULL
-- values: body = d.body
ORDER BY d.date, d.label
