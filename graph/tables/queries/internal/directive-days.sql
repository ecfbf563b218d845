WITH above AS (
  SELECT DISTINCT subject AS document, object AS directive FROM statement WHERE predicate = 'implements' AND object <> subject
), counted AS (
  SELECT t.document, t.due, iif(t.due IS NULL, t.deadline, NULL) AS deadline,
    iif(t.due IS NULL AND t.deadline IS NOT NULL, d.date, NULL) AS date, count(*) AS count
  FROM task t LEFT JOIN document d ON d.id = t.document
  GROUP BY 1, 2, 3, 4
)
SELECT o.iri AS directive, o.label, o.date AS issued, g.due, g.deadline, g.date, g.count FROM (
  SELECT document AS id, due, deadline, date, count FROM counted
  UNION ALL
  SELECT a.directive, c.due, c.deadline, c.date, sum(c.count) FROM counted c JOIN above a ON a.document = c.document GROUP BY 1, 2, 3, 4
) g JOIN document o ON o.id = g.id
ORDER BY o.iri
