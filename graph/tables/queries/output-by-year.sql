SELECT b.name AS issuer, substr(d.date, 1, 4) AS year, count(*) AS documents
FROM document d JOIN body b ON b.id = d.body
WHERE d.date IS NOT NULL
-- values: body = d.body
GROUP BY b.name, 2
ORDER BY 1, 2
