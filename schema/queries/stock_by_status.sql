-- Enterprises on file by status
-- zh: 全部在库企业按登记状态分布
--
-- All enterprises founded by the as-of date, by the group of their last known status, in existence or not. In
-- existence are active, moved_in, moved_out and unknown (no source says anything against it). share_percent is of all
-- of these enterprises.
--
-- A status is that of the last export: an as-of date in the past does not bring back the statuses of then.
--
-- Heeds: as-of, definition, province, source.
SELECT status,
       sum(enterprises) AS enterprises,
       percent(sum(enterprises), sum(sum(enterprises)) OVER ()) AS share_percent
FROM counted
GROUP BY status
ORDER BY 2 DESC, status
