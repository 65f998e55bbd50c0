-- Whose a record is on file (record_before) against whose it should be.
SELECT 'record ' || record.id || ' is on file under the wrong enterprise'
FROM record JOIN record_before ON record_before.id = record.id
WHERE record.enterprise <> record_before.enterprise OR record.opened <> record_before.opened
ORDER BY record.id
LIMIT 20
