-- The enterprises that share a key (?1) are affected too. (?2 and ?3, the record and its new place, do not matter.)
INSERT OR IGNORE INTO temp.affected (enterprise)
SELECT record.enterprise FROM record_key JOIN record ON record.id = record_key.record
WHERE record_key.hash = ?1 AND coalesce(?2, ?3) IS NOT NULL
