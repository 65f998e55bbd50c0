-- Enterprises founded in each year, and how many of them are in existence
-- zh: 各年成立企业及其现存比例
--
-- Enterprises by the year of their founding, and those of them whose last known status is extant (active, moved_in,
-- moved_out, or unknown: no source says anything against it).
--
-- This is no survival rate: it says who is in existence on the data date, not when the others ceased. A list that a
-- vendor made of enterprises in existence shows 100 percent in every year. A status is that of the last export: an
-- as-of date in the past does not bring back the statuses of then.
--
-- Heeds: as-of, definition, province, source; since and until choose years.
WITH RECURSIVE
cohort (year, total, extant) AS (
    SELECT year, sum(enterprises), sum(enterprises) FILTER (WHERE extant) FROM counted GROUP BY year
),
years (year) AS (
    SELECT min(year) FROM cohort HAVING count(*) > 0
    UNION ALL
    SELECT years.year + 1 FROM years, asked WHERE years.year < as_of_year
)
SELECT years.year,
       coalesce(total, 0) AS new_registrations,
       coalesce(extant, 0) AS extant,
       percent(extant, total) AS extant_percent
FROM asked
CROSS JOIN years
LEFT JOIN cohort ON cohort.year = years.year
WHERE years.year BETWEEN since_year AND until_year
ORDER BY years.year
