-- What counts of an enterprise, out of all that its sources say
SELECT plain_name(naming.name) AS name,
       enterprise.credit_code,
       enterprise.founded_on,
       enterprise.status,
       enterprise.ceased_on,
       enterprise.province,
       enterprise.city,
       enterprise.industry,
       enterprise.type,
       CASE WHEN enterprise.capital IS NULL THEN NULL
            WHEN enterprise.capital = CAST(enterprise.capital AS INTEGER)
            THEN printf('%,d %s', enterprise.capital, enterprise.capital_currency)
            ELSE printf('%.2f %s', enterprise.capital, enterprise.capital_currency) END AS capital,
       (SELECT group_concat(name, ', ')
        FROM (SELECT name FROM definition WHERE enterprise.definitions >> id & 1 ORDER BY id)) AS definitions,
       source_set.names AS sources
FROM asked
JOIN enterprise_text AS enterprise ON enterprise.id = wanted_enterprise
JOIN record AS naming ON naming.id = enterprise.name_from
JOIN source_set ON source_set.id = enterprise.source_set
