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
    import  INTEGER NOT NULL REFERENCES import ON DELETE CASCADE,
    warning TEXT NOT NULL,
    rows    INTEGER NOT NULL CHECK (rows > 0),
    PRIMARY KEY (import, warning)
) STRICT, WITHOUT ROWID;

-- A row that could not be taken for a record, and why.
CREATE TABLE refused_row (
    import INTEGER NOT NULL REFERENCES import ON DELETE CASCADE,
    line   INTEGER NOT NULL CHECK (line > 0),
    reason TEXT NOT NULL,
    text   TEXT NOT NULL,
    PRIMARY KEY (import, line)
) STRICT, WITHOUT ROWID;

-- A place: import << 32 | line. It says where a row stands, and puts all rows on file in the order in which
-- they came. A record's id is the place of the first row that says it.

-- What a source said of an enterprise in one row. Nothing of it is ever changed, only whose it is.
CREATE TABLE record (
    id                INTEGER PRIMARY KEY,
    source            INTEGER NOT NULL REFERENCES source,
    enterprise        INTEGER NOT NULL, -- the id of its first record; 0 while identities are worked out
    opened            INTEGER NOT NULL CHECK (opened IN (0, 1)), -- it was the first word of an enterprise
    name              TEXT NOT NULL,
    credit_code       TEXT, -- folded if valid or pilot, else as written
    registration_no   TEXT,
    organisation_code TEXT,
    founded_on        TEXT NOT NULL, -- YYYY-MM-DD, YYYY-MM or YYYY
    status            TEXT,
    ceased_on         TEXT,
    capital           TEXT,
    type              TEXT,
    industry          TEXT,
    province          TEXT, -- the long name
    city              TEXT,
    district          TEXT,
    address           TEXT,
    scope             TEXT,
    former_names      TEXT,
    status_group      TEXT,
    code_class        TEXT NOT NULL -- no IN: SQLite would make a table of the words for each row
                      CHECK (code_class = 'valid' OR code_class = 'pilot' OR code_class = 'damaged'
                             OR code_class = 'invalid' OR code_class = 'missing')
) STRICT;

-- All records of an enterprise but its first, whose id is the enterprise's.
CREATE INDEX record_by_enterprise ON record (enterprise) WHERE enterprise <> id;

-- A row that repeats what its source said before: the place of the row, and the record it repeats.
CREATE TABLE sighting (
    id     INTEGER PRIMARY KEY,
    record INTEGER NOT NULL REFERENCES record
) STRICT;

CREATE INDEX sighting_by_record ON sighting (record);

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
    source_set INTEGER NOT NULL REFERENCES source_set ON DELETE CASCADE,
    source     INTEGER NOT NULL REFERENCES source,
    PRIMARY KEY (source_set, source)
) STRICT, WITHOUT ROWID;

-- The groups of statuses, and whether an enterprise of that group is in existence.
CREATE TABLE status_group (
    name   TEXT PRIMARY KEY,
    extant INTEGER NOT NULL CHECK (extant IN (0, 1))
) STRICT, WITHOUT ROWID;

-- What counts need of an enterprise. All of it follows from its records by one rule, and can be derived anew at
-- any time. Long texts stay in the records: name_from and scope_from say in which.
CREATE TABLE enterprise (
    id               INTEGER PRIMARY KEY, -- of its first record
    name_from        INTEGER NOT NULL,
    scope_from       INTEGER,
    credit_code      TEXT, -- valid or pilot
    founded_on       TEXT NOT NULL,
    founded_by       TEXT NOT NULL, -- the last day of founded_on, which may be a month or a year
    ceased_on        TEXT,
    status           TEXT NOT NULL, -- the name of a status_group
    province         TEXT NOT NULL, -- the long name, or unknown
    city             TEXT,
    industry         TEXT,
    type             TEXT,
    capital          REAL,
    capital_currency TEXT,
    source_set       INTEGER NOT NULL,
    definitions      INTEGER NOT NULL -- bit n: belongs to the definition with id n
) STRICT;

CREATE TABLE definition (
    id       INTEGER PRIMARY KEY CHECK (id BETWEEN 0 AND 62),
    name     TEXT NOT NULL UNIQUE,
    built_in INTEGER NOT NULL CHECK (built_in IN (0, 1))
) STRICT;

-- A definition without wanted words takes in every enterprise.
CREATE TABLE definition_word (
    definition INTEGER NOT NULL REFERENCES definition ON DELETE CASCADE,
    wanted     INTEGER NOT NULL CHECK (wanted IN (0, 1)),
    word       TEXT NOT NULL CHECK (word <> ''),
    PRIMARY KEY (definition, wanted, word)
) STRICT, WITHOUT ROWID;

INSERT INTO status_group (name, extant) VALUES
    ('active', 1), ('moved_in', 1), ('moved_out', 1), ('unknown', 1),
    ('dormant', 0), ('winding_up', 0), ('revoked', 0), ('deregistered', 0),
    ('rescinded', 0), ('converted', 0), ('pending', 0), ('other', 0);

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
