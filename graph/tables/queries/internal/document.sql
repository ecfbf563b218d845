SELECT d.iri AS document, d.label, d.type, d.code, d.year, d.date, d.issuer, d.title, d.level, d.scope,
  (SELECT min(value) FROM told WHERE document = d.id AND what = 'signer') AS signer,
  (SELECT min(value) FROM told WHERE document = d.id AND what = 'signerRole') AS signerRole,
  (SELECT min(value) FROM told WHERE document = d.id AND what = 'place') AS place, d.why, d.month
FROM document d
WHERE TRUE
-- values: document = d.id
ORDER BY d.iri
