SELECT d.iri AS document, 'date' AS what, d.date AS value FROM document d
WHERE d.date IS NOT NULL
-- values: document = d.id
UNION
SELECT d.iri, 'date', t.value FROM told t JOIN document d ON d.id = t.document
WHERE t.what = 'statedDate'
-- values: document = t.document
UNION
SELECT d.iri, 'issuer', b.name FROM mention m JOIN document d ON d.id = m.means JOIN body b ON b.id = m.issuer
WHERE TRUE
-- values: document = m.means
ORDER BY 1, 2, 3
