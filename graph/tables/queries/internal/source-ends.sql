SELECT min(replace(path, '\', '/')) AS first, max(replace(path, '\', '/')) AS last
FROM source WHERE sha256 IS NOT NULL AND path <> 'corrections.jsonl'
