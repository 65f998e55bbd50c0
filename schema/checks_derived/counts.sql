-- The counts kept with each import against its rows.
SELECT 'import ' || import.id || ' has counts that do not agree with its rows'
FROM import
WHERE new + updated <> (SELECT count(*) FROM record WHERE id BETWEEN import.id << 32 AND (import.id + 1 << 32) - 1)
   OR new <> (SELECT count(*) FROM record WHERE id BETWEEN import.id << 32 AND (import.id + 1 << 32) - 1 AND opened)
   OR unchanged <> (SELECT coalesce(sum(rows), 0) FROM sighting
                    WHERE id BETWEEN import.id << 32 AND (import.id + 1 << 32) - 1)
   OR refused <> (SELECT count(*) FROM refused_row WHERE refused_row.import = import.id)
   OR EXISTS (SELECT reason, rows FROM refused_count WHERE import = import.id
              EXCEPT
              SELECT reason, count(*) FROM refused_row WHERE import = import.id GROUP BY reason)
   OR refused <> (SELECT coalesce(sum(rows), 0) FROM refused_count WHERE refused_count.import = import.id)
ORDER BY import.id
