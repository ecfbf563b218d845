SELECT DISTINCT d.iri AS document, x.iri AS event, x.kind, x.date, x.until, x.until_text AS untilText, i.value AS inScope,
  n.value AS notInScope, w.value AS notInScopeText, b.iri AS "by", b.label, b.date AS byDate, b.number AS byNumber,
  coalesce(x.text, substr(e.text, x.start - e.begins + 1, x."end" - x.start)) AS quote, e.text AS sentence,
  f.path AS source, e.page, e.row, e.line, e.begins, e.ends, e.provision
FROM force x JOIN document d ON d.id = x.document JOIN document b ON b.id = x.said_by
  JOIN sentence e ON e.id = x.sentence JOIN source f ON f.id = e.source
  LEFT JOIN scope i ON i.event = x.id AND i.what = 'inScope' LEFT JOIN scope n ON n.event = x.id AND n.what = 'notInScope'
  LEFT JOIN scope w ON w.event = x.id AND w.what = 'notInScopeText'
WHERE TRUE
-- values: document = x.document
ORDER BY d.iri, x.date, f.path, e.line, x.iri, i.value, n.value
