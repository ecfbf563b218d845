SELECT DISTINCT d.iri AS document, o.iri AS directive
FROM statement s JOIN document d ON d.id = s.subject JOIN document o ON o.id = s.object
WHERE s.predicate IN ('implements', 'guides', 'continues')
-- values: directive = s.object
ORDER BY o.iri, d.iri
