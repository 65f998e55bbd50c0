#!/bin/sh
# run.sh [--peers] [--rows N] [--large N] [--rounds N] [--folder DIR]: how fast imports and counts are and what they
# take, beside sqlite3 and DuckDB doing the like with the same files on the same machine. Nothing here is a test: it
# prints what was measured, and a table of targets, met or missed.
#
#   --peers      first install those of the two that are missing, DuckDB in build/peers
#   --rows N     rows of the exports (500000: 385 MB, the size of the targets)
#   --large N    rows of the registry into which another N rows are imported, and which the queries are asked of
#                (default 0: not measured, queries are asked of one of --rows; the targets speak of 10000000)
#   --rounds N   how often each import is measured, in turns (3), those into the large registry three times as often;
#                medians are shown
#   --folder DIR where files are made (default: a temporary folder); room for 20 exports of --rows, 3 of --large
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
rows=500000 large=0 rounds=3 folder='' with_peers=''
while [ $# -gt 0 ]; do
    case $1 in
    --peers) with_peers=yes; shift; continue ;;
    --rows) rows=$2 ;;
    --large) large=$2 ;;
    --rounds) rounds=$2 ;;
    --folder) folder=$2 ;;
    *) sed -n '2,13s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
    esac
    shift 2
done

# shellcheck source=tests/bench/table.sh disable=SC1091
. "$here/table.sh"
# shellcheck source=tests/bench/peers.sh disable=SC1091
. "$here/peers.sh"
# shellcheck source=tests/bench/queries.sh disable=SC1091
. "$here/queries.sh"

# export_as NAME OPTION…: an export in $work. The names of files say who made them and the day they speak of.
export_as() {
    file=$work/$1
    shift
    mkdir -p "${file%/*}"
    "$root/build/make_exports" "$@" - >"$file"
}

# loaded NAME DATABASE FILE
loaded() {
    measured "$1" "$cbec" --db "$work/$2" import "$3"
}

# Large files drive small ones out of memory; whoever comes first must not pay for reading them from the disk again.
small_round() {
    cat "$csv" "$next_csv" >/dev/null
    sqlite3_import "$csv"
    rm -f "$work"/small.db*
    loaded first_load small.db "$csv"
    size=$(bytes "$work"/small.db*)
    duckdb_plain "$csv"
    duckdb_keyed "$csv"
    loaded same_file_again small.db "$csv"
    measured hashing "$work/hash" "$csv"
    loaded next_vintage small.db "$next_csv"
    measured undo_of_vintage "$cbec" --db "$work/small.db" undo 2
    measured undo_of_first "$cbec" --db "$work/small.db" undo 1
}

