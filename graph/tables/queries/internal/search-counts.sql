SELECT coalesce(d.iri, b.iri) AS node, c.what, c.count
FROM counted c LEFT JOIN document d ON d.id = c.document LEFT JOIN body b ON b.id = c.document
WHERE c.what IN ('carries-out', 'cites', 'issued', 'read', 'told') AND coalesce(d.iri, b.iri) IS NOT NULL
-- values: node = c.document
ORDER BY 1, 2
