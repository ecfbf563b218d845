SELECT b.iri AS body, b.name, b.parent_iri AS parent, p.name AS parentName, b.level, b.branch, b.scope
FROM body b LEFT JOIN body p ON p.id = b.parent
WHERE TRUE
-- values: body = b.id
ORDER BY b.iri
