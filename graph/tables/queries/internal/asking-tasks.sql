WITH carried(document) AS (SELECT DISTINCT object FROM statement WHERE predicate = 'implements' AND certainty = 'explicit'),
of(task) AS (
  SELECT t.id FROM carried c CROSS JOIN task t ON t.document = c.document
  UNION SELECT a.task FROM carried c CROSS JOIN about a ON a.document = c.document
)
SELECT t.iri AS task FROM of CROSS JOIN task t ON t.id = of.task
WHERE t.text LIKE '%x_y d_ng%' OR t.text LIKE '%ban h_nh%' OR t.text LIKE '%so_n th_o%' OR t.text LIKE '%l_p%'
ORDER BY t.iri
