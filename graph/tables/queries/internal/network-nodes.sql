SELECT iri AS node, 'document' AS kind, label, code AS number, type, title, issuer, date,
  'https://w3id.org/chidao/ns#level-' || level AS level, 'https://w3id.org/chidao/place/' || scope AS scope
FROM document
WHERE TRUE
-- values: node = id
UNION ALL
SELECT iri, 'body', name, NULL, NULL, NULL, NULL, NULL, 'https://w3id.org/chidao/ns#level-' || level, 'https://w3id.org/chidao/place/' || scope
FROM body
WHERE TRUE
-- values: node = id
ORDER BY 1
