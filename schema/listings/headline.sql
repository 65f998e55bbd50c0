-- The figures of the headline, and what they rest on
WITH counted AS (
    SELECT count(*) AS enterprises,
           coalesce(sum(this_year), 0) AS new_registrations,
           coalesce(sum(prior_year), 0) AS prior_year_total,
           coalesce(sum(extant), 0) AS stock,
           coalesce(sum(status = 'unknown'), 0) AS unknown_statuses
    FROM selected
)
SELECT as_of,
       min(as_of, (SELECT max(data_date) FROM import)) AS known_day, -- up to which something is known
       as_of_year AS year,
       as_of_complete AS complete,
       date(as_of, '+1 day') LIKE '%-01' AS month_complete,
       enterprises,
       new_registrations,
       prior_year_total,
       stock,
       unknown_statuses,
       (SELECT coalesce(sum(refused), 0) FROM import
        WHERE only_source IS NULL OR source = only_source) AS refused_rows,
       (SELECT count(*) FROM enterprise) AS on_file,
       (SELECT name FROM definition WHERE id = asked.definition) AS definition,
       only_province AS province,
       (SELECT name FROM source WHERE id = only_source) AS source
FROM asked CROSS JOIN counted
