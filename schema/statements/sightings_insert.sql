-- Eight at a time. FAIL: with ABORT, SQLite would copy every page first, to take back some of the rows if one fails; the
-- whole import is taken back then.
INSERT OR FAIL INTO sighting (id, record)
VALUES (?1, ?2), (?3, ?4), (?5, ?6), (?7, ?8), (?9, ?10), (?11, ?12), (?13, ?14), (?15, ?16)
