SELECT d.scope, b.iri AS body, d.date, count(*) AS count
FROM document d LEFT JOIN body b ON b.id = d.body
WHERE d.date IS NOT NULL AND EXISTS (SELECT * FROM own WHERE own.document = d.id)
GROUP BY d.scope, b.iri, d.date
ORDER BY d.scope, b.iri, d.date
