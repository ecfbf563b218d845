SELECT o.iri AS directive, b.iri AS body, a.action, e.text AS sentence, a."trigger" AS quote,
  f.path AS source, e.page, e.row, e.line, e.begins, e.ends, e.provision
FROM action a JOIN document o ON o.id = a.document JOIN body b ON b.id = a.actor
  JOIN sentence e ON e.id = a.sentence JOIN source f ON f.id = e.source
WHERE a."trigger" IS NOT NULL
-- values: directive = a.document
-- values: body = a.actor
ORDER BY o.iri, b.iri, f.path, e.row, e.line, a.action
