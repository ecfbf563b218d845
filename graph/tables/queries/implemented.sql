SELECT DISTINCT o.iri AS directive, o.label, o.title, o.issuer, o.date, s.predicate AS relation
FROM statement s JOIN document o ON o.id = s.object
WHERE s.predicate IN ('implements', 'guides', 'continues')
-- values: document = s.subject
ORDER BY o.date, o.label, s.predicate
