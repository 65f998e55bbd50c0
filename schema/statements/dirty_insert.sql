INSERT OR IGNORE INTO temp.dirty (enterprise) VALUES (?1)
