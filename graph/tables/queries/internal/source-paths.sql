SELECT path, sha256 FROM source ORDER BY path, sha256
