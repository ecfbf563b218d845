WITH local AS (
  SELECT DISTINCT s.object AS directive, s.subject, d.date
  FROM statement s JOIN document d ON d.id = s.subject JOIN document o ON o.id = s.object
  WHERE s.predicate IN ('implements', 'guides', 'continues') AND o.level = 'central' AND d.level <> 'central' AND d.date IS NOT NULL
),
first AS (SELECT directive, min(date) AS date FROM local GROUP BY directive)
SELECT o.iri AS directive, o.label, o.date, d.iri AS first, d.label AS firstLabel, d.date AS firstDate,
  CAST(julianday(d.date) - julianday(o.date) AS INTEGER) AS days
FROM first JOIN local ON local.directive = first.directive AND local.date = first.date
  JOIN document o ON o.id = first.directive JOIN document d ON d.id = local.subject
WHERE o.date IS NOT NULL
ORDER BY 7, o.label, d.label
