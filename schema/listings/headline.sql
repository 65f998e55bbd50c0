-- The figures of the headline, and what they rest on
WITH figures AS (
    SELECT coalesce(sum(enterprises), 0) AS enterprises,
           coalesce(sum(enterprises) FILTER (WHERE year = as_of_year), 0) AS new_registrations,
           coalesce(sum(enterprises) FILTER (WHERE year = as_of_year - 1), 0) AS prior_year_total,
           coalesce(sum(enterprises) FILTER (WHERE extant), 0) AS stock,
           coalesce(sum(enterprises) FILTER (WHERE status = 'unknown'), 0) AS unknown_statuses
    FROM counted, asked
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
       EXISTS (SELECT 1 FROM enterprise) AS on_file,
       (SELECT name FROM definition WHERE id = asked.definition) AS definition,
       only_province AS province,
       (SELECT name FROM source WHERE id = only_source) AS source
FROM asked CROSS JOIN figures
