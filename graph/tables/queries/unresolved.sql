SELECT d.iri AS document, d.label, d.why, c.iri AS candidate, c.label AS candidateLabel, c.date
FROM document d
  LEFT JOIN (SELECT k.document, o.* FROM candidate k JOIN document o ON o.id = k.other) c ON c.document = d.id
WHERE d.why IS NOT NULL
ORDER BY d.label, d.iri, c.date
