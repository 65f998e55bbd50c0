-- Records that a later row repeats are placed again where that stands. The records that no row says any more go after
-- this; their keys are gone already.

-- (FAIL: SQLite need not be able to take back this statement alone, and keeps no journal of it. `joined` follows where a
-- first record moves to; what still names one that goes is placed anew.)
UPDATE OR FAIL record
SET id = (SELECT new FROM moved WHERE old = record.id),
    joined = coalesce((SELECT new FROM moved WHERE old = record.joined), joined)
WHERE id IN (SELECT old FROM moved);

INSERT INTO temp.unplaced (record) SELECT new FROM moved;
DELETE FROM temp.unplaced WHERE record BETWEEN (SELECT first FROM undone) AND (SELECT last FROM undone);

DELETE FROM import_warning WHERE import = (SELECT import FROM undone);
DELETE FROM refused_count WHERE import = (SELECT import FROM undone);
DELETE FROM refused_row WHERE import = (SELECT import FROM undone);
DELETE FROM import WHERE id = (SELECT import FROM undone);
