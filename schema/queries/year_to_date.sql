-- New registrations of the year so far, against all and against the same days of the year before
--
-- One row. percent_of_prior_year is the share of the whole prior year's total that has been reached ("81 percent of
-- last year's total"); change_percent compares the same days of both years. projected_year_total assumes that
-- the rest of the year goes on as its days so far: registrations are uneven over a year, so read it as a rule of thumb.
--
-- Heeds: as-of, definition, province, source.
WITH counted AS (
    SELECT coalesce(sum(selected.year = as_of_year), 0) AS total,
           coalesce(sum(selected.year = as_of_year - 1), 0) AS prior_total,
           coalesce(sum(selected.year = as_of_year - 1
                        AND substr(founded_by, 6) <= substr(as_of, 6)), 0) AS prior_to_same_day
    FROM asked LEFT JOIN selected ON selected.year >= as_of_year - 1
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
FROM asked, counted, days
