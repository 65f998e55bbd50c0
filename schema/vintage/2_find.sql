-- The enterprises that imports not yet known have touched: those of whom they said something first, and those of
-- several records of whom they repeated something, which may have made it the last word. A repeated only record changes
-- nothing.
INSERT OR IGNORE INTO temp.affected (enterprise)
SELECT record.enterprise
FROM unknown_import JOIN record ON record.id BETWEEN unknown_import.first AND unknown_import.last;

INSERT OR IGNORE INTO temp.affected (enterprise)
SELECT record.enterprise
FROM unknown_import
JOIN sighting ON sighting.id BETWEEN unknown_import.first AND unknown_import.last
JOIN record ON record.id BETWEEN sighting.record AND sighting.record + sighting.rows - 1
WHERE record.enterprise <> record.id
   OR EXISTS (SELECT 1 FROM record AS other INDEXED BY record_by_enterprise
              WHERE other.enterprise = record.id AND other.enterprise <> other.id);
