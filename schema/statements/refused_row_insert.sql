INSERT INTO refused_row (import, line, reason, text) VALUES (?1, ?2, ?3, ?4)
