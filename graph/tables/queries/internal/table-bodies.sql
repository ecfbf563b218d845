SELECT iri AS body, name, parent_iri AS parent, level, branch, scope FROM body ORDER BY iri
