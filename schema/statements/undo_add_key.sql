-- The key (?1) of a record that moves to another place (?3).
INSERT OR IGNORE INTO record_key (hash, record) SELECT ?1, ?3 WHERE ?3 IS NOT NULL
