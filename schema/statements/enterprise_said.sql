-- What has been said of an enterprise (?1) that a record may leave open; of its scope, if that is asked (?2), which
-- record says it.
SELECT code_from, ceased_on, province, capital_currency, city, industry, type,
       iif(?2, coalesce(scope_from, (SELECT id FROM record WHERE id = ?1 AND scope IS NOT NULL)), NULL)
FROM enterprise
WHERE id = ?1
