-- What counts of the enterprises that are asked for.
SELECT founded_on, founded_by, ceased_on, status, enterprise.province, city, industry, type, capital, capital_currency,
       enterprise.source_set, enterprise.definitions
FROM asked
CROSS JOIN enterprise
WHERE coalesce(founded_by, founded_on) <= as_of_day
  AND enterprise.definitions >> asked.definition & 1
  AND (only_province IS NULL
       OR enterprise.province IN (only_province, (SELECT id FROM word WHERE text = only_province)))
  AND (only_source IS NULL
       OR enterprise.source_set IN (SELECT source_set FROM source_set_member WHERE source = only_source))
