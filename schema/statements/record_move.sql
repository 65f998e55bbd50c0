-- All records of one enterprise (?1) become those of another (?2), which came before it.
UPDATE record SET joined = ?2
WHERE id IN (SELECT id FROM record WHERE id = ?1 AND enterprise = ?1
             UNION ALL
             SELECT id FROM record INDEXED BY record_by_enterprise WHERE enterprise = ?1 AND enterprise <> id)
