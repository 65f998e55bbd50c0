-- Whether an enterprise (?1) has more records than its first.
SELECT EXISTS (SELECT 1 FROM record INDEXED BY record_by_enterprise WHERE enterprise = ?1 AND enterprise <> id)
