-- What is said of an enterprise (?1): every row, in the order in which a later word replaces an earlier one.
WITH mine AS (
    SELECT id FROM record WHERE id = ?1 AND enterprise = ?1
    UNION ALL
    SELECT id FROM record INDEXED BY record_by_enterprise WHERE enterprise = ?1 AND enterprise <> id
),
said AS (
    SELECT id AS place, id AS record FROM mine
    UNION ALL
    SELECT sighting.id, sighting.record FROM mine JOIN sighting ON sighting.record = mine.id
)
SELECT record.id, record.source, record.status_group, record.code_class, record.name, record.credit_code, record.registration_no,
       record.founded_on, record.ceased_on, record.capital, record.type, record.industry, record.province,
       record.city, record.scope
FROM said
JOIN record ON record.id = said.record
JOIN import ON import.id = said.place >> 32
ORDER BY import.data_date, said.place
