INSERT INTO import_warning (import, warning, rows) VALUES (?1, ?2, ?3)
