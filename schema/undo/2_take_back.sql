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

-- A record that a later row repeats is now first said there.
INSERT INTO temp.moved (old, new)
SELECT record.id, min(sighting.id)
FROM undone
JOIN record ON record.id BETWEEN undone.first AND undone.last
JOIN sighting ON sighting.record = record.id
GROUP BY record.id;

INSERT INTO temp.import_change (import, new, updated, unchanged)
SELECT new >> 32, 0, 0, -count(*) FROM moved GROUP BY 1;

DELETE FROM sighting WHERE id IN (SELECT new FROM moved);
UPDATE sighting SET record = (SELECT new FROM moved WHERE old = record)
WHERE record IN (SELECT old FROM moved);
