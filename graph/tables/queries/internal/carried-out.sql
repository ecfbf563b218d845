SELECT DISTINCT d.iri AS document, o.iri AS directive, o.label, o.date
FROM statement s JOIN document d ON d.id = s.subject JOIN document o ON o.id = s.object
WHERE s.predicate = 'implements'
-- values: document = s.subject
ORDER BY d.iri, o.iri
