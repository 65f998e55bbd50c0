-- The buckets of a run (?1) by their numbers, of which there are so many (?2).
SELECT id & 0xffffffff, keys FROM record_key WHERE id BETWEEN ?1 << 32 AND (?1 << 32) + ?2 - 1 ORDER BY id
