SELECT f.path, f.sha256, d.iri AS document
FROM own JOIN source f ON f.id = own.source JOIN document d ON d.id = own.document
ORDER BY 1, 3
