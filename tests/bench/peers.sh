# shellcheck shell=sh disable=SC2154 # root, here and work are set by run.sh
# The programs that cbec is measured beside. Sourced by run.sh. One that is not there is left out.
peers=$root/build/peers

install_peers() {
    # shellcheck source=samples/packages.sh disable=SC1091
    . "$root/samples/packages.sh"
    command -v sqlite3 >/dev/null || need_packages sqlite3 || :
    [ -n "$(duckdb_library)" ] || npm install --prefix "$peers" --no-audit --no-fund @duckdb/node-api >&2 || :
}

# The package is for another language, but the library in it is the whole of DuckDB.
duckdb_library() {
    find "$peers" -name libduckdb.so 2>/dev/null | head -n 1
}

# find_peers: sets sqlite3 and duckdb to the programs, or to nothing.
find_peers() {
    sqlite3=$(command -v sqlite3) || echo "sqlite3 is not there and left out: --peers installs it"
    duckdb=$work/duckdb
    library=$(duckdb_library)
    if [ -z "$library" ] || ! cc -O2 -o "$duckdb" "$here/duckdb.c" "$library" "-Wl,-rpath,${library%/*}"; then
        echo "DuckDB is not there and left out: --peers installs it"
        duckdb=
    fi
}

# with_duckdb NAME DATABASE SQL…: what fails once is not tried again; the others go on without it.
with_duckdb() {
    [ -n "$duckdb" ] || return 0
    name=$1
    shift
    measured "$name" "$duckdb" "$@" || {
        duckdb=
        rm -f "$work/times/$name"
    }
}

# Each makes its table anew in place of its own of the round before, as cbec does: what removing a file sets free,
# whoever comes next has at hand.
sqlite3_import() {
    [ -n "$sqlite3" ] || return 0
    rm -f "$work/sqlite3.db"
    measured sqlite3_import "$sqlite3" "$work/sqlite3.db" '.mode csv' ".import $1 t"
}

duckdb_plain() {
    rm -f "$work/plain.duckdb"
    with_duckdb duckdb_plain "$work/plain.duckdb" "CREATE TABLE t AS SELECT * FROM read_csv('$1')"
}

# The key is that by which cbec knows an enterprise again, in the simplest words.
duckdb_keyed() {
    rows_of_file="SELECT coalesce(nullif(nullif(统一社会信用代码, ''), '-'), 公司名称) AS key, * FROM read_csv('$1')"
    rm -f "$work/keyed.duckdb"
    with_duckdb duckdb_keyed "$work/keyed.duckdb" "CREATE TABLE t AS $rows_of_file LIMIT 0" \
        "ALTER TABLE t ADD PRIMARY KEY (key)" "INSERT INTO t $rows_of_file ON CONFLICT DO NOTHING"
}
