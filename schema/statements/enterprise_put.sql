INSERT INTO enterprise (id, name_from, scope_from, credit_code, founded_on, founded_by, ceased_on, status,
                        province, city, industry, type, capital, capital_currency, source_set, definitions)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)
ON CONFLICT (id) DO UPDATE SET
    name_from = excluded.name_from, scope_from = excluded.scope_from, credit_code = excluded.credit_code,
    founded_on = excluded.founded_on, founded_by = excluded.founded_by, ceased_on = excluded.ceased_on,
    status = excluded.status, province = excluded.province, city = excluded.city,
    industry = excluded.industry, type = excluded.type, capital = excluded.capital,
    capital_currency = excluded.capital_currency, source_set = excluded.source_set,
    definitions = excluded.definitions
