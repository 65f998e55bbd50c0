-- The records of the import that goes and that a later one repeats, each at the place it moves to.
SELECT moved.new, NULL, record.status_group, record.code_class, record.name, record.credit_code, record.registration_no,
       record.founded_on, record.ceased_on, record.capital, record.type, record.industry, record.province,
       record.city, record.scope
FROM temp.moved JOIN record ON record.id = moved.old
