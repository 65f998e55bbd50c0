-- What was imported
SELECT * FROM imports ORDER BY import
