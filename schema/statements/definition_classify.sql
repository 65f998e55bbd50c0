-- Works out anew which enterprises belong to a definition (?1).
UPDATE enterprise
SET definitions = (definitions & ~(1 << ?1))
                | (belongs(?1, (SELECT name FROM record WHERE id = name_from),
                               (SELECT scope FROM record WHERE id = scope_from)) << ?1)
