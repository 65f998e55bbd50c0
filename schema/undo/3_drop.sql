-- Records that no row says any more go, the others wait to be placed. Their keys are gone already.

UPDATE record SET id = (SELECT new FROM moved WHERE old = record.id) WHERE id IN (SELECT old FROM moved);
DELETE FROM record WHERE id BETWEEN (SELECT first FROM undone) AND (SELECT last FROM undone);

INSERT INTO temp.unplaced (record) SELECT new FROM moved;
DELETE FROM temp.unplaced WHERE record BETWEEN (SELECT first FROM undone) AND (SELECT last FROM undone);

DELETE FROM import WHERE id = (SELECT import FROM undone);
