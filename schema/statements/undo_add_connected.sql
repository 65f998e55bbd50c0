-- The enterprises that share a key (?1) are affected too.
INSERT OR IGNORE INTO temp.affected (enterprise)
SELECT record.enterprise FROM record_key JOIN record ON record.id = record_key.record
WHERE record_key.hash = ?1
