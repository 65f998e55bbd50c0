-- Rows that repeat records that there are not.
SELECT 'row ' || (place & 0xffffffff) || ' of import ' || (place >> 32) || ' repeats a record that is not on file'
FROM sighting_row
WHERE record NOT IN (SELECT id FROM record)
ORDER BY place
LIMIT 20
