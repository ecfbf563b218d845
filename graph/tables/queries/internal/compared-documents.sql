SELECT d.iri AS document, d.label, d.title, d.date,
  CASE WHEN EXISTS (SELECT * FROM own WHERE own.document = d.id) THEN 'true' ELSE 'false' END AS read
FROM document d
ORDER BY d.iri
