-- What counts of the enterprises in temp.affected, as they are on file.
SELECT founded_on, founded_by, ceased_on, status, province, city, industry, type, capital, capital_currency,
       source_set, definitions
FROM temp.affected JOIN main.enterprise ON enterprise.id = affected.enterprise
