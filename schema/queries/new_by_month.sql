-- New registrations by month, against the same month a year before
-- zh: 按月新增注册，与上年同月相比
--
-- Enterprises by the month of their founding, whatever their status today. same_month_prior_year is of that whole
-- month. change_percent is the growth on it; in the month of the as-of date, unless that is its last day, it compares
-- the same days of both months.
--
-- Where the exports give a year alone, the enterprise is in no month: the months of a year can be less than the year.
--
-- Past months grow between exports, as enterprises founded long ago take up the business.
--
-- Heeds: as-of, definition, province, source; since and until choose months.
WITH RECURSIVE
founded (month, total, to_same_day) AS (
    SELECT month, sum(enterprises), sum(enterprises) FILTER (WHERE by_same_day)
    FROM counted
    WHERE month IS NOT NULL
    GROUP BY month
),
months (month) AS (
    SELECT min(month) FROM founded HAVING count(*) > 0
    UNION ALL
    SELECT strftime('%Y-%m', months.month || '-01', '+1 month') FROM months, asked
    WHERE months.month < substr(as_of, 1, 7)
),
compared AS (
    SELECT months.month,
           months.month < substr(as_of, 1, 7) OR date(as_of, '+1 day') LIKE '%-01' AS complete,
           coalesce(this.total, 0) AS total,
           coalesce(prior.total, 0) AS prior_total,
           coalesce(prior.to_same_day, 0) AS prior_to_same_day
    FROM months
    CROSS JOIN asked
    LEFT JOIN founded AS this ON this.month = months.month
    LEFT JOIN founded AS prior ON prior.month = strftime('%Y-%m', months.month || '-01', '-1 year')
    WHERE months.month BETWEEN since_month AND until_month
)
SELECT month,
       total AS new_registrations,
       prior_total AS same_month_prior_year,
       iif(complete, percent(total - prior_total, prior_total),
                     percent(total - prior_to_same_day, prior_to_same_day)) AS change_percent
FROM compared
ORDER BY month
