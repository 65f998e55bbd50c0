INSERT OR REPLACE INTO record_key (id, keys) VALUES (?1, ?2)
