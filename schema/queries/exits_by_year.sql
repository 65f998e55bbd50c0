-- Deregistrations and revocations by year, and what remains of the new registrations
-- zh: 按年注销、吊销企业数，及新增注册减去退出的净增数
--
-- Enterprises whose last known status is deregistered or revoked, by the year in which they ceased, up to the as-of
-- date. exits is their sum; net_change is the year's new registrations less its exits. Rows begin with the first year
-- of a founding or an exit.
--
-- Only exports with a column for the day of exit have these figures. An enterprise without such a day is in no year,
-- so exits are too few and net_change is too large. One that was revoked and later deregistered is a deregistration.
-- Other ways to end (rescinded, converted) are no exits here. A day of exit that is only known by its month or year
-- counts as the last day of it, and so, in the as-of date's month or year, only when that is over.
--
-- Heeds: as-of, definition, province, source; since and until choose years.
WITH RECURSIVE
change (year, founded, deregistered, revoked) AS (
    SELECT year, enterprises, 0, 0 FROM counted
    UNION ALL
    SELECT year, 0, iif(status = 'deregistered', enterprises, 0), iif(status = 'revoked', enterprises, 0)
    FROM exits
),
years (year) AS (
    SELECT min(year) FROM change HAVING count(*) > 0
    UNION ALL
    SELECT years.year + 1 FROM years, asked WHERE years.year < as_of_year
),
compared (year, founded, deregistered, revoked) AS (
    SELECT years.year, coalesce(sum(founded), 0), coalesce(sum(deregistered), 0), coalesce(sum(revoked), 0)
    FROM years
    LEFT JOIN change ON change.year = years.year
    GROUP BY years.year
)
SELECT year,
       deregistered AS deregistrations,
       revoked AS revocations,
       deregistered + revoked AS exits,
       founded - deregistered - revoked AS net_change
FROM compared, asked
WHERE year BETWEEN since_year AND until_year
ORDER BY year
