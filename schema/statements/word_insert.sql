INSERT INTO word (id, text) VALUES (?1, ?2)
