SELECT DISTINCT d.iri AS document, d.label, l.lacks, f.path AS source, f.sha256
FROM document d JOIN (SELECT 'number' AS lacks UNION ALL SELECT 'date') l ON CASE l.lacks WHEN 'number' THEN d.number IS NULL ELSE d.date IS NULL END
  JOIN own o ON o.document = d.id JOIN source f ON f.id = o.source
WHERE d.symbol IS NOT NULL
ORDER BY d.label, d.iri, l.lacks, f.path
