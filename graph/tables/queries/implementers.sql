SELECT DISTINCT d.iri AS document, d.label, d.title, d.issuer, d.date, d.level, s.predicate AS relation
FROM statement s JOIN document d ON d.id = s.subject
WHERE s.predicate IN ('implements', 'guides', 'continues')
-- values: directive = s.object
ORDER BY d.date, d.label, s.predicate
