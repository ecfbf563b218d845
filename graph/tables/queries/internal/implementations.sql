SELECT d.iri AS document, o.iri AS directive, s.predicate, s.certainty,
  coalesce(s.text, substr(e.text, s.start - e.begins + 1, s."end" - s.start)) AS quote, e.text AS sentence,
  f.path AS source, e.page, e.row, e.line, e.begins, e.ends, e.provision, s.start, s."end"
FROM statement s JOIN document d ON d.id = s.subject JOIN document o ON o.id = s.object
  JOIN sentence e ON e.id = s.sentence JOIN source f ON f.id = e.source
WHERE s.predicate IN ('implements', 'guides', 'continues')
-- values: directive = s.object
-- values: document = s.subject
ORDER BY d.iri, f.path, e.row, s.start
