-- The enterprises from a number (?1) on.
SELECT id FROM enterprise WHERE id >= ?1 ORDER BY id
