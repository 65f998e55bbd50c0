-- All buckets of a run (?1).
DELETE FROM record_key WHERE id BETWEEN ?1 << 32 AND (?1 + 1 << 32) - 1
