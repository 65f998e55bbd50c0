-- What a query is asked with, and the enterprises it counts. Made anew in the temporary database of each
-- connection; the registry itself holds no trace of it.

CREATE TABLE temp.asked (
    as_of          TEXT,             -- YYYY-MM-DD; NULL if nothing was imported yet and no day was named
    as_of_year     INTEGER,
    as_of_complete INTEGER,          -- 1 if as_of is the last day of its year
    definition     INTEGER NOT NULL, -- definition.id
    only_province  TEXT,             -- the long name, or unknown
    only_source    INTEGER,          -- source.id
    only_import    INTEGER,
    since          TEXT,             -- the first row
    until          TEXT,             -- the last row
    wanted         TEXT,             -- a code or a name to be found
    wanted_enterprise INTEGER        -- enterprise.id
);

-- The enterprises of the question, each with its founding year and month and whether it is extant. One that was
-- founded after the as-of date is in no figure. A founding date without a day counts as the last of its month or
-- year; one without a month is in no month.
CREATE TEMP VIEW selected AS
SELECT enterprise.*,
       CAST(substr(founded_by, 1, 4) AS INTEGER) AS year,
       CASE WHEN length(founded_on) >= 7 THEN substr(founded_on, 1, 7) END AS month,
       status_group.extant
FROM asked
CROSS JOIN enterprise
JOIN status_group ON status_group.name = enterprise.status
WHERE enterprise.founded_by <= asked.as_of
  AND enterprise.definitions >> asked.definition & 1
  AND (only_province IS NULL OR enterprise.province = only_province)
  AND (only_source IS NULL
       OR enterprise.source_set IN (SELECT source_set FROM source_set_member WHERE source = only_source));
