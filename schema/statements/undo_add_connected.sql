-- The enterprise of a record (?1) that shares a key with one that is affected, in the round ?2, is affected too.
INSERT OR IGNORE INTO temp.affected (enterprise, round)
SELECT enterprise, ?2 + 1 FROM record WHERE id = ?1
