INSERT INTO record_print (id, prints) VALUES (?1, ?2)
