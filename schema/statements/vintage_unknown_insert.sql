-- The imports that were not known: those after the number ?1, or with a data date after ?2.
INSERT INTO temp.unknown_import
SELECT id, id << 32, (id + 1 << 32) - 1 FROM import WHERE id > ?1 OR data_date > ?2
