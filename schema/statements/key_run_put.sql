INSERT OR REPLACE INTO key_run (id, bits, keys, first, last) VALUES (?1, ?2, ?3, ?4, ?5)
