-- The import goes. temp.affected holds all enterprises that are connected with its records by a key.

INSERT OR FAIL INTO temp.unplaced (record)
SELECT enterprise FROM affected
UNION ALL
SELECT record.id FROM affected
JOIN record INDEXED BY record_by_enterprise
  ON record.enterprise = affected.enterprise AND record.enterprise <> record.id;

-- The counts of the other imports lose what these records gave them; they are counted again at the end.
INSERT INTO temp.import_change (import, new, updated, unchanged)
SELECT record.id >> 32, -sum(opened), -sum(NOT opened), 0
FROM undone
JOIN unplaced ON unplaced.record NOT BETWEEN undone.first AND undone.last
JOIN record ON record.id = unplaced.record
GROUP BY 1;

DELETE FROM enterprise WHERE id IN (SELECT enterprise FROM affected);

-- A record that a later row repeats is now first said there. (Asked of the sightings, which there are far fewer of.)
INSERT INTO temp.moved (old, new)
SELECT sighting_row.record, min(sighting_row.place)
FROM undone
CROSS JOIN sighting ON sighting.record BETWEEN undone.first - 31 AND undone.last
CROSS JOIN sighting_row
  ON sighting_row.sighting = sighting.id AND sighting_row.record BETWEEN undone.first AND undone.last
GROUP BY sighting_row.record;

INSERT INTO temp.import_change (import, new, updated, unchanged)
SELECT new >> 32, 0, 0, -count(*) FROM moved GROUP BY 1;

-- The sightings of these are put down one by one, without the one that it is now.
INSERT INTO temp.split (id)
SELECT DISTINCT sighting.id
FROM moved
JOIN sighting ON sighting.record BETWEEN moved.old - 31 AND moved.old AND sighting.record + sighting.rows > moved.old;

INSERT INTO temp.single (place, record)
SELECT place, record FROM split JOIN sighting_row ON sighting_row.sighting = split.id;

DELETE FROM sighting WHERE id IN (SELECT id FROM split);

INSERT INTO sighting (id, record, rows)
SELECT single.place, coalesce(moved.new, single.record), 1
FROM single LEFT JOIN moved ON moved.old = single.record
WHERE moved.new IS NULL OR moved.new <> single.place
ORDER BY single.place;
