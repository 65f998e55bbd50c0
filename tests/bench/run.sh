#!/bin/sh
# run.sh [--rows N] [--large N] [--rounds N] [--folder DIR]: how fast imports are, against `sqlite3 .import` of the same
# file on the same machine. Nothing here is a test: it prints one table.
#
#   --rows N     rows of the exports (500000: 385 MB, the size of the targets)
#   --large N    rows of the registry into which another N rows are imported (default 0: not measured)
#   --rounds N   how often each is measured, in turns (3); medians are shown
#   --folder DIR where the exports and registries are made: 4 times the size of an export (default: a temporary one)
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
rows=500000 large=0 rounds=3 folder=
while [ $# -gt 0 ]; do
    case $1 in
    --rows) rows=$2 ;;
    --large) large=$2 ;;
    --rounds) rounds=$2 ;;
    --folder) folder=$2 ;;
    *) sed -n '2,9s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
    esac
    shift 2
done

cmake -S "$root" --preset release >/dev/null
cmake --build "$root/build" -j2 --target cbec make_exports >/dev/null
cbec=$root/build/cbec
work=$(mktemp -d "${folder:-${TMPDIR:-/var/tmp}}/bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
cc -O2 -o "$work/measure" "$here/measure.c"

# measured NAME COMMAND…
measured() {
    name=$1
    shift
    "$work/measure" "$work/$name.times" "$@" >/dev/null 2>"$work/messages" || {
        echo "$name: $* failed:" >&2
        cat "$work/messages" >&2
        exit 1
    }
}

# column NAME NUMBER: the median of one column of what was measured.
column() {
    cut -d ' ' -f "$2" "$work/$1.times" | sort -n | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'
}

# line NAME ROWS AGAINST TARGET: a line of the table. The ratio is that of the times for a row.
line() {
    awk -v name="$1" -v rows="$2" -v target="$4" -v s="$(column "$1" 1)" -v cpu="$(column "$1" 2)" \
        -v mib="$(column "$1" 3)" -v other="$(column "${3%%:*}" 1)" -v other_rows="${3#*:}" 'BEGIN {
        printf "%-22s %9d rows %8.2f s %8.2f s cpu %9.0f rows/s %5d MiB   %5.2f  %s\n", name, rows, s, cpu, rows / s, mib,
               (s / rows) / (other / other_rows), target }'
}

"$root/build/make_exports" --rows "$rows" "$work" >/dev/null
mv "$work"/*.csv "$work/天眼查20240820.csv"
"$root/build/make_exports" --rows "$rows" --vintage 1 "$work" >/dev/null
mv "$work"/*W*.csv "$work/天眼查20240920.csv"
csv=$work/天眼查20240820.csv

round=0
while [ $round -lt "$rounds" ]; do
    rm -f "$work"/*.db*
    measured sqlite3_import sqlite3 "$work/other.db" '.mode csv' ".import $csv t"
    measured first_load "$cbec" --db "$work/cbec.db" import "$csv"
    size=$(stat -c %s "$work/cbec.db")
    measured same_file_again "$cbec" --db "$work/cbec.db" import "$csv"
    measured hashing sha256sum "$csv"
    measured next_vintage "$cbec" --db "$work/cbec.db" import "$work/天眼查20240920.csv"
    measured undo_of_vintage "$cbec" --db "$work/cbec.db" undo 2
    measured undo_of_first "$cbec" --db "$work/cbec.db" undo 1
    round=$((round + 1))
done

if [ "$large" -gt 0 ]; then
    rm -f "$work"/*.db* "$work/天眼查20240920.csv"
    "$root/build/make_exports" --rows "$large" --first "$rows" - >"$work/天眼查20240819.csv"
    measured large_load "$cbec" --db "$work/cbec.db" import "$work/天眼查20240819.csv"
    large_ratio=$(awk -v a="$(stat -c %s "$work/cbec.db")" -v b="$(stat -c %s "$work/天眼查20240819.csv")" 'BEGIN {print a / b}')
    rm "$work/天眼查20240819.csv"
    measured into_large "$cbec" --db "$work/cbec.db" import "$csv"
fi

echo "what                        rows        time     processor          speed   memory   ratio  target"
line sqlite3_import "$rows" "sqlite3_import:$rows" ''
line first_load "$rows" "sqlite3_import:$rows" '<= 0.5 of sqlite3_import'
line next_vintage "$rows" "first_load:$rows" '<= 0.67 of first_load'
line same_file_again "$rows" "hashing:$rows" 'about 1 of hashing (sha256sum)'
line undo_of_vintage "$rows" "next_vintage:$rows" '<= 1 of next_vintage'
line undo_of_first "$rows" "first_load:$rows" '<= 1 of first_load'
if [ "$large" -gt 0 ]; then
    line large_load "$large" "first_load:$rows" '<= 1.25 of first_load, a row'
    line into_large "$rows" "first_load:$rows" '<= 1.67 of first_load'
fi
awk -v db="$size" -v csv="$(stat -c %s "$csv")" -v large="${large_ratio:-}" 'BEGIN {
    printf "registry / CSV: %.3f (target <= 0.9)", db / csv
    if (large) printf ", large: %.3f", large
    print "" }'
echo "memory: target < 200 MiB; medians of $rounds; $(nproc) processors, load $(cut -d ' ' -f 1 /proc/loadavg)"
