DELETE FROM key_run WHERE id = ?1
