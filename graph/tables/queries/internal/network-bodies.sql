SELECT d.iri AS subject, 'issuedBy' AS relation, b.iri AS object FROM issued i JOIN document d ON d.id = i.document JOIN body b ON b.id = i.body
UNION ALL
SELECT c.iri, 'partOf', b.iri FROM body c JOIN body b ON b.id = c.parent
ORDER BY 1, 2, 3
