-- Rows of the exports that could not be taken in, by reason
-- zh: 未能导入的数据行，按原因
--
-- Every refused row is kept with its text; `cbec refused` lists them.
--
-- Heeds: source (of the file).
SELECT reason, count(*) AS rows
FROM refused_row
JOIN import ON import.id = refused_row.import
CROSS JOIN asked
WHERE only_source IS NULL OR import.source = only_source
GROUP BY reason
ORDER BY rows DESC, reason
