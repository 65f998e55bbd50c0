-- The record at a place (?1) before another one (?2), with the credit code of its enterprise, the record that has that,
-- and who names the enterprise. Records are placed in the order on file: whose one is that comes later is not known yet.
SELECT record.enterprise, coded.id, iif(coded.code_class BETWEEN 1 AND 2, coded.credit_code, NULL),
       record.name, record.credit_code, record.registration_no, record.founded_on, record.code_class,
       enterprise.source_set
FROM record
JOIN enterprise ON enterprise.id = record.enterprise
JOIN record AS coded ON coded.id = coalesce(enterprise.code_from, enterprise.id)
WHERE record.id = ?1 AND record.id < ?2
