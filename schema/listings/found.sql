-- Enterprises that a text names: by credit code, by registration number, by name, or by a part of the name
--
-- The first of these ways that finds any decides.
WITH
by_code (id, way) AS (
    SELECT enterprise.id, 1 FROM enterprise_text AS enterprise, asked WHERE credit_code = code_key(wanted)
),
by_record (id, way) AS (
    SELECT DISTINCT record.enterprise,
           CASE WHEN registration_no = code_key(wanted) THEN 2
                WHEN name_key(record.name) = name_key(wanted) THEN 3
                ELSE 4 END
    FROM asked JOIN record_text AS record
      ON registration_no = code_key(wanted) OR instr(name_key(record.name), name_key(wanted)) > 0
    WHERE NOT EXISTS (SELECT 1 FROM by_code)
),
found AS (
    SELECT DISTINCT id
    FROM (SELECT *, min(way) OVER () AS best FROM (SELECT * FROM by_code UNION ALL SELECT * FROM by_record))
    WHERE way = best
)
SELECT found.id AS enterprise
FROM found
JOIN enterprise ON enterprise.id = found.id
JOIN record AS naming ON naming.id = coalesce(enterprise.name_from, enterprise.id)
ORDER BY plain_name(naming.name), found.id
