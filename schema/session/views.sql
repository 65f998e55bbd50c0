-- What queries of one's own read: views with readable values, whose names and columns stay.

-- The enterprises of the question (--as-of, --definition, --province, --source), one row each, with what counts of
-- them.
CREATE TEMP VIEW enterprises AS
SELECT selected.id AS enterprise,
       plain_name(naming.name) AS name,
       selected.credit_code,
       selected.founded_on,       -- YYYY-MM-DD, YYYY-MM or YYYY
       selected.year,             -- of founding
       selected.month,            -- of founding; NULL where only the year is known
       selected.status,           -- its group: active, revoked, deregistered …
       selected.extant,           -- 1 if it is in existence
       selected.ceased_on,
       selected.province,         -- the long name, or unknown
       selected.city,
       selected.industry,
       selected.type,
       selected.capital,          -- in whole units of capital_currency
       selected.capital_currency, -- CNY, USD …
       (SELECT scope FROM record WHERE id = selected.scope_from) AS scope,
       (SELECT group_concat(name, ', ')
        FROM (SELECT name FROM definition WHERE selected.definitions >> id & 1 ORDER BY id)) AS definitions,
       source_set.names AS sources -- qichacha+tianyancha
FROM selected
JOIN record AS naming ON naming.id = selected.name_from
JOIN source_set ON source_set.id = selected.source_set;

-- What each row of each file says, whatever the question. `enterprise` is as in enterprises.
CREATE TEMP VIEW observations AS
WITH said (place, record) AS (
    SELECT id, id FROM record
    UNION ALL
    SELECT place, record FROM sighting_row
)
SELECT record.enterprise,
       source.name AS source,
       import.id AS import,
       import.path AS file,
       said.place & 0xffffffff AS line,
       import.data_date,
       record.name,
       record.credit_code,
       record.code_class,         -- valid, pilot, damaged, invalid or missing
       record.registration_no,
       record.organisation_code,
       record.founded_on,
       record.status,             -- as written
       record.status_group,       -- its group
       record.ceased_on,
       record.capital,
       record.type,
       record.industry,
       record.province,
       record.city,
       record.district,
       record.address,
       record.scope,
       record.former_names
FROM said
JOIN record_text AS record ON record.id = said.record
JOIN import ON import.id = said.place >> 32
JOIN source ON source.id = import.source;

-- What was taken in, a row for each file.
CREATE TEMP VIEW imports AS
SELECT import.id AS import, path AS file, source.name AS source, data_date, format, encoding, header_row,
       rows, new, updated, unchanged, refused, skipped
FROM import JOIN source ON source.id = import.source;

-- Refused rows, with their text.
CREATE TEMP VIEW refused AS
SELECT refused_row.import, import.path AS file, source.name AS source, line, reason, text
FROM refused_row
JOIN import ON import.id = refused_row.import
JOIN source ON source.id = import.source;
