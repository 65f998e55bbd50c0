-- The counts of a kind (?1), of all enterprises.
SELECT cells, NULL, NULL FROM tally WHERE id = ?1 << 17
