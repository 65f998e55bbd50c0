-- The number of the definition called ?1, or the first one that is free, and whether it is built in.
WITH RECURSIVE numbers (id) AS (SELECT 0 UNION ALL SELECT id + 1 FROM numbers WHERE id < 62)
SELECT id, built_in, 0 AS free FROM definition WHERE name = ?1
UNION ALL
SELECT * FROM (SELECT id, 0, 1 FROM numbers WHERE id NOT IN (SELECT id FROM definition) LIMIT 1)
ORDER BY free
LIMIT 1
