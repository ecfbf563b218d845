SELECT DISTINCT d.iri AS document, d.label, d.title, d.date FROM issued JOIN document d ON d.id = issued.document
WHERE TRUE
-- values: body = issued.body
ORDER BY d.date, d.label
