-- The enterprises from a number (?1) on that have several records, each as often as it has more than one.
SELECT enterprise
FROM record INDEXED BY record_by_enterprise
WHERE enterprise >= ?1 AND enterprise <> id
ORDER BY enterprise
