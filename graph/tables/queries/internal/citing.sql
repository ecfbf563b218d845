SELECT DISTINCT o.iri AS directive, d.iri AS document
FROM cites c JOIN document o ON o.id = c.object JOIN document d ON d.id = c.subject
WHERE TRUE
-- values: directive = c.object
ORDER BY o.iri, d.iri
