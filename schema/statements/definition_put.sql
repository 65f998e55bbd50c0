INSERT INTO definition (id, name, built_in) VALUES (?1, ?2, 0) ON CONFLICT DO NOTHING
