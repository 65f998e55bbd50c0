-- New registrations of the year by province, against the year before
--
-- Provinces with registrations in the as-of date's year or the year before. prior_year_total is of that whole year;
-- share_percent is of all new registrations of the as-of date's year. The province is a source's word, else read
-- from the credit code or the registration number, else unknown.
--
-- Heeds: as-of, definition, province, source.
WITH counted AS (
    SELECT province,
           sum(selected.year = as_of_year) AS total,
           sum(selected.year = as_of_year - 1) AS prior_total
    FROM asked CROSS JOIN selected
    WHERE year >= as_of_year - 1
    GROUP BY province
)
SELECT province,
       total AS new_registrations,
       prior_total AS prior_year_total,
       percent(total, prior_total) AS percent_of_prior_year,
       percent(total, sum(total) OVER ()) AS share_percent
FROM counted
ORDER BY total DESC, province
