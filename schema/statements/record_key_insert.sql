INSERT OR IGNORE INTO record_key (hash, record) VALUES (?1, ?2)
