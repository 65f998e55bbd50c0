-- Keeps what is on file of counts and disputes, and forgets the counts.
DROP TABLE IF EXISTS temp.tally_before;
CREATE TEMP TABLE tally_before AS SELECT * FROM tally_of_segment;
DROP TABLE IF EXISTS temp.dispute_before;
CREATE TEMP TABLE dispute_before AS SELECT * FROM dispute;
DELETE FROM tally;
DELETE FROM segment;
