SELECT t.due, t.deadline, coalesce(b.name, p.name) AS lead, t.text, d.label AS document, f.path AS source, e.line
FROM about a JOIN task t ON t.id = a.task JOIN party p ON p.task = t.id AND p.role = 'lead' LEFT JOIN body b ON b.id = p.body
  JOIN document d ON d.id = t.document JOIN sentence e ON e.id = t.sentence JOIN source f ON f.id = e.source
WHERE TRUE
-- values: directive = a.document
ORDER BY t.due, f.path, e.line, 3, t.text
