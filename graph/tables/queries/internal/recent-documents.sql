SELECT d.iri AS document, d.label, d.title, d.issuer, d.date, d.level
FROM document d
WHERE d.date IS NOT NULL AND EXISTS (SELECT * FROM own WHERE own.document = d.id)
ORDER BY d.date DESC, d.label
LIMIT 10
