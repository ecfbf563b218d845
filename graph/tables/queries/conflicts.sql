WITH RECURSIVE part(inner, outer) AS (
  SELECT id, parent FROM body WHERE parent IS NOT NULL
  UNION
  SELECT part.inner, body.parent FROM part JOIN body ON body.id = part.outer WHERE body.parent IS NOT NULL
),
day(document, date) AS (
  SELECT id, date FROM document WHERE date IS NOT NULL AND id IN (SELECT document FROM told WHERE what = 'statedDate')
  UNION
  SELECT document, value FROM told WHERE what = 'statedDate'
),
issuer(document, body) AS (
  SELECT DISTINCT m.means, m.issuer FROM counted c CROSS JOIN mention m ON m.means = c.document WHERE c.what = 'issuers' AND m.issuer IS NOT NULL
)
SELECT d.iri AS document, d.label, 'date' AS what, a.date AS one, b.date AS other
FROM day a JOIN day b ON b.document = a.document AND a.date < b.date JOIN document d ON d.id = a.document
UNION
SELECT d.iri, d.label, 'issuer', p.name, q.name
FROM issuer a JOIN issuer b ON b.document = a.document JOIN document d ON d.id = a.document
  JOIN body p ON p.id = a.body JOIN body q ON q.id = b.body
WHERE p.iri < q.iri AND (p.id, q.id) NOT IN (SELECT inner, outer FROM part) AND (q.id, p.id) NOT IN (SELECT inner, outer FROM part)
UNION
SELECT d.iri, d.label, CASE a.kind WHEN 'expires' THEN 'expires' ELSE 'in force' END, a.date, b.date
FROM force a JOIN force b ON b.document = a.document AND b.kind = a.kind AND a.date < b.date JOIN document d ON d.id = a.document
WHERE a.kind IN ('in-force', 'expires') AND NOT EXISTS (SELECT * FROM scope WHERE event = a.id AND what = 'inScope')
  AND NOT EXISTS (SELECT * FROM scope WHERE event = b.id AND what = 'inScope')
ORDER BY 2, 3, 4, 5
