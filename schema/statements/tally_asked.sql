-- The counts of a kind (?1) in each segment that is asked for, and its province and sources.
SELECT tally.cells, segment.province, segment.source_set
FROM asked
CROSS JOIN segment
CROSS JOIN tally ON tally.id = ?1 << 17 | segment.id
WHERE segment.definitions >> asked.definition & 1
  AND (only_province IS NULL
       OR segment.province IN (only_province, (SELECT id FROM word WHERE text = only_province)))
  AND (only_source IS NULL
       OR segment.source_set IN (SELECT source_set FROM source_set_member WHERE source = only_source))
