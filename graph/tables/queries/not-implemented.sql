SELECT d.iri AS document, d.label, d.title, d.issuer, d.date FROM document d
WHERE d.level = 'central' AND d.type IN ('Nghị quyết', 'Chỉ thị', 'Kết luận', 'Quy định', 'Nghị định', 'Chương trình', 'Kế hoạch')
  AND NOT EXISTS (SELECT * FROM statement s WHERE s.object = d.id AND s.predicate IN ('implements', 'guides', 'continues'))
ORDER BY d.date, d.label
