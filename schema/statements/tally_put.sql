INSERT INTO tally (id, cells) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET cells = excluded.cells
