-- Enterprises in existence by age
-- zh: 现存企业按成立年限分布
--
-- Enterprises founded by the as-of date whose last known status is extant (active, moved_in, moved_out, or unknown:
-- no source says anything against it), by full years from founding to the as-of date, lower bound included: exactly
-- 10 is over 10. All five bands always. share_percent is of all these enterprises, and empty if there are none.
--
-- A founding date without a day counts as the last of its month or year. A year since 29 February is full on 28
-- February where the year has no 29th.
--
-- A status is that of the last export: an as-of date in the past does not bring back the statuses of then.
--
-- Heeds: as-of, definition, province, source.
WITH band (age, youngest, oldest) AS (
    VALUES ('under 1', 0, 0), ('1-3', 1, 2), ('3-5', 3, 4), ('5-10', 5, 9), ('over 10', 10, 9999)
),
aged (years, extant) AS (
    SELECT full_years, sum(enterprises) FILTER (WHERE extant) FROM counted GROUP BY full_years
)
SELECT age,
       coalesce(sum(extant), 0) AS enterprises,
       percent(sum(extant), sum(sum(extant)) OVER ()) AS share_percent
FROM band
LEFT JOIN aged ON years BETWEEN youngest AND oldest
WHERE EXISTS (SELECT 1 FROM aged)
GROUP BY youngest, age
ORDER BY youngest
