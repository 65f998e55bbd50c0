INSERT OR IGNORE INTO record_key (hash, record) VALUES (?1, ?2) -- ?3, a new place, does not matter
