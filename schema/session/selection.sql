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
    since          TEXT,             -- the first row: a day, month or year; NULL for no limit
    until          TEXT,             -- the last row
    wanted         TEXT,             -- a code or a name to be found
    wanted_enterprise INTEGER,       -- enterprise.id

    as_of_day      INTEGER AS ((substr(as_of, 1, 4) << 9) + (substr(as_of, 6, 2) << 5) + substr(as_of, 9)), -- as kept

    -- since and until, as they choose rows of years and of months
    since_year     INTEGER AS (coalesce(CAST(substr(since, 1, 4) AS INTEGER), 0)),
    until_year     INTEGER AS (coalesce(CAST(substr(until, 1, 4) AS INTEGER), 9999)),
    since_month    TEXT AS (coalesce(substr(since || '-01', 1, 7), '')),
    until_month    TEXT AS (coalesce(substr(until || '-12', 1, 7), '9999-12'))
);

-- The enterprises of the question, one row each: for what counts (tables counted and exits, src/query/counts.h) do not
-- tell. One that was founded after the as-of date is in no figure. A date without a day counts as the last of its month
-- or year; one without a month is in no month.
CREATE TEMP VIEW selected AS
SELECT enterprise.*,
       last_day >> 9 AS year,
       iif(founded & 480, printf('%04d-%02d', founded >> 9, founded >> 5 & 15), NULL) AS month
FROM asked
CROSS JOIN enterprise_text AS enterprise
WHERE enterprise.last_day <= asked.as_of_day
  AND enterprise.definitions >> asked.definition & 1
  AND (only_province IS NULL OR enterprise.province = only_province)
  AND (only_source IS NULL
       OR enterprise.source_set IN (SELECT source_set FROM source_set_member WHERE source = only_source));
