-- The records of the import that goes, each with the place it moves to; NULL if it goes too.
SELECT record.id, moved.new, record.status_group, record.code_class,
       record.name, record.credit_code, record.registration_no, record.organisation_code,
       record.founded_on, record.status, record.ceased_on, record.capital, record.type,
       record.industry, record.province, record.city, record.district, record.address,
       record.scope, record.former_names
FROM temp.undone
JOIN record ON record.id BETWEEN undone.first AND undone.last
LEFT JOIN temp.moved ON moved.old = record.id
