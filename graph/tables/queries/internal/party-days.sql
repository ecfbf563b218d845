SELECT p.role, coalesce(b.name, p.name) AS name, b.iri AS body, t.due, iif(t.due IS NULL, t.deadline, NULL) AS deadline,
  iif(t.due IS NULL AND t.deadline IS NOT NULL, (SELECT d.date FROM document d WHERE d.id = t.document), NULL) AS date, count(*) AS count
FROM party p JOIN task t ON t.id = p.task LEFT JOIN body b ON b.id = p.body
GROUP BY p.role, p.body, p.name, 4, 5, 6
ORDER BY p.role, 2, 3
