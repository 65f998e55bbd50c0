-- New registrations of the year by type of enterprise, against the year before
-- zh: 本年新增注册按企业类型分布，与上年全年相比
--
-- Types with registrations in the as-of date's year or the year before, whatever the status of the enterprises today.
-- prior_year_total is of that whole year, also while the as-of date's year goes on: percent_of_prior_year is what has
-- been reached of it, not growth. share_percent is of all new registrations of the as-of date's year.
--
-- The type is as the exports write it, else unknown: a short and a long wording of one legal form are two rows.
--
-- Heeds: as-of, definition, province, source.
WITH by_year AS (
    SELECT type,
           coalesce(sum(enterprises) FILTER (WHERE year = as_of_year), 0) AS total,
           coalesce(sum(enterprises) FILTER (WHERE year = as_of_year - 1), 0) AS prior_total
    FROM counted, asked
    WHERE year BETWEEN as_of_year - 1 AND as_of_year
    GROUP BY type
)
SELECT type,
       total AS new_registrations,
       prior_total AS prior_year_total,
       percent(total, prior_total) AS percent_of_prior_year,
       percent(total, sum(total) OVER ()) AS share_percent
FROM by_year
ORDER BY new_registrations DESC, type
