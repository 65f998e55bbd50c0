DELETE FROM record_key WHERE hash = ?1 AND record = ?2
