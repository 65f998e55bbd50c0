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
       count(*) AS enterprises,
       percent(count(*), sum(count(*)) OVER ()) AS share_percent
FROM selected
GROUP BY status
ORDER BY enterprises DESC, status
