-- New registrations of the year by type of enterprise, against the year before
-- zh: 本年新增注册按企业类型分布，与上年全年相比
--
-- Types with registrations in the as-of date's year or the year before, whatever the status of the enterprises today.
-- prior_year_total is of that whole year, also while the as-of date's year goes on: percent_of_prior_year is what has
-- been reached of it, not growth. share_percent is of all new registrations of the as-of date's year.
--
-- The type is as the exports write it, else unknown: a short and a long wording of one legal form are two rows.
--
-- Heeds: as-of, definition, province, source.
SELECT type_or_unknown AS type,
       sum(this_year) AS new_registrations,
       sum(prior_year) AS prior_year_total,
       percent(sum(this_year), sum(prior_year)) AS percent_of_prior_year,
       percent(sum(this_year), sum(sum(this_year)) OVER ()) AS share_percent
FROM selected
WHERE this_year OR prior_year
GROUP BY type_or_unknown
ORDER BY new_registrations DESC, type
