SELECT b.name AS issuer, substr(d.date, 1, 4) AS year, count(*) AS documents
FROM issued JOIN document d ON d.id = issued.document JOIN body b ON b.id = issued.body
WHERE d.date IS NOT NULL
-- values: body = issued.body
GROUP BY b.name, 2
ORDER BY 1, 2
