INSERT OR IGNORE INTO source_set_member (source_set, source)
SELECT source_set.id, source.id
FROM source_set, source
WHERE source_set.names = ?1 AND source.id IN (SELECT value FROM json_each(?2))
