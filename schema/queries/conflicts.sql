-- Where the latest words of two sources differ, on founding date or status
-- zh: 各来源所载成立日期或登记状态不一致的企业
--
-- One row per enterprise, field and source: its last word, the data date of it, and whether it is the one that
-- counts. A founding month that agrees with a founding day is no conflict, nor are two wordings of one status group.
-- A source that says nothing of a field is left out.
--
-- The words are the last ones on file, whatever the as-of date, which chooses enterprises by their founding.
--
-- Heeds: as-of, definition, province, source.
WITH several AS (
    SELECT selected.id, selected.name_from, selected.founded_on, selected.status
    FROM dispute JOIN selected ON selected.id = dispute.enterprise
),
mine (enterprise, record) AS (
    SELECT several.id, record.id FROM several JOIN record ON record.id = several.id
    UNION ALL
    SELECT several.id, record.id
    FROM several JOIN record ON record.enterprise = several.id AND record.enterprise <> record.id
),
said (enterprise, record, place) AS (
    SELECT enterprise, record, record FROM mine
    UNION ALL
    SELECT mine.enterprise, mine.record, sighting.id + (mine.record - sighting.record)
    FROM mine JOIN sighting ON sighting.record BETWEEN mine.record - 31 AND mine.record AND sighting.record + sighting.rows > mine.record
),
dates (enterprise, source, founded_on, so_far, data_date, place) AS (
    SELECT said.enterprise, record.source, record.founded_on, last_date(record.founded_on) OVER so_far,
           import.data_date, said.place
    FROM said
    JOIN record_text AS record ON record.id = said.record
    JOIN import ON import.id = said.place >> 32
    WINDOW so_far AS (PARTITION BY said.enterprise, record.source ORDER BY import.data_date, said.place)
),
words (enterprise, source, field, value, detail, data_date, back) AS (
    SELECT enterprise, source, 'founded_on', founded_on, founded_on, data_date,
           row_number() OVER (PARTITION BY enterprise, source ORDER BY data_date DESC, place DESC)
    FROM dates
    WHERE founded_on = so_far -- else it is less precise than what was said before, and agrees with it
    UNION ALL
    SELECT said.enterprise, record.source, 'status', record.status_group, record.status, import.data_date,
           row_number() OVER (PARTITION BY said.enterprise, record.source ORDER BY import.data_date DESC, said.place DESC)
    FROM said
    JOIN record_text AS record ON record.id = said.record
    JOIN import ON import.id = said.place >> 32
    WHERE record.status_group IS NOT NULL
),
last AS (
    SELECT * FROM words WHERE back = 1
),
differing AS (
    SELECT DISTINCT a.enterprise, a.field
    FROM last AS a
    JOIN last AS b ON b.enterprise = a.enterprise AND b.field = a.field AND b.source <> a.source
    WHERE a.value <> b.value
      AND NOT (a.field = 'founded_on' AND (a.value LIKE b.value || '-%' OR b.value LIKE a.value || '-%'))
)
SELECT plain_name((SELECT name FROM record WHERE record.id = several.name_from)) AS enterprise,
       last.field,
       source.name AS source,
       last.detail AS value,
       last.data_date,
       last.value = iif(last.field = 'status', several.status, several.founded_on) AS counts
FROM differing
JOIN last ON last.enterprise = differing.enterprise AND last.field = differing.field
JOIN several ON several.id = last.enterprise
JOIN source ON source.id = last.source
ORDER BY 1, several.id, last.field, source.name
