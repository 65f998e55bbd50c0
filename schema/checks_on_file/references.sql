-- Rows that refer to others, against those.
SELECT 'row ' || coalesce(rowid || ' ', '') || 'of ' || "table" || ' refers to nothing in ' || parent
FROM pragma_foreign_key_check
