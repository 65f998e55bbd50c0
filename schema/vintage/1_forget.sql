-- Nothing stands before the tables of the registry any more.
DROP VIEW IF EXISTS temp.enterprise_text;
DROP VIEW IF EXISTS temp.record_text;
DROP VIEW IF EXISTS temp.sighting_row;
DROP VIEW IF EXISTS temp.enterprise;
DROP VIEW IF EXISTS temp.record;
DROP VIEW IF EXISTS temp.sighting;
DROP VIEW IF EXISTS temp.dispute;
DROP VIEW IF EXISTS temp.import;
DROP VIEW IF EXISTS temp.refused_row;
DROP TABLE IF EXISTS temp.enterprise_then;
DROP TABLE IF EXISTS temp.record_then;
DROP TABLE IF EXISTS temp.sighting_then;
DROP TABLE IF EXISTS temp.dispute_then;
DROP TABLE IF EXISTS temp.source_set;
DROP TABLE IF EXISTS temp.segment;
DROP TABLE IF EXISTS temp.tally;
DROP TABLE IF EXISTS temp.source_set_member;
DROP TABLE IF EXISTS temp.affected;
DROP TABLE IF EXISTS temp.moved;
DROP TABLE IF EXISTS temp.split;
DROP TABLE IF EXISTS temp.unknown_import;
DROP TABLE IF EXISTS temp.vintage;

CREATE TEMP TABLE vintage (known_at TEXT NOT NULL);
CREATE TEMP TABLE unknown_import (id INTEGER PRIMARY KEY, first INTEGER, last INTEGER); -- with the range of its places
CREATE TEMP TABLE affected (enterprise INTEGER PRIMARY KEY, round INTEGER NOT NULL DEFAULT 0);
CREATE INDEX temp.affected_by_round ON affected (round);
CREATE TEMP TABLE moved (old INTEGER PRIMARY KEY, new INTEGER);
CREATE TEMP TABLE split (id INTEGER PRIMARY KEY); -- of a sighting that is put down anew, row by row
