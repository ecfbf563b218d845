SELECT b.iri AS body, a.action, d.iri AS document, d.label, a.stated, e.text AS sentence,
  f.path AS source, e.page, e.row, e.line, e.begins, e.ends, e.provision
FROM action a JOIN body b ON b.id = a.actor JOIN document d ON d.id = a.document
  JOIN sentence e ON e.id = a.sentence JOIN source f ON f.id = e.source
WHERE TRUE
-- values: body = a.actor
ORDER BY b.iri, a.action, d.label, f.path, e.row, e.line
