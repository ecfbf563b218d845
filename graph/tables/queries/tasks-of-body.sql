SELECT t.due, t.deadline, p.role, t.text, d.label AS document, f.path AS source, e.line
FROM party p JOIN task t ON t.id = p.task JOIN document d ON d.id = t.document JOIN sentence e ON e.id = t.sentence
  JOIN source f ON f.id = e.source
WHERE p.body
-- values: body = p.body
ORDER BY t.due, f.path, e.line, t.text
