-- The prints among which that of a place (?1) is, if it has one.
SELECT id, prints FROM record_print WHERE id <= ?1 ORDER BY id DESC LIMIT 1
