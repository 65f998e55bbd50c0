INSERT INTO sighting (id, record, rows) VALUES (?1, ?2, ?3)
