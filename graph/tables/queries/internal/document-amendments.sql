SELECT DISTINCT d.iri AS document, x.iri AS amendment, x.operation, c.value AS changed, x.old, x.new, b.iri AS "by", b.label,
  b.date AS byDate, b.number AS byNumber, e.clause, x.since, coalesce(x.text, substr(e.text, x.start - e.begins + 1, x."end" - x.start)) AS quote, e.text AS sentence,
  f.path AS source, e.page, e.row, e.line, e.begins, e.ends, e.provision
FROM amendment x JOIN document d ON d.id = x.document JOIN document b ON b.id = x.said_by
  JOIN sentence e ON e.id = x.sentence JOIN source f ON f.id = e.source
  LEFT JOIN scope c ON c.event = x.id AND c.what = 'changed'
WHERE TRUE
-- values: document = x.document
ORDER BY d.iri, x.since, b.date, b.label, f.path, e.line, c.value, x.iri