workbook_round() {
    cat "$work/csv"/* "$work/shared"/* "$work/inline"/* >/dev/null
    for kind in csv shared inline; do
        rm -f "$work"/sheet.db*
        loaded "sheet_$kind" sheet.db "$work/$kind"/*
    done
}

# What is compared with a first load of --rows has one of the same file beside it: how fast a machine is may change from
# one minute to the next, and with the memory that is in use. Nothing is removed just before: that would leave memory at
# hand for what comes first.
large_round() {
    rm -f "$work"/large.db*
    loaded large_load large.db "$large_csv"
    large_size=$(bytes "$work"/large.db*)
    for nth in 1 2 3; do
        more=$work/more/$nth/天眼查20240820.csv
        cat "$more" >/dev/null
        loaded first_load_beside "beside_$nth.db" "$more"
        loaded into_large large.db "$more"
    done
    rm -f "$work"/beside_*.db*
    for import in 4 3 2; do
        measured undo_of_into_large "$cbec" --db "$work/large.db" undo $import
    done
}

# The registry that is asked has two sources, with $rows enterprises in both.
make_asked() {
    files="'$csv'"
    if [ "$large" -gt 0 ]; then
        mv "$work/large.db" "$work/asked.db"
        files="'$csv', '$large_csv'"
    fi
    with_duckdb duckdb_asked "$work/asked.duckdb" "CREATE TABLE t AS SELECT * FROM read_csv([$files])"
    rm -f "$large_csv"
    "$cbec" --db "$work/asked.db" import "$csv" >/dev/null
    loaded another_source asked.db "$work/企查查20240820.csv"
}

print_machine() {
    echo "cbec at $(git -C "$root" describe --always --dirty), $("$cbec" --version 2>/dev/null | head -n 1)"
    [ -z "$sqlite3" ] || echo "SQLite $("$sqlite3" --version | cut -d ' ' -f 1) as sqlite3"
    [ -z "$duckdb" ] || echo "DuckDB $("$duckdb") with its defaults"
    echo "$(nproc) processors, load $load before, $(cut -d ' ' -f 1-3 /proc/loadavg) at the end"
    date '+%Y-%m-%d %H:%M %z'
}

list_measured() {
    printf '%-26s %9s %10s %10s %10s %8s\n' "medians of $rounds" rows seconds processor rows/s 'MB peak'
    for name in sqlite3_import duckdb_plain duckdb_keyed first_load next_vintage same_file_again hashing \
        undo_of_vintage undo_of_first; do
        listed $name "$rows"
    done
    for name in sheet_csv sheet_shared sheet_inline; do
        listed $name "$sheet_rows"
    done
    listed large_load "$large"
    listed first_load_beside "$rows"
    listed into_large "$rows"
    listed undo_of_into_large "$rows"
    listed another_source "$rows"
    listed duckdb_asked $((large + rows))
}

list_targets() {
    printf '%-34s %-34s %9s   %-8s\n' target as measured wanted
    target "first load of $rows" 'time / sqlite3 .import' "$(time_ratio first_load sqlite3_import)" '<=' 0.5
    target "first load of $rows" 'time / DuckDB, plain table' "$(time_ratio first_load duckdb_plain)" '<=' 1
    target "first load of $rows" 'time / DuckDB, table with a key' "$(time_ratio first_load duckdb_keyed)" '<=' 0.5
    target "first load of $large" "rows/s / those of $rows" \
        "$(speed_ratio large_load "$large" first_load_beside "$rows")" '>=' 0.8
    target "$rows new into $large" 'rows/s / those of first load' \
        "$(speed_ratio into_large "$rows" first_load_beside "$rows")" '>=' 0.6
    target 'next vintage' 'rows/s / those of first load' \
        "$(speed_ratio next_vintage "$rows" first_load "$rows")" '>=' 1.5
    # A tenth for starting, and for opening the registry.
    target 'same file again' 'time / hashing it' "$(time_ratio same_file_again hashing)" '<=' 1.1
    target 'peak memory of any import' MB "$(most_memory first_load next_vintage large_load into_large another_source \
        sheet_csv sheet_shared sheet_inline)" '<' 200
    target "registry of $rows" 'size / CSV' "$(quotient "$size" "$(bytes "$csv")")" '<=' 0.9
    target "registry of $large" 'size / CSV' "$(quotient "$large_size" "$large_csv_size")" '<=' 0.9
    target ".xlsx of $sheet_rows, shared strings" 'time / same rows as CSV' \
        "$(time_ratio sheet_shared sheet_csv)" '<=' 2
    target ".xlsx of $sheet_rows, strings in cells" 'time / same rows as CSV' \
        "$(time_ratio sheet_inline sheet_csv)" '<=' 2
    query_targets
    target 'undo of next vintage' 'time / its import' "$(time_ratio undo_of_vintage next_vintage)" '<=' 1
    target 'undo of first load' 'time / its import' "$(time_ratio undo_of_first first_load)" '<=' 1
    target "undo of $rows from $large" 'time / its import' "$(time_ratio undo_of_into_large into_large)" '<=' 1
}

load=$(cut -d ' ' -f 1-3 /proc/loadavg)
[ -z "$with_peers" ] || install_peers
cmake -S "$root" --preset release >/dev/null
cmake --build "$root/build" -j2 --target cbec make_exports >/dev/null
cbec=$root/build/cbec
work=$(mktemp -d "${folder:-${TMPDIR:-/var/tmp}}/bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT PIPE TERM
mkdir "$work/times"
cc -O2 -o "$work/measure" "$here/measure.c"
cc -O2 -o "$work/hash" "$here/hash.c" -lnettle
cc -O2 -o "$work/workbook" "$here/workbook.c" -lcsv -lxlsxwriter
find_peers

csv=$work/天眼查20240820.csv next_csv=$work/天眼查20240920.csv large_csv=$work/天眼查20240819.csv
export_as 天眼查20240820.csv --rows "$rows"
export_as 天眼查20240920.csv --rows "$rows" --vintage 1
export_as 企查查20240820.csv --rows "$rows" --source qichacha
sheet_rows=$((rows < 300000 ? rows : 300000))
export_as csv/天眼查20240820.csv --rows $sheet_rows
for kind in shared inline; do
    mkdir "$work/$kind"
    TMPDIR=$work "$work/workbook" $kind "$work/$kind/天眼查20240820.xlsx" <"$work/csv/天眼查20240820.csv"
done
large_size='' large_csv_size=''
if [ "$large" -gt 0 ]; then
    export_as 天眼查20240819.csv --rows "$large" --first "$rows" --as-of 2024-08-19
    for nth in 1 2 3; do
        export_as more/$nth/天眼查20240820.csv --rows "$rows" --first $((large + nth * rows))
    done
    large_csv_size=$(bytes "$large_csv")
fi

round=0
while [ $round -lt "$rounds" ]; do
    round=$((round + 1))
    echo "round $round of $rounds" >&2
    small_round
    workbook_round
    [ "$large" -eq 0 ] || large_round
done
echo queries >&2
make_asked
ask_queries

list_measured
echo
list_queries
echo
list_targets
echo
print_machine
