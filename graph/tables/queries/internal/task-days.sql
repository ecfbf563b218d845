SELECT due || deadline AS day, nullif(due, '') AS due, nullif(deadline, '') AS deadline, nullif(date, '') AS date, count
FROM tasks_due
WHERE role = ''
ORDER BY 1, 4
