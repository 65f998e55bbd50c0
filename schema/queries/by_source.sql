-- Enterprises by the combination of sources that name them
-- zh: 按数据来源组合的企业数
--
-- Each enterprise is in one row: that of exactly the sources that name it, in alphabetical order. How much lists
-- overlap shows what each of them leaves out.
--
-- Heeds: as-of, definition, province, source.
SELECT source_set.names AS sources, count(*) AS enterprises
FROM selected JOIN source_set ON source_set.id = selected.source_set
GROUP BY selected.source_set
ORDER BY enterprises DESC, sources
