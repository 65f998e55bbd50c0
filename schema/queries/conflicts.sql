-- Where the latest words of two sources differ, on founding date or status
--
-- One row per enterprise, field and source: its last word, the data date of it, and whether it is the one that counts.
-- A founding month that agrees with a founding day is no conflict, nor are two wordings of one status group. A source
-- that says nothing of a field is left out.
--
-- Heeds: as-of, definition, province, source.
WITH several AS (
    SELECT selected.id, selected.name_from, selected.founded_on, selected.status
    FROM selected
    WHERE selected.source_set IN (SELECT source_set FROM source_set_member GROUP BY source_set HAVING count(*) > 1)
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
    SELECT mine.enterprise, mine.record, sighting.id FROM mine JOIN sighting ON sighting.record = mine.record
),
words (enterprise, source, field, value, detail, data_date, place) AS (
    SELECT said.enterprise, record.source, field.name,
           iif(field.name = 'status', record.status_group, record.founded_on),
           iif(field.name = 'status', record.status, record.founded_on),
           import.data_date, said.place
    FROM said
    JOIN record ON record.id = said.record
    JOIN import ON import.id = said.place >> 32
    CROSS JOIN (SELECT 'founded_on' AS name UNION ALL SELECT 'status') AS field
    WHERE field.name = 'founded_on' OR record.status_group IS NOT NULL
),
-- A source's own last word: a less precise date does not replace one of its earlier ones that agrees with it.
last AS (
    SELECT *
    FROM (SELECT words.*,
                 row_number() OVER (PARTITION BY enterprise, source, field ORDER BY data_date DESC, place DESC) AS back
          FROM words
          WHERE NOT EXISTS (SELECT 1 FROM words AS finer
                            WHERE finer.enterprise = words.enterprise AND finer.source = words.source
                              AND words.field = 'founded_on' AND finer.field = 'founded_on'
                              AND length(finer.value) > length(words.value)
                              AND finer.value LIKE words.value || '-%'
                              AND (finer.data_date, finer.place) < (words.data_date, words.place)))
    WHERE back = 1
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
