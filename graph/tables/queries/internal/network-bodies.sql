SELECT d.iri AS subject, 'issuedBy' AS relation, b.iri AS object FROM document d JOIN body b ON b.id = d.body
UNION ALL
SELECT c.iri, 'partOf', b.iri FROM body c JOIN body b ON b.id = c.parent
ORDER BY 1, 2, 3
