-- The places of the records of the enterprises that the round ?1 found to be affected.
SELECT enterprise FROM temp.affected WHERE round = ?1
UNION ALL
SELECT record.id
FROM temp.affected
JOIN record INDEXED BY record_by_enterprise
  ON record.enterprise = affected.enterprise AND record.enterprise <> record.id
WHERE affected.round = ?1
