-- All records, with all they say.
SELECT id, source,
       name, credit_code, registration_no, organisation_code, founded_on, status, ceased_on, capital, type, industry,
       province, city, district, address, scope, former_names
FROM record
ORDER BY id
