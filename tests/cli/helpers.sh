# shellcheck shell=sh
# Functions for the cases; case.sh reads this file into the shell that runs them.

# A registry small enough to be counted by hand: 13 enterprises by 20 August 2024, one more after it, of two sources;
# 4 refused rows. It is cbec.db, or what $1 names.
# shellcheck disable=SC2154 # data: set by case.sh
small_registry() {
    cp "$data/small.csv" "$data/older.csv" .
    cbec --db "${1:-cbec.db}" import --source 天眼查 --data-date 2024-08-20 small.csv >/dev/null
    cbec --db "${1:-cbec.db}" import --source 企查查 --data-date 2024-05-10 older.csv >/dev/null
    rm small.csv older.csv
}

# The two sample exports, in the folder sample, and the registry that holds them, cbec.db.
sample_registry() {
    make_exports sample >/dev/null
    cbec import sample/* >/dev/null
}

# Whether a file holds valid JSON, by another program than the one under test.
is_json() {
    [ "$(sqlite3 :memory: "SELECT json_valid(readfile('$1'))")" = 1 ]
}

# Waits until a command succeeds, at most a minute.
wait_until() {
    tries=0
    until "$@" >/dev/null 2>&1; do
        tries=$((tries + 1))
        [ "$tries" -lt 600 ] || return 1
        sleep 0.1
    done
}

# Whether some process is writing to the registry $1, which must exist.
is_locked() {
    [ -s "$1" ] && ! sqlite3 "$1" 'BEGIN IMMEDIATE; ROLLBACK' 2>/dev/null
}

# Holds the registry $1 until the file release appears; returns once it does. $lock is the process.
hold_registry() {
    # is_locked may have it for a moment.
    { echo '.timeout 60000' && echo 'BEGIN IMMEDIATE;' && until [ -e release ]; do sleep 0.1; done && echo 'COMMIT;'; } | sqlite3 "$1" &
    # shellcheck disable=SC2034 # for the caller
    lock=$!
    wait_until is_locked "$1"
}

# Whether the file $2 is longer than $1 bytes.
is_longer_than() {
    [ "$(stat -c %s "$2" 2>/dev/null || echo 0)" -gt "$1" ]
}
