-- Refused rows, with their text
SELECT import, file, line, reason, text
FROM refused CROSS JOIN asked
WHERE only_import IS NULL OR import = only_import
ORDER BY import, line
