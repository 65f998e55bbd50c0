-- The sources of the figures, with the span of their data dates
SELECT source.name AS source, count(*) AS imports, min(data_date) AS first_data_date, max(data_date) AS last_data_date
FROM import JOIN source ON source.id = import.source
GROUP BY source.name
ORDER BY source.name
