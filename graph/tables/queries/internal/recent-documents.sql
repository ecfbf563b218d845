SELECT DISTINCT d.iri AS document, d.label, d.title, d.issuer, d.date, d.level
FROM own JOIN document d ON d.id = own.document
WHERE d.date IS NOT NULL
ORDER BY d.date DESC, d.label
LIMIT 10
