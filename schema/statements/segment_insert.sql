INSERT INTO segment (id, province, source_set, definitions) VALUES (?1, ?2, ?3, ?4)
