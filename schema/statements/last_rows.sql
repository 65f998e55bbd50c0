-- Looks at the end of each table and index to which an import adds a row now and then. ?1 is a place of the import.
SELECT (SELECT max(line) FROM refused_row WHERE import = ?1 >> 32),
       (SELECT max(enterprise) FROM record INDEXED BY record_by_enterprise WHERE enterprise <> id),
       (SELECT max(id) FROM source_set),
       (SELECT max(names) FROM source_set),
       (SELECT max(source_set) FROM source_set_member)
