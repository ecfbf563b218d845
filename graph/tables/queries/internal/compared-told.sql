SELECT d.iri AS document, d.label FROM document d
WHERE d.id IN (
  SELECT document FROM force
  UNION SELECT document FROM amendment
  UNION SELECT object FROM statement WHERE predicate IN ('repeals', 'replaces')
)
ORDER BY d.iri
