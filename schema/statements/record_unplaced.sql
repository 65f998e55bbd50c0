-- Records that belong to no enterprise yet, in the order on file.
SELECT record.id, record.source, record.status_group, record.code_class, record.name, record.credit_code, record.registration_no,
       record.founded_on, record.ceased_on, record.capital, record.type, record.industry, record.province,
       record.city, record.scope
FROM temp.unplaced JOIN record ON record.id = unplaced.record
ORDER BY unplaced.record
