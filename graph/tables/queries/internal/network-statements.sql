SELECT d.iri AS subject, 'https://w3id.org/chidao/ns#' || s.predicate AS predicate, o.iri AS object,
  'https://w3id.org/chidao/ns#certainty-' || s.certainty AS certainty, e.text AS sentence, coalesce(s.text, substr(e.text, s.start - e.begins + 1, s."end" - s.start)) AS quote, f.path AS source, e.page, e.row, e.line,
  e.provision, e.begins AS start, e.ends AS "end"
FROM (
  SELECT object, predicate, subject, certainty, sentence, text, start, "end" FROM statement WHERE TRUE
  -- values: subject = statement.subject
  -- values: object = statement.object
  UNION ALL
  SELECT object, 'cites', subject, 'explicit', sentence, NULL, NULL, NULL FROM cites WHERE TRUE
  -- values: subject = cites.subject
  -- values: object = cites.object
) s JOIN document d ON d.id = s.subject JOIN document o ON o.id = s.object
  JOIN sentence e ON e.id = s.sentence JOIN source f ON f.id = e.source
ORDER BY 1, 2, 3, f.path, e.row, e.begins
