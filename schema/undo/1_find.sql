-- What taking back an import touches. temp.undone holds its number, and the range of its places.

-- Enterprises with a record of this import are worked out anew.
INSERT OR IGNORE INTO temp.affected (enterprise)
SELECT enterprise FROM record, undone WHERE record.id BETWEEN undone.first AND undone.last;

-- Those of several records of whom it only repeated something, which may have made it the last word, are settled again.
-- A repeated only record changes nothing.
INSERT OR IGNORE INTO temp.dirty (enterprise)
SELECT record.enterprise
FROM undone
JOIN sighting ON sighting.id BETWEEN undone.first AND undone.last
JOIN record ON record.id BETWEEN sighting.record AND sighting.record + sighting.rows - 1
WHERE record.enterprise <> record.id
   OR EXISTS (SELECT 1 FROM record AS other INDEXED BY record_by_enterprise
              WHERE other.enterprise = record.id AND other.enterprise <> other.id);
