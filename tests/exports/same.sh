#!/bin/sh
# same.sh CBEC MAKE_FIXTURES: one list gives the same registry whatever it is written in: every encoding, delimiter, way
# to write dates and date system, as text, .xlsx and .xls, and each of them in a zip.
set -eu
cbec=$1
make_fixtures=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failures=0

"$make_fixtures" "$folder"
cd "$folder/same"

# All that is known of the enterprises, what was refused and where it stood. A row stands on the same line in all of them.
contents_of() {
    sqlite3 "$1" ".dump record" ".dump enterprise" "SELECT line, reason FROM refused_row"
}

set -- *
[ $# -eq 26 ] || {
    echo "FAIL: $# files in place of 26" >&2
    exit 1
}
"$cbec" --db ../wanted.db import plain-20230808.csv >/dev/null 2>&1 || [ $? -eq 3 ]
contents_of ../wanted.db >../wanted
[ "$(grep -c 'INSERT INTO enterprise' ../wanted)" -gt 40 ]
for file; do
    rm -f ../got.db
    status=0
    "$cbec" --db ../got.db import "$file" >/dev/null 2>../messages || status=$?
    [ "$status" -eq 3 ] && contents_of ../got.db >../got && diff -u ../wanted ../got >../difference &&
        continue
    echo "FAIL: $file: exit status $status, differs from the same list as CSV" >&2
    cat ../messages >&2
    head -n 20 ../difference >&2
    failures=$((failures + 1))
done
[ "$failures" -eq 0 ]
