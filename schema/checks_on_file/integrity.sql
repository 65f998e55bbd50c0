-- The database itself: "ok" if it is sound.
PRAGMA integrity_check
