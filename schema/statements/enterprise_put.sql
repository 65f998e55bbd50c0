INSERT OR REPLACE INTO enterprise (id, name_from, scope_from, code_from, founded_on, founded_by, ceased_on, status,
                                   province, city, industry, type, capital, capital_currency, source_set, definitions)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)
