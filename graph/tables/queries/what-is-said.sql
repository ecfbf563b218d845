-- Grouped, not distinct: SQLite then sorts once.
SELECT f.path AS source, e.page, e.row, e.line, e.provision, e.footnote, e.text AS sentence
FROM mention m JOIN sentence e ON e.id = m.sentence JOIN source f ON f.id = e.source
WHERE TRUE
-- values: directive = m.means
GROUP BY f.path, e.row, e.line, e.footnote, e.text, e.page, e.provision
ORDER BY f.path, e.row, e.line, e.footnote, e.text
