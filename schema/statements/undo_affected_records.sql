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
SELECT record.id, NULL, status_group, code_class,
       name, credit_code, registration_no, organisation_code, founded_on, status, ceased_on, capital,
       type, industry, province, city, district, address, scope, former_names
FROM mine JOIN record ON record.id = mine.record
