-- The keys on file (key_before) against those of the records.
SELECT DISTINCT 'record ' || record || ' has not the keys by which it is looked up'
FROM (SELECT record FROM (SELECT * FROM key_before EXCEPT SELECT * FROM record_key)
      UNION
      SELECT record FROM (SELECT * FROM record_key EXCEPT SELECT * FROM key_before))
ORDER BY record
LIMIT 20
