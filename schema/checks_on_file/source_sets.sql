-- The sources of a combination against its name.
SELECT 'the sources of ' || names || ' are not on file'
FROM source_set
WHERE names IS NOT (SELECT group_concat(name, '+')
                    FROM (SELECT source.name
                          FROM source_set_member JOIN source ON source.id = source_set_member.source
                          WHERE source_set_member.source_set = source_set.id
                          ORDER BY source.name))
ORDER BY names
LIMIT 20
