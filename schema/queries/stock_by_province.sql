-- Enterprises in existence by province
-- zh: 现存企业按省份分布
--
-- Enterprises founded by the as-of date whose last known status is extant (active, moved_in, moved_out, or unknown:
-- no source says anything against it). share_percent is of all of these. The province is a source's word, else read
-- from the credit code or the registration number, else unknown.
--
-- A status is that of the last export: an as-of date in the past does not bring back the statuses of then.
--
-- Heeds: as-of, definition, province, source.
SELECT province,
       sum(enterprises) AS enterprises,
       percent(sum(enterprises), sum(sum(enterprises)) OVER ()) AS share_percent
FROM counted
WHERE extant
GROUP BY province
ORDER BY 2 DESC, province
