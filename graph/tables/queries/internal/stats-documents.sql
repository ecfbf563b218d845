SELECT 'https://w3id.org/chidao/ns#level-' || level AS level, type, count(*) AS count FROM document
GROUP BY document.level, type
ORDER BY 1, 3 DESC, 2
