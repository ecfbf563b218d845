SELECT DISTINCT path, sha256 FROM source
WHERE TRUE
-- values: path = path
ORDER BY path, sha256
