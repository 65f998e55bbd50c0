-- From here on the names of the tables stand for what was known then. (Renaming must leave views as they are.)
PRAGMA legacy_alter_table = ON;
ALTER TABLE temp.enterprise RENAME TO enterprise_then;
ALTER TABLE temp.record RENAME TO record_then;
ALTER TABLE temp.sighting RENAME TO sighting_then;
ALTER TABLE temp.dispute RENAME TO dispute_then;
PRAGMA legacy_alter_table = OFF;
DROP TABLE temp.key_run;
DROP TABLE temp.record_key;

CREATE TEMP VIEW enterprise AS
SELECT * FROM main.enterprise WHERE id NOT IN (SELECT enterprise FROM affected)
UNION ALL
SELECT * FROM enterprise_then;

CREATE TEMP VIEW record AS
SELECT * FROM main.record WHERE enterprise NOT IN (SELECT enterprise FROM affected)
UNION ALL
SELECT * FROM record_then;

CREATE TEMP VIEW sighting AS
SELECT * FROM main.sighting
WHERE id >> 32 NOT IN (SELECT id FROM unknown_import) AND id NOT IN (SELECT id FROM split)
UNION ALL
SELECT * FROM sighting_then;

CREATE TEMP VIEW dispute AS
SELECT * FROM main.dispute WHERE enterprise NOT IN (SELECT enterprise FROM affected)
UNION ALL
SELECT * FROM dispute_then;

CREATE TEMP VIEW import AS
SELECT * FROM main.import WHERE id NOT IN (SELECT id FROM unknown_import);

CREATE TEMP VIEW refused_row AS
SELECT * FROM main.refused_row WHERE import NOT IN (SELECT id FROM unknown_import);
