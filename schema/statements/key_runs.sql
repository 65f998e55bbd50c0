SELECT id, bits, keys, first, last FROM key_run ORDER BY id
