-- The import of the file with this hash (?1).
SELECT import.id, source.name, data_date, data_date_from, format, encoding, header_row,
       rows, new, updated, unchanged, refused, skipped
FROM import JOIN source ON source.id = import.source
WHERE hash = ?1
