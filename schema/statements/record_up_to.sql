-- The last record up to a place (?1).
SELECT id FROM record WHERE id <= ?1 ORDER BY id DESC LIMIT 1
