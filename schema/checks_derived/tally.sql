-- The counts on file (tally_before) against those of the enterprises that follow from the records; where none are kept
-- there is a row of no kind.
SELECT 'the counts of ' || differing || ' kinds and segments are not those of the enterprises'
FROM (SELECT count(*) AS differing
      FROM (SELECT kind, province, source_set, definitions
            FROM (SELECT * FROM tally_before EXCEPT SELECT * FROM tally_of_segment)
            UNION
            SELECT kind, province, source_set, definitions
            FROM (SELECT * FROM tally_of_segment EXCEPT SELECT * FROM tally_before)))
WHERE differing > 0 AND NOT EXISTS (SELECT 1 FROM tally_before WHERE kind = 0)
