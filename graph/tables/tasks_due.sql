WITH counted AS (
  SELECT t.id, coalesce(t.due, '') AS due, iif(t.due IS NULL, coalesce(t.deadline, ''), '') AS deadline,
    iif(t.due IS NULL AND t.deadline IS NOT NULL, coalesce(d.date, ''), '') AS date
  FROM task t LEFT JOIN document d ON d.id = t.document
  WHERE TRUE
-- values: touched = t.document
)
SELECT '', 0, '', due, deadline, date, count(*) FROM counted GROUP BY due, deadline, date
UNION ALL
SELECT p.role, p.body, p.name, c.due, c.deadline, c.date, count(*) FROM counted c CROSS JOIN party p ON p.task = c.id
GROUP BY p.role, p.body, p.name, c.due, c.deadline, c.date
