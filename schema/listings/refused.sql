-- Refused rows, with their text
SELECT refused_row.import, import.path AS file, line, reason, text
FROM refused_row
JOIN import ON import.id = refused_row.import
CROSS JOIN asked
WHERE only_import IS NULL OR refused_row.import = only_import
ORDER BY refused_row.import, line
