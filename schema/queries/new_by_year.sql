-- New registrations by year, against the year before
-- zh: 按年新增注册，与上年相比
--
-- Enterprises by the year of their founding, whatever their status today. percent_of_prior_year is of the whole prior
-- year's total. change_percent is the growth on the prior year; in the year of the as-of date, unless that is its last
-- day (complete = 0), it compares the same days of both years.
--
-- Past years grow between exports, as enterprises founded long ago take up the business. Compare years within one
-- vintage only.
--
-- Heeds: as-of, definition, province, source; since and until choose years.
WITH RECURSIVE
founded (year, total, to_same_day) AS (
    SELECT year, sum(enterprises), sum(enterprises) FILTER (WHERE by_same_day)
    FROM counted
    GROUP BY year
),
years (year) AS (
    SELECT min(year) FROM founded HAVING count(*) > 0
    UNION ALL
    SELECT years.year + 1 FROM years, asked WHERE years.year < as_of_year
),
compared AS (
    SELECT years.year,
           years.year < as_of_year OR as_of_complete AS complete,
           coalesce(this.total, 0) AS total,
           coalesce(prior.total, 0) AS prior_total,
           coalesce(prior.to_same_day, 0) AS prior_to_same_day
    FROM years
    CROSS JOIN asked
    LEFT JOIN founded AS this ON this.year = years.year
    LEFT JOIN founded AS prior ON prior.year = years.year - 1
    WHERE years.year BETWEEN since_year AND until_year
)
SELECT year,
       total AS new_registrations,
       prior_total AS prior_year_total,
       percent(total, prior_total) AS percent_of_prior_year,
       iif(complete, percent(total - prior_total, prior_total),
                     percent(total - prior_to_same_day, prior_to_same_day)) AS change_percent,
       complete
FROM compared
ORDER BY year
