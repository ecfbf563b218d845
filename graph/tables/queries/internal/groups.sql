SELECT DISTINCT name AS "group" FROM party WHERE body = 0 ORDER BY name
