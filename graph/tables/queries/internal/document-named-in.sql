SELECT DISTINCT d.iri AS document, f.path AS source
FROM mention m JOIN document d ON d.id = m.means JOIN sentence e ON e.id = m.sentence JOIN source f ON f.id = e.source
WHERE TRUE
-- values: document = m.means
ORDER BY d.iri, f.path
