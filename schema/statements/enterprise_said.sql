-- What has been said of an enterprise (?1), of that which a record may leave open.
SELECT code_from, ceased_on, province, capital_currency, city, industry, type
FROM enterprise
WHERE id = ?1
