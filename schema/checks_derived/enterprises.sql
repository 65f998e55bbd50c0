-- The enterprises on file (enterprise_before) against those that follow from the records.
SELECT 'enterprise ' || id || ' is not what follows from its records'
FROM (SELECT id FROM (SELECT * FROM enterprise_before EXCEPT SELECT * FROM enterprise)
      UNION
      SELECT id FROM (SELECT * FROM enterprise EXCEPT SELECT * FROM enterprise_before))
ORDER BY id
LIMIT 20
