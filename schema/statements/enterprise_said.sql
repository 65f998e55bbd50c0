-- What has been said of an enterprise (?1) that a record may leave open; of its scope, if that is asked (?2), which
-- record says it; and whether it has other records than its first and one more (?3), if that is asked.
SELECT code_from, founded_on, ceased_on, status, province, capital_currency, city, industry, type,
       iif(?2, coalesce(scope_from, (SELECT id FROM record WHERE id = ?1 AND scope IS NOT NULL)), NULL),
       iif(?3, EXISTS (SELECT 1 FROM record INDEXED BY record_by_enterprise
                       WHERE enterprise = ?1 AND enterprise <> id AND id <> ?3), 0)
FROM enterprise
WHERE id = ?1
