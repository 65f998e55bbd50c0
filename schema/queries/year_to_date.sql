-- New registrations of the year so far, against all and against the same days of the year before
-- zh: 本年累计新增注册，占去年全年的比重与同比
--
-- One row. percent_of_prior_year is the share of the whole prior year's total that has been reached ("81 percent of
-- last year's total"); prior_year_same_period is of the prior year up to the same day, and change_percent is the
-- growth on that. Up to 29 February is, in a year without it, up to 28 February.
--
-- projected_year_total assumes that the rest of the year goes on as its days so far: registrations are uneven over a
-- year, so read it as a rule of thumb.
--
-- Heeds: as-of, definition, province, source.
WITH founded AS (
    SELECT coalesce(sum(enterprises) FILTER (WHERE year = as_of_year), 0) AS total,
           coalesce(sum(enterprises) FILTER (WHERE year = as_of_year - 1), 0) AS prior_total,
           coalesce(sum(enterprises) FILTER (WHERE year = as_of_year - 1 AND by_same_day), 0) AS prior_to_same_day
    FROM counted, asked
),
days AS (
    SELECT CAST(strftime('%j', as_of) AS INTEGER) AS gone,
           CAST(strftime('%j', as_of_year || '-12-31') AS INTEGER) AS of_year
    FROM asked
)
SELECT as_of,
       as_of_year AS year,
       total AS new_registrations,
       prior_total AS prior_year_total,
       percent(total, prior_total) AS percent_of_prior_year,
       prior_to_same_day AS prior_year_same_period,
       percent(total - prior_to_same_day, prior_to_same_day) AS change_percent,
       coalesce((2 * total * of_year + gone) / (2 * gone), 0) AS projected_year_total
FROM asked, founded, days
