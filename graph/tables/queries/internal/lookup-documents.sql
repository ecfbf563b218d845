SELECT iri AS node, label, number, symbol, year, type, title, date, issuer, scope FROM document ORDER BY iri
