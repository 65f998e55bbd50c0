-- Works out anew which enterprises belong to a definition (?1).
UPDATE enterprise
SET definitions = (definitions & ~(1 << ?1))
                | (belongs(?1, (SELECT name FROM record WHERE record.id = coalesce(name_from, enterprise.id)),
                               (SELECT scope FROM record WHERE record.id = coalesce(scope_from, enterprise.id))) << ?1)
