-- Rows of the exports that could not be taken in, by reason
-- zh: 未能导入的数据行，按原因
--
-- Every refused row is kept with its text; `cbec refused` lists them.
--
-- Heeds: source (of the file).
SELECT reason, sum(refused_count.rows) AS rows
FROM refused_count
JOIN import ON import.id = refused_count.import
CROSS JOIN asked
WHERE only_source IS NULL OR import.source = only_source
GROUP BY reason
ORDER BY 2 DESC, reason
