-- Keeps what is on file of enterprises, and of whose a record is, and forgets it: all records are to be placed again.
DROP TABLE IF EXISTS temp.enterprise_before;
CREATE TEMP TABLE enterprise_before AS SELECT * FROM enterprise;
DROP TABLE IF EXISTS temp.record_before;
CREATE TEMP TABLE record_before AS SELECT id, enterprise, opened FROM record;
INSERT INTO temp.unplaced SELECT id FROM record;
DELETE FROM enterprise;
UPDATE record SET joined = 0; -- 0: not placed yet
