SELECT d.iri AS document, d.label, d.title, m.count AS mentions, coalesce(f.count, 0) AS files
FROM counted m JOIN document d ON d.id = m.document LEFT JOIN counted f ON f.document = m.document AND f.what = 'files'
WHERE m.what = 'mentions'
ORDER BY m.count DESC, d.label, d.iri
LIMIT 50
