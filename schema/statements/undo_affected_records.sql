-- The records of the enterprises that the round ?1 found to be affected.
WITH mine (record) AS (
    SELECT record.id FROM temp.affected JOIN record ON record.id = affected.enterprise
    WHERE affected.round = ?1
    UNION ALL
    SELECT record.id FROM temp.affected
    JOIN record INDEXED BY record_by_enterprise
      ON record.enterprise = affected.enterprise AND record.enterprise <> record.id
    WHERE affected.round = ?1
)
SELECT record.id, NULL, record.status_group, record.code_class, record.name, record.credit_code, record.registration_no,
       record.founded_on, record.ceased_on, record.capital, record.type, record.industry, record.province,
       record.city, record.scope
FROM mine JOIN record ON record.id = mine.record
