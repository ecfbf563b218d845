SELECT o.iri AS document, o.label, o.title, o.issuer, o.date, o.level, count(DISTINCT s.subject) AS count
FROM statement s JOIN document o ON o.id = s.object
WHERE s.predicate IN ('implements', 'guides', 'continues')
GROUP BY o.id
ORDER BY coalesce(o.level = 'central', FALSE) DESC, 7 DESC, o.date, o.label
LIMIT 50
