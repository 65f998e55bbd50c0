-- The record at a place (?1), with all it says.
SELECT source, enterprise,
       name, credit_code, registration_no, organisation_code, founded_on, status, ceased_on, capital, type, industry,
       province, city, district, address, scope, former_names
FROM record
WHERE id = ?1
