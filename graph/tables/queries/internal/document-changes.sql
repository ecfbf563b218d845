SELECT DISTINCT d.iri AS document, s.predicate, b.iri AS "by", b.label, b.date, s.certainty, coalesce(s.text, substr(e.text, s.start - e.begins + 1, s."end" - s.start)) AS quote, e.text AS sentence,
  f.path AS source, e.page, e.row, e.line, e.begins, e.ends, e.provision
FROM statement s JOIN document d ON d.id = s.object JOIN document b ON b.id = s.subject
  JOIN sentence e ON e.id = s.sentence JOIN source f ON f.id = e.source
WHERE s.predicate IN ('repeals', 'replaces', 'amends', 'corrects', 'consolidates', 'continues')
-- values: document = s.object
ORDER BY d.iri, b.date, b.label, f.path, e.row, e.line
