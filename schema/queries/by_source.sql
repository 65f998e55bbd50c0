-- Enterprises by the combination of sources that name them
-- zh: 按数据来源组合的企业数
--
-- Each enterprise is in one row: that of exactly the sources that name it, in alphabetical order. How much lists
-- overlap shows what each of them leaves out.
--
-- Heeds: as-of, definition, province, source.
SELECT source_set.names AS sources, sum(enterprises) AS enterprises
FROM counted JOIN source_set ON source_set.id = counted.source_set
GROUP BY counted.source_set
ORDER BY 2 DESC, sources
