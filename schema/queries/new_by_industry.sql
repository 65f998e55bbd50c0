-- New registrations of the year by industry, against the year before
-- zh: 本年新增注册按行业分布，与上年全年相比
--
-- Industries with registrations in the as-of date's year or the year before, whatever the status of the enterprises
-- today. prior_year_total is of that whole year, also while the as-of date's year goes on: percent_of_prior_year is
-- what has been reached of it, not growth. share_percent is of all new registrations of the as-of date's year.
--
-- The industry is as the exports write it, the finest of the levels that an export fills, else unknown. Vendors fill
-- different levels, so a broad industry and a part of it can stand in two rows: compare within one source.
--
-- Heeds: as-of, definition, province, source.
WITH by_year AS (
    SELECT industry,
           coalesce(sum(enterprises) FILTER (WHERE year = as_of_year), 0) AS total,
           coalesce(sum(enterprises) FILTER (WHERE year = as_of_year - 1), 0) AS prior_total
    FROM counted, asked
    WHERE year BETWEEN as_of_year - 1 AND as_of_year
    GROUP BY industry
)
SELECT industry,
       total AS new_registrations,
       prior_total AS prior_year_total,
       percent(total, prior_total) AS percent_of_prior_year,
       percent(total, sum(total) OVER ()) AS share_percent
FROM by_year
ORDER BY new_registrations DESC, industry
