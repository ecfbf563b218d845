SELECT o.iri AS directive, d.iri AS document, e.text AS sentence,
  f.path AS source, e.page, e.row, e.line, e.begins, e.ends, e.provision
FROM cites c JOIN document o ON o.id = c.object JOIN document d ON d.id = c.subject
  JOIN sentence e ON e.id = c.sentence JOIN source f ON f.id = e.source
WHERE TRUE
-- values: directive = c.object
-- values: document = c.subject
ORDER BY o.iri, d.iri, f.path, e.row, e.line
