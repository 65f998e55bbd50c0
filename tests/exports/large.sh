#!/bin/sh
# large.sh CBEC MAKE_LARGE PEAK_MEMORY: a workbook of 300,000 rows streams through in little memory.
set -eu
cbec=$1
make_large=$2
peak_memory=$3
rows=300000
limit=150 # MiB
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

"$make_large" "$folder/20240101.xlsx" $rows
status=0
"$peak_memory" $limit "$cbec" --db "$folder/r.db" import --json "$folder/20240101.xlsx" \
    >"$folder/json" 2>"$folder/messages" || status=$?
tail -n 1 "$folder/messages"
[ $status -eq 0 ] || {
    echo "FAIL: exit status $status, or more than $limit MiB" >&2
    cat "$folder/messages" >&2
    exit 1
}
got=$(sqlite3 :memory: "SELECT file ->> 'rows', file ->> 'new', file ->> 'data_date'
                        FROM (SELECT readfile('$folder/json') -> '$.files[0]' AS file)")
[ "$got" = "$rows|$rows|2024-01-01" ] || {
    echo "FAIL: rows|new|data_date are $got" >&2
    exit 1
}
