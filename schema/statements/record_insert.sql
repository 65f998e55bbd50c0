INSERT INTO record (id, source, joined, opened, status_group, code_class,
                    name, credit_code, registration_no, organisation_code, founded_on, status, ceased_on,
                    capital, type, industry, province, city, district, address, scope, former_names)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7,
        ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22)
