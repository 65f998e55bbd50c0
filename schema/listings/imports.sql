-- What was imported
SELECT import.id AS import, path AS file, source.name AS source, data_date, format, encoding, header_row,
       rows, new, updated, unchanged, refused, skipped
FROM import JOIN source ON source.id = import.source
ORDER BY import.id
