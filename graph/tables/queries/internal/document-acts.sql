SELECT b.name AS actor, a.action, e.text AS sentence,
  f.path AS source, e.page, e.row, e.line, e.begins, e.ends, e.provision
FROM action a JOIN sentence e ON e.id = a.sentence JOIN source f ON f.id = e.source LEFT JOIN body b ON b.id = a.actor
WHERE TRUE
-- values: directive = a.document
ORDER BY f.path, e.row, e.line, a.action, b.name, a.id
