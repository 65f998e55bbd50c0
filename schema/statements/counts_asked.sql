-- What is asked, as far as counts depend on it; no row while nothing was imported and no day is named.
SELECT as_of_day, as_of_complete, definition = 0 AND only_province IS NULL AND only_source IS NULL
FROM asked
WHERE as_of IS NOT NULL
