-- The registry: what was imported, what each file said, and the enterprises that follow from it.

CREATE TABLE source (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE CHECK (name <> '')
) STRICT;

-- One row per file taken in. `hash` (SHA-256) is how the same file is known again.
CREATE TABLE import (
    id              INTEGER PRIMARY KEY,
    path            TEXT NOT NULL,
    hash            BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
    bytes           INTEGER NOT NULL CHECK (bytes >= 0),
    source          INTEGER NOT NULL REFERENCES source,
    data_date       TEXT NOT NULL CHECK (data_date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    data_date_from  TEXT NOT NULL CHECK (data_date_from IN ('option', 'name', 'columns')),
    format          TEXT NOT NULL,
    encoding        TEXT,
    header_row      INTEGER NOT NULL CHECK (header_row > 0),
    new             INTEGER NOT NULL DEFAULT 0 CHECK (new >= 0),
    updated         INTEGER NOT NULL DEFAULT 0 CHECK (updated >= 0),
    unchanged       INTEGER NOT NULL DEFAULT 0 CHECK (unchanged >= 0),
    refused         INTEGER NOT NULL DEFAULT 0 CHECK (refused >= 0),
    skipped         INTEGER NOT NULL DEFAULT 0 CHECK (skipped >= 0),
    program_version TEXT NOT NULL,
    rows            INTEGER AS (new + updated + unchanged + refused) VIRTUAL
) STRICT;

CREATE TABLE import_warning (
    import  INTEGER NOT NULL REFERENCES import,
    warning TEXT NOT NULL,
    rows    INTEGER NOT NULL CHECK (rows > 0),
    PRIMARY KEY (import, warning)
) STRICT, WITHOUT ROWID;

-- A row that could not be taken for a record, and why.
CREATE TABLE refused_row (
    import INTEGER NOT NULL REFERENCES import,
    line   INTEGER NOT NULL CHECK (line > 0),
    reason TEXT NOT NULL,
    text   TEXT NOT NULL,
    PRIMARY KEY (import, line)
) STRICT, WITHOUT ROWID;

-- How many there are, by reason.
CREATE TABLE refused_count (
    import INTEGER NOT NULL REFERENCES import,
    reason TEXT NOT NULL,
    rows   INTEGER NOT NULL CHECK (rows > 0),
    PRIMARY KEY (import, reason)
) STRICT, WITHOUT ROWID;

-- A place: import << 32 | line. It says where a row stands, and puts all rows on file in the order in which
-- they came. A record's id is the place of the first row that says it.

-- Short texts that many rows share. A column of the type ANY holds such a word by its number, and other texts as they
-- are: long ones, and those met when there were 65,536 words already. Words are only ever added.
CREATE TABLE word (
    id   INTEGER PRIMARY KEY,
    text TEXT NOT NULL UNIQUE
) STRICT;

-- The groups of statuses, and whether an enterprise of that group is in existence.
CREATE TABLE status_group (
    id     INTEGER PRIMARY KEY,
    name   TEXT NOT NULL UNIQUE,
    extant INTEGER NOT NULL CHECK (extant IN (0, 1))
) STRICT;

-- A date is kept as year << 9 | month << 5 | day, with month or day 0 where it is not known.

-- What a source said of an enterprise in one row. Nothing of it is ever changed, only whose it is. The view record_text
-- shows it in words.
CREATE TABLE record (
    id                INTEGER PRIMARY KEY,
    source            INTEGER NOT NULL REFERENCES source,
    joined            INTEGER CHECK (joined <> id), -- NULL: it is the first record of its enterprise; else the id of that
    opened            INTEGER NOT NULL CHECK (opened IN (0, 1)), -- it was the first word of an enterprise
    status_group      INTEGER,
    code_class        INTEGER NOT NULL CHECK (code_class BETWEEN 0 AND 4), -- missing, valid, pilot, damaged, invalid
    name              TEXT NOT NULL,
    credit_code       TEXT, -- folded if valid or pilot, else as written
    registration_no   ANY,  -- digits are kept as a number
    organisation_code ANY,  -- 1: the one in the credit code
    founded_on        INTEGER NOT NULL,
    status            ANY,
    ceased_on         INTEGER,
    capital           ANY,
    type              ANY,
    industry          ANY,
    province          ANY, -- the long name
    city              ANY,
    district          ANY,
    address           TEXT,
    scope             TEXT,
    former_names      TEXT,
    enterprise        INTEGER AS (coalesce(joined, id)) VIRTUAL -- the id of its first record
) STRICT;

-- All records of an enterprise but its first, whose id is the enterprise's.
CREATE INDEX record_by_enterprise ON record (enterprise) WHERE enterprise <> id;

-- Six bytes for each record, from the place `id` on: a hash of what it says. So a list that comes again is known by a
-- hundredth of what it takes to read its records. A place without a record, or one that came there later, has zeros.
CREATE TABLE record_print (
    id     INTEGER PRIMARY KEY,
    prints BLOB NOT NULL -- packed as src/registry/prints.h says
) STRICT;

-- Rows that repeat what their source said before. As lists are long and mostly come again as they were, `rows` of them in
-- one: those from the place `id` on repeat the records from `record` on, one by one. There are 32 at most, so that the
-- sightings of a record begin at no more than 31 records before it.
CREATE TABLE sighting (
    id     INTEGER PRIMARY KEY,
    record INTEGER NOT NULL REFERENCES record,
    rows   INTEGER NOT NULL CHECK (rows BETWEEN 1 AND 32)
) STRICT;

CREATE INDEX sighting_by_record ON sighting (record, rows);

-- Each of these rows: its place, the record it repeats, and the sighting that says so.
CREATE VIEW sighting_row AS
WITH RECURSIVE nth (n) AS (VALUES (0) UNION ALL SELECT n + 1 FROM nth WHERE n < 31)
SELECT sighting.id + n AS place, sighting.record + n AS record, sighting.id AS sighting
FROM sighting JOIN nth ON n < sighting.rows;

-- What identifies records: hashes of credit code, registration number, and name with founding date, each with the
-- place of its record, in runs sorted by hash. Records with the same hash are compared in full, so a collision
-- costs time and no more.
CREATE TABLE key_run (
    id    INTEGER PRIMARY KEY,
    bits  INTEGER NOT NULL CHECK (bits BETWEEN 0 AND 31), -- it has 2^bits buckets, by the first bits of the hash
    keys  INTEGER NOT NULL CHECK (keys > 0),
    first INTEGER NOT NULL, -- no place in it is smaller
    last  INTEGER NOT NULL  -- or larger
) STRICT;

CREATE TABLE record_key (
    id   INTEGER PRIMARY KEY, -- run << 32 | bucket
    keys BLOB NOT NULL        -- packed as src/registry/key_run.h says
) STRICT;

-- A combination of sources, as in qichacha+tianyancha.
CREATE TABLE source_set (
    id    INTEGER PRIMARY KEY,
    names TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE source_set_member (
    source_set INTEGER NOT NULL REFERENCES source_set,
    source     INTEGER NOT NULL REFERENCES source,
    PRIMARY KEY (source_set, source)
) STRICT, WITHOUT ROWID;

-- What counts need of an enterprise. All of it follows from its records by one rule, and can be derived anew at
-- any time. Long texts stay in the records: the columns _from say in which; NULL is the first one. The view
-- enterprise_text shows it in words.
CREATE TABLE enterprise (
    id               INTEGER PRIMARY KEY, -- of its first record
    name_from        INTEGER,
    scope_from       INTEGER,
    code_from        INTEGER,
    founded_on       INTEGER NOT NULL,
    founded_by       INTEGER, -- the last day of founded_on, if that is a month or a year
    ceased_on        INTEGER,
    status           INTEGER NOT NULL, -- a status_group
    province         ANY NOT NULL, -- the long name, or unknown
    city             ANY,
    industry         ANY,
    type             ANY,
    capital          REAL,
    capital_currency ANY,
    source_set       INTEGER NOT NULL,
    definitions      INTEGER NOT NULL -- bit n: belongs to the definition with id n
) STRICT;

-- Enterprises of which several sources speak and not all records name the same founding date and group of statuses:
-- only among these last words can differ (query conflicts).
CREATE TABLE dispute (
    enterprise INTEGER PRIMARY KEY
) STRICT;

CREATE TRIGGER enterprise_delete AFTER DELETE ON enterprise
BEGIN
    DELETE FROM dispute WHERE enterprise = old.id;
END;

-- Counts, so that queries need not look at every enterprise. An enterprise is in one segment.
CREATE TABLE segment (
    id          INTEGER PRIMARY KEY,
    province    ANY NOT NULL, -- these as in table enterprise
    source_set  INTEGER NOT NULL,
    definitions INTEGER NOT NULL
) STRICT;

-- How many enterprises of a segment have each of the values that a kind of count knows of
-- (src/registry/counted.h). Segment 0 stands for all enterprises. A row with the id 0: no counts are kept.
CREATE TABLE tally (
    id    INTEGER PRIMARY KEY, -- kind << 17 | segment
    cells BLOB NOT NULL        -- packed as src/registry/tally_cells.h says
) STRICT;

CREATE TABLE definition (
    id       INTEGER PRIMARY KEY CHECK (id BETWEEN 0 AND 62),
    name     TEXT NOT NULL UNIQUE,
    built_in INTEGER NOT NULL CHECK (built_in IN (0, 1))
) STRICT;

-- A definition without wanted words takes in every enterprise.
CREATE TABLE definition_word (
    definition INTEGER NOT NULL REFERENCES definition,
    wanted     INTEGER NOT NULL CHECK (wanted IN (0, 1)),
    word       TEXT NOT NULL CHECK (word <> ''),
    PRIMARY KEY (definition, wanted, word)
) STRICT, WITHOUT ROWID;

-- The counts with what they are of; no segment: all enterprises.
CREATE VIEW tally_of_segment AS
SELECT tally.id >> 17 AS kind, segment.province, segment.source_set, segment.definitions, tally.cells
FROM tally LEFT JOIN segment ON segment.id = tally.id & (1 << 17) - 1;

CREATE VIEW record_text AS
SELECT record.id,
       record.source,
       record.enterprise,
       record.opened,
       record.name,
       record.credit_code,
       CAST(record.registration_no AS TEXT) AS registration_no,
       iif(typeof(record.organisation_code) = 'integer', substr(record.credit_code, 9, 9),
           record.organisation_code) AS organisation_code,
       substr(printf('%04d-%02d-%02d', record.founded_on >> 9, record.founded_on >> 5 & 15, record.founded_on & 31), 1,
              iif(record.founded_on & 31, 10, iif(record.founded_on & 480, 7, 4))) AS founded_on,
       iif(typeof(record.status) = 'integer', (SELECT text FROM word WHERE word.id = record.status), record.status) AS status,
       iif(record.ceased_on IS NULL, NULL,
           substr(printf('%04d-%02d-%02d', record.ceased_on >> 9, record.ceased_on >> 5 & 15, record.ceased_on & 31), 1,
              iif(record.ceased_on & 31, 10, iif(record.ceased_on & 480, 7, 4)))) AS ceased_on,
       iif(typeof(record.capital) = 'integer', (SELECT text FROM word WHERE word.id = record.capital), record.capital) AS capital,
       iif(typeof(record.type) = 'integer', (SELECT text FROM word WHERE word.id = record.type), record.type) AS type,
       iif(typeof(record.industry) = 'integer', (SELECT text FROM word WHERE word.id = record.industry), record.industry) AS industry,
       iif(typeof(record.province) = 'integer', (SELECT text FROM word WHERE word.id = record.province), record.province) AS province,
       iif(typeof(record.city) = 'integer', (SELECT text FROM word WHERE word.id = record.city), record.city) AS city,
       iif(typeof(record.district) = 'integer', (SELECT text FROM word WHERE word.id = record.district), record.district) AS district,
       record.address,
       record.scope,
       record.former_names,
       (SELECT name FROM status_group WHERE status_group.id = record.status_group) AS status_group,
       CASE record.code_class WHEN 1 THEN 'valid' WHEN 2 THEN 'pilot' WHEN 3 THEN 'damaged'
                              WHEN 4 THEN 'invalid' ELSE 'missing' END AS code_class
FROM record;

-- founded and last_day are founded_on and founded_by as kept, to compare and to count by.
CREATE VIEW enterprise_text AS
SELECT enterprise.id,
       coalesce(enterprise.name_from, enterprise.id) AS name_from,
       coalesce(enterprise.scope_from, enterprise.id) AS scope_from,
       (SELECT iif(code_class BETWEEN 1 AND 2, credit_code, NULL) FROM record
        WHERE record.id = coalesce(enterprise.code_from, enterprise.id)) AS credit_code, -- valid or pilot
       enterprise.founded_on AS founded,
       coalesce(enterprise.founded_by, enterprise.founded_on) AS last_day,
       substr(printf('%04d-%02d-%02d', enterprise.founded_on >> 9, enterprise.founded_on >> 5 & 15, enterprise.founded_on & 31), 1,
              iif(enterprise.founded_on & 31, 10, iif(enterprise.founded_on & 480, 7, 4))) AS founded_on,
       (SELECT printf('%04d-%02d-%02d', day >> 9, day >> 5 & 15, day & 31)
        FROM (SELECT coalesce(enterprise.founded_by, enterprise.founded_on) AS day)) AS founded_by,
       iif(enterprise.ceased_on IS NULL, NULL,
           substr(printf('%04d-%02d-%02d', enterprise.ceased_on >> 9, enterprise.ceased_on >> 5 & 15, enterprise.ceased_on & 31), 1,
              iif(enterprise.ceased_on & 31, 10, iif(enterprise.ceased_on & 480, 7, 4)))) AS ceased_on,
       status_group.name AS status,
       status_group.extant,
       iif(typeof(enterprise.province) = 'integer', (SELECT text FROM word WHERE word.id = enterprise.province), enterprise.province) AS province,
       iif(typeof(enterprise.city) = 'integer', (SELECT text FROM word WHERE word.id = enterprise.city), enterprise.city) AS city,
       iif(typeof(enterprise.industry) = 'integer', (SELECT text FROM word WHERE word.id = enterprise.industry), enterprise.industry) AS industry,
       iif(typeof(enterprise.type) = 'integer', (SELECT text FROM word WHERE word.id = enterprise.type), enterprise.type) AS type,
       enterprise.capital,
       iif(typeof(enterprise.capital_currency) = 'integer', (SELECT text FROM word WHERE word.id = enterprise.capital_currency), enterprise.capital_currency) AS capital_currency,
       enterprise.source_set,
       enterprise.definitions
FROM enterprise JOIN status_group ON status_group.id = enterprise.status;

INSERT INTO status_group (id, name, extant) VALUES
    (1, 'active', 1), (2, 'moved_in', 1), (3, 'moved_out', 1), (4, 'dormant', 0),
    (5, 'winding_up', 0), (6, 'revoked', 0), (7, 'deregistered', 0), (8, 'rescinded', 0),
    (9, 'converted', 0), (10, 'pending', 0), (11, 'unknown', 1), (12, 'other', 0);

INSERT INTO definition (id, name, built_in) VALUES (0, 'all', 1), (1, 'narrow', 1), (2, 'wide', 1);

INSERT INTO definition_word (definition, wanted, word)
SELECT definition.id, 1, word.column1
FROM definition, (VALUES ('跨境电商'), ('跨境电子商务'), ('跨境贸易电子商务')) AS word
WHERE definition.name IN ('narrow', 'wide');

INSERT INTO definition_word (definition, wanted, word)
SELECT definition.id, 1, word.column1
FROM definition, (VALUES ('跨境零售'), ('跨境网购'), ('跨境购'), ('跨境贸易'), ('跨境进口'), ('跨境出口'),
                         ('跨境供应链'), ('保税电商'), ('海淘'), ('海外仓'), ('出口电商'), ('外贸电商')) AS word
WHERE definition.name = 'wide';
