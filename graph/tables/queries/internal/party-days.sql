SELECT p.role, coalesce(b.name, p.name) AS name, b.iri AS body, nullif(p.due, '') AS due, nullif(p.deadline, '') AS deadline,
  nullif(p.date, '') AS date, p.count
FROM tasks_due p LEFT JOIN body b ON b.id = p.body
WHERE p.role <> ''
ORDER BY p.role, 2, 3
