SELECT d.iri AS document, d.label, count(*) AS mentions
FROM document d JOIN mention m ON m.means = d.id AND NOT m.entry
WHERE d.number IS NOT NULL AND d.date IS NULL
GROUP BY d.id
ORDER BY 3 DESC, d.label
