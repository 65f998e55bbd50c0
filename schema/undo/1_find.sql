-- What taking back an import touches. temp.undone holds its number, and the range of its places.

-- Enterprises with a record of this import are worked out anew.
INSERT INTO temp.affected (enterprise)
SELECT DISTINCT enterprise FROM record, undone WHERE record.id BETWEEN undone.first AND undone.last;

-- Those it only repeated something of are settled again.
INSERT OR IGNORE INTO temp.dirty (enterprise)
SELECT record.enterprise
FROM undone
JOIN sighting ON sighting.id BETWEEN undone.first AND undone.last
JOIN record ON record.id = sighting.record;
