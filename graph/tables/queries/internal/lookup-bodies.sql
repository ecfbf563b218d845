SELECT iri AS node, name AS label FROM body ORDER BY iri
