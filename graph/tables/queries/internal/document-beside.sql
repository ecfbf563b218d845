SELECT DISTINCT d.iri AS document, r.role, s.predicate, o.iri AS other, o.label, o.date, s.certainty, coalesce(s.text, substr(e.text, s.start - e.begins + 1, s."end" - s.start)) AS quote, e.text AS sentence,
  f.path AS source, e.page, e.row, e.line, e.begins, e.ends, e.provision
FROM (
  SELECT 'subject' AS role, subject AS own, object AS other, id, object, predicate, subject FROM statement WHERE TRUE
  -- values: document = statement.subject
  UNION ALL
  SELECT 'object', object, subject, id, object, predicate, subject FROM statement WHERE predicate NOT IN ('implements', 'guides', 'continues')
  -- values: document = statement.object
) r JOIN statement s ON s.object = r.object AND s.predicate = r.predicate AND s.subject = r.subject AND s.id = r.id
  JOIN document d ON d.id = r.own JOIN document o ON o.id = r.other
  JOIN sentence e ON e.id = s.sentence JOIN source f ON f.id = e.source
ORDER BY d.iri, r.role, s.predicate, o.date, o.label, f.path, e.row, e.line
