SELECT t.iri AS task, d.iri AS document, d.label, d.date, t.text, t.deadline, t.deadline_text AS deadlineText, t.due, t.rule,
  f.path AS source, e.page, e.row, e.line, e.begins, e.ends, e.provision
FROM task t JOIN document d ON d.id = t.document JOIN sentence e ON e.id = t.sentence JOIN source f ON f.id = e.source
WHERE TRUE
-- values: task = t.id
-- values: document = t.document
ORDER BY f.path, t.iri
