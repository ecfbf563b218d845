WITH RECURSIVE link(above, below) AS (
  SELECT object, subject FROM statement s WHERE s.predicate IN ('implements', 'guides', 'continues')
  -- values: directive = s.object
  UNION
  SELECT s.object, s.subject FROM link JOIN statement s ON s.object = link.below
  WHERE s.predicate IN ('implements', 'guides', 'continues')
)
SELECT a.iri AS above, a.label AS aboveLabel, b.iri AS below, b.label AS belowLabel, b.level, b.date
FROM link JOIN document a ON a.id = link.above JOIN document b ON b.id = link.below
ORDER BY a.label, b.date, b.label
