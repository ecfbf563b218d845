SELECT 'https://w3id.org/chidao/ns#' || predicate AS relation, count(*) AS count FROM statement GROUP BY predicate
UNION ALL SELECT 'https://w3id.org/chidao/ns#cites', count(*) FROM cites HAVING count(*)
ORDER BY 2 DESC, 1
