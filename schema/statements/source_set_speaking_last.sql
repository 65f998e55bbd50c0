-- The combination that is one source (?1) alone, if there is one and no import speaks of a later day than ?2.
SELECT source_set.id
FROM source
JOIN source_set ON source_set.names = source.name
WHERE source.id = ?1 AND NOT EXISTS (SELECT 1 FROM import WHERE data_date > ?2)
