SELECT coalesce(t.due, t.deadline, '') AS day, t.due, iif(t.due IS NULL, t.deadline, NULL) AS deadline,
  iif(t.due IS NULL AND t.deadline IS NOT NULL, (SELECT d.date FROM document d WHERE d.id = t.document), NULL) AS date, count(*) AS count
FROM task t
GROUP BY 1, 2, 3, 4
ORDER BY 1, 4
