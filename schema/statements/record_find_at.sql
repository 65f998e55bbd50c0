-- The record at a place (?1), with the credit code of its enterprise, and the record that has that; none while it
-- belongs to no enterprise.
SELECT record.enterprise, coded.id, iif(coded.code_class BETWEEN 1 AND 2, coded.credit_code, NULL),
       record.name, record.credit_code, record.registration_no, record.founded_on, record.code_class
FROM record
JOIN enterprise ON enterprise.id = record.enterprise
JOIN record AS coded ON coded.id = coalesce(enterprise.code_from, enterprise.id)
WHERE record.id = ?1
