-- The records from a place (?1) on, in the order on file, with all they say.
SELECT id, source, enterprise,
       name, credit_code, registration_no, organisation_code, founded_on, status, ceased_on, capital, type, industry,
       province, city, district, address, scope, former_names
FROM record
WHERE id >= ?1
ORDER BY id
