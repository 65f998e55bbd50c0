SELECT id FROM source_set WHERE names = ?1
