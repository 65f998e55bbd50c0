-- What each source says of an enterprise, row by row, the latest word last
WITH mine (record) AS (
    SELECT id FROM record, asked WHERE id = wanted_enterprise
    UNION ALL
    SELECT id FROM asked JOIN record INDEXED BY record_by_enterprise
      ON enterprise = wanted_enterprise AND enterprise <> id
),
said (place, record) AS (
    SELECT record, record FROM mine
    UNION ALL
    SELECT sighting.id + (mine.record - sighting.record), mine.record
    FROM mine JOIN sighting ON sighting.record BETWEEN mine.record - 31 AND mine.record AND sighting.record + sighting.rows > mine.record
)
SELECT source.name AS source, import.data_date, import.id AS import, import.path AS file,
       said.place & 0xffffffff AS line,
       record.name, record.credit_code, record.registration_no, record.organisation_code,
       record.founded_on, record.status, record.ceased_on, record.type, record.industry, record.capital,
       record.province, record.city, record.district, record.address, record.former_names, record.scope
FROM said
JOIN record_text AS record ON record.id = said.record
JOIN import ON import.id = said.place >> 32
JOIN source ON source.id = import.source
ORDER BY import.data_date, said.place
