INSERT INTO sighting (id, record) VALUES (?1, ?2)
