-- What the other steps write down.
DROP TABLE IF EXISTS temp.undone;
DROP TABLE IF EXISTS temp.affected;
DROP TABLE IF EXISTS temp.moved;
DROP TABLE IF EXISTS temp.split;
DROP TABLE IF EXISTS temp.single;
DROP TABLE IF EXISTS temp.import_change;
CREATE TEMP TABLE undone (import INTEGER, first INTEGER, last INTEGER); -- the import, and its places
CREATE TEMP TABLE affected (enterprise INTEGER PRIMARY KEY, round INTEGER NOT NULL DEFAULT 0);
CREATE INDEX temp.affected_by_round ON affected (round);
CREATE TEMP TABLE moved (old INTEGER PRIMARY KEY, new INTEGER);
CREATE TEMP TABLE split (id INTEGER PRIMARY KEY);
CREATE TEMP TABLE single (place INTEGER PRIMARY KEY, record INTEGER);
CREATE TEMP TABLE import_change (import INTEGER, new INTEGER, updated INTEGER, unchanged INTEGER);
