-- Records to be placed, in the order on file; last, where they have been up to now.
SELECT record.id, record.source, record.status_group, record.code_class, record.name, record.credit_code, record.registration_no,
       record.founded_on, record.ceased_on, record.capital, record.type, record.industry, record.province,
       record.city, record.scope, record.enterprise, record.opened
FROM temp.unplaced JOIN record ON record.id = unplaced.record
ORDER BY unplaced.record
