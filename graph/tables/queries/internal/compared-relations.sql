SELECT DISTINCT d.iri AS subject, d.label AS subjectLabel, s.predicate, o.iri AS object, o.label AS objectLabel
FROM statement s JOIN document d ON d.id = s.subject JOIN document o ON o.id = s.object
ORDER BY d.iri, s.predicate, o.iri
