SELECT q.task, q.due, q.deadline, q.date, q.source, q.line FROM (
  SELECT t.iri AS task, t.due, iif(t.due IS NULL, t.deadline, NULL) AS deadline, coalesce(t.due, t.deadline, '') AS day,
    iif(t.due IS NULL AND t.deadline IS NOT NULL, (SELECT d.date FROM document d WHERE d.id = t.document), NULL) AS date,
    f.path AS source, e.line
  FROM task t JOIN sentence e ON e.id = t.sentence JOIN source f ON f.id = e.source) q
WHERE TRUE
-- values: day = q.day
ORDER BY q.source, q.line, q.task
