SELECT f.iri AS source, f.path, f.sha256, f.encoding, d.iri AS document
FROM source f LEFT JOIN own ON own.source = f.id LEFT JOIN document d ON d.id = own.document
ORDER BY f.path
