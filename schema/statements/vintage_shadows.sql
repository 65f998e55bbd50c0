-- What makes temporary tables, empty, of the same names and forms as those of the registry that are worked out anew, and
-- the views that show them.
SELECT CASE type WHEN 'index' THEN 'CREATE INDEX temp.' ELSE 'CREATE TEMP ' || type END
       || substr(sql, length('CREATE ') + length(type) + (type = 'index') + 1)
FROM main.sqlite_schema
WHERE tbl_name IN ('record', 'key_run', 'record_key', 'sighting', 'enterprise', 'source_set', 'source_set_member',
                   'segment', 'tally', 'dispute',
                   'record_text', 'enterprise_text', 'sighting_row')
  AND sql IS NOT NULL AND type <> 'trigger' -- what is worked out anew is never deleted after it was settled
ORDER BY type DESC
