-- What is said of an enterprise (?1): every row, in the order in which a later word replaces an earlier one.
-- (CROSS JOIN keeps it first, so that it need not be put in a table of its own.)
SELECT record.id, record.source, record.status_group, record.code_class, record.name, record.credit_code, record.registration_no,
       record.founded_on, record.ceased_on, record.capital, record.type, record.industry, record.province,
       record.city, record.scope
FROM (SELECT ?1 AS place, ?1 AS record
      UNION ALL
      SELECT id + (?1 - record), ?1 FROM sighting WHERE record BETWEEN ?1 - 31 AND ?1 AND record + rows > ?1
      UNION ALL
      SELECT id, id FROM record INDEXED BY record_by_enterprise WHERE enterprise = ?1 AND enterprise <> id
      UNION ALL
      SELECT sighting.id + (record.id - sighting.record), record.id
      FROM record INDEXED BY record_by_enterprise
      JOIN sighting ON sighting.record BETWEEN record.id - 31 AND record.id AND sighting.record + sighting.rows > record.id
      WHERE record.enterprise = ?1 AND record.enterprise <> record.id) AS said
CROSS JOIN record ON record.id = said.record
CROSS JOIN import ON import.id = said.place >> 32
WHERE record.enterprise = ?1
ORDER BY import.data_date, said.place
