-- Counts as they would have been, and nothing left of a source that no import is of.

INSERT INTO temp.import_change (import, new, updated, unchanged)
SELECT record.id >> 32, sum(opened), sum(NOT opened), 0
FROM unplaced JOIN record ON record.id = unplaced.record
GROUP BY 1;

UPDATE import
SET new = import.new + change.new, updated = import.updated + change.updated,
    unchanged = import.unchanged + change.unchanged
FROM (SELECT import, sum(new) AS new, sum(updated) AS updated, sum(unchanged) AS unchanged
      FROM import_change GROUP BY import) AS change
WHERE import.id = change.import;

DELETE FROM source_set
WHERE id IN (SELECT source_set FROM source_set_member WHERE source NOT IN (SELECT source FROM import));
DELETE FROM source_set_member WHERE source_set NOT IN (SELECT id FROM source_set);
DELETE FROM source WHERE id NOT IN (SELECT source FROM import);
