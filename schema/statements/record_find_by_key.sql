-- Records that may share a key (?1), in the order on file, with the credit code of their enterprise.
SELECT record.enterprise, enterprise.credit_code,
       record.name, record.credit_code, record.registration_no, record.founded_on, record.code_class
FROM record_key
JOIN record ON record.id = record_key.record
JOIN enterprise ON enterprise.id = record.enterprise
WHERE record_key.hash = ?1
ORDER BY record.id
