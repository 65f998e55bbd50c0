-- What counts of an enterprise (?1).
SELECT founded_on, founded_by, ceased_on, status, province, city, industry, type, capital, capital_currency,
       source_set, definitions
FROM enterprise
WHERE id = ?1
