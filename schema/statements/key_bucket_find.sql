SELECT keys FROM record_key WHERE id = ?1
