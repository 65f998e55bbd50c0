-- What makes temporary tables, empty, of the same names and forms as those of the registry that are worked out anew.
SELECT CASE type WHEN 'table' THEN 'CREATE TEMP TABLE' ELSE 'CREATE INDEX temp.' END
       || substr(sql, CASE type WHEN 'table' THEN length('CREATE TABLE') ELSE length('CREATE INDEX ') END + 1)
FROM main.sqlite_schema
WHERE tbl_name IN ('record', 'key_run', 'record_key', 'sighting', 'enterprise', 'source_set', 'source_set_member')
  AND sql IS NOT NULL
ORDER BY type DESC
