SELECT iri AS node, label, number, symbol, year, type, title, date, issuer, scope FROM document
WHERE TRUE
-- values: iri = id
-- values: code = code_key
-- values: number = number_key
-- values: label = label_key
-- values: title = title_key
ORDER BY iri
