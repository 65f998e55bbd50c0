-- The enterprises of which sources say different things, as noted on file (dispute_before), against those that follow from
-- the records.
SELECT 'enterprise ' || enterprise || ' is not noted as its sources differ'
FROM (SELECT * FROM (SELECT * FROM dispute_before EXCEPT SELECT * FROM dispute)
      UNION
      SELECT * FROM (SELECT * FROM dispute EXCEPT SELECT * FROM dispute_before)
      UNION
      SELECT enterprise FROM dispute WHERE enterprise NOT IN (SELECT id FROM enterprise))
ORDER BY enterprise
LIMIT 20
