-- The record at a place (?1), with the credit code of its enterprise; none while it belongs to no enterprise.
SELECT record.enterprise, enterprise.credit_code,
       record.name, record.credit_code, record.registration_no, record.founded_on, record.code_class
FROM record
JOIN enterprise ON enterprise.id = record.enterprise
WHERE record.id = ?1
