SELECT d.iri AS document, CASE WHEN m.entry THEN e.text ELSE coalesce(m.text, substr(e.text, m.start - e.begins + 1, m."end" - m.start)) END AS exact,
  e.text AS sentence, e.footnote, f.path AS source, e.page, e.row, e.line, e.begins, e.ends, e.provision, b.iri AS "by", b.label AS byLabel
FROM mention m JOIN document d ON d.id = m.means JOIN sentence e ON e.id = m.sentence JOIN source f ON f.id = e.source
  LEFT JOIN own ON own.source = CASE WHEN e.row IS NULL THEN f.id END LEFT JOIN document b ON b.id = own.document
WHERE TRUE
-- values: document = m.means
ORDER BY d.iri, f.path, e.row, e.begins, m.id
