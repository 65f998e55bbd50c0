-- What was known of the affected enterprises, in temporary tables that stand before those of the same name.
INSERT INTO temp.source_set SELECT * FROM main.source_set;
INSERT INTO temp.source_set_member SELECT * FROM main.source_set_member;

-- Counts are those of today; of them the affected enterprises are taken away, and come back as they were.
INSERT INTO temp.segment SELECT * FROM main.segment;
INSERT INTO temp.tally SELECT * FROM main.tally;

INSERT INTO temp.record (id, source, joined, opened, status_group, code_class,
                         name, credit_code, registration_no, organisation_code, founded_on, status, ceased_on,
                         capital, type, industry, province, city, district, address, scope, former_names)
SELECT id, source, joined, opened, status_group, code_class,
       name, credit_code, registration_no, organisation_code, founded_on, status, ceased_on,
       capital, type, industry, province, city, district, address, scope, former_names
FROM main.record
WHERE id IN (SELECT enterprise FROM affected
             UNION ALL
             SELECT record.id
             FROM affected
             JOIN main.record INDEXED BY record_by_enterprise
               ON record.enterprise = affected.enterprise AND record.enterprise <> record.id);

-- Sightings that are of theirs, also among others, one by one.
INSERT INTO temp.split (id)
SELECT DISTINCT sighting.id
FROM temp.record JOIN main.sighting ON sighting.record BETWEEN record.id - 31 AND record.id AND sighting.record + sighting.rows > record.id;

INSERT INTO temp.sighting (id, record, rows)
SELECT place, record, 1
FROM split JOIN main.sighting_row ON sighting_row.sighting = split.id
WHERE place >> 32 NOT IN (SELECT id FROM unknown_import);

-- A record that was said first by an import not known was said first, then, by the first known row that repeats it.
INSERT INTO temp.moved (old, new)
SELECT record.id, min(sighting.id)
FROM temp.record JOIN temp.sighting ON sighting.record = record.id
WHERE record.id >> 32 IN (SELECT id FROM unknown_import)
GROUP BY record.id;

DELETE FROM temp.sighting WHERE id IN (SELECT new FROM moved);
UPDATE temp.sighting SET record = (SELECT new FROM moved WHERE old = record) WHERE record IN (SELECT old FROM moved);
UPDATE temp.record SET id = (SELECT new FROM moved WHERE old = record.id) WHERE id IN (SELECT old FROM moved);
DELETE FROM temp.record WHERE id >> 32 IN (SELECT id FROM unknown_import);
