-- Found by their subjects: to look for each pair of many takes a look at all pairs.
SELECT d.iri AS subject, 'https://w3id.org/chidao/ns#' || s.predicate AS predicate, o.iri AS object,
  'https://w3id.org/chidao/ns#certainty-' || s.certainty AS certainty
FROM statement s JOIN document d ON d.id = s.subject JOIN document o ON o.id = s.object
WHERE TRUE
-- values: subject = s.subject
-- values: object = +s.object
UNION ALL
SELECT d.iri, 'https://w3id.org/chidao/ns#cites', o.iri, 'https://w3id.org/chidao/ns#certainty-explicit'
FROM cites c JOIN document d ON d.id = c.subject JOIN document o ON o.id = c.object
WHERE TRUE
-- values: subject = c.subject
-- values: object = +c.object
