#!/bin/sh
# Opens workbooks in LibreOffice without its windows, and compares every cell of their tables with what was put in:
# tests/office/run.sh [PRESET]. Installs the Debian packages that are missing first, which takes a while; so this is not
# among the tests of tests/run.sh.
set -eu
cd "$(dirname "$0")/../.."
preset=${1:-dev}

. samples/packages.sh
# shellcheck disable=SC2086 # a list of packages
need_packages $BUILD_PACKAGES check libreoffice-calc-nogui

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failures=0

fail() {
    echo "FAIL: $*" >&2
    failures=$((failures + 1))
}

if ! { cmake --preset "$preset" && cmake --build --preset "$preset" --target make_workbooks; } \
    >"$folder/build" 2>&1; then
    cat "$folder/build" >&2
    exit 1
fi
"build-$preset/tests/office/make_workbooks" "$folder"

# compare WHAT OPTIONS: exports every sheet of every workbook, cells with a tab between them, and compares with the
# folder WHAT. The options of the CSV filter say whether texts stand in quotes, figures do not, and all is as it is shown.
# A profile of its own keeps settings of the machine and another LibreOffice under way out of it.
compare() {
    HOME=$folder LC_ALL=C.UTF-8 soffice --headless --norestore -env:UserInstallation="file://$folder/profile" \
        --convert-to "csv:Text - txt - csv (StarCalc):9,34,76,1,,0,$2,false,false,-1" \
        --outdir "$folder/got/$1" "$folder"/*.xlsx >"$folder/log" 2>&1 || fail "LibreOffice: exit status $?"
    # It has no exit status for a file that it cannot read. Java, which it does without, is no matter.
    if grep -v javaldx "$folder/log" | grep -iE 'error|warn|repair|corrupt|fail'; then
        fail "LibreOffice complains"
    fi
    for expected in "$folder/$1"/*.csv; do
        diff -u "$expected" "$folder/got/$1/${expected##*/}" >"$folder/difference" 2>&1 && continue
        fail "${expected##*/}, $1 (- expected, + got)"
        cat "$folder/difference" >&2
    done
}

compare values true,true,false
compare shown false,true,true

# Every workbook has the sheets that no table is for: in front the overview, at the end the method.
for sheet in english-Overview english-"Method and provenance" chinese-概览 chinese-方法与出处 bare-Overview \
    bare-"Method and provenance"; do
    [ -s "$folder/got/values/$sheet.csv" ] || fail "no sheet $sheet"
done
grep -qx '"4,715 new registrations in 2024 (to 20 August), .*"	*' "$folder/got/values/english-Overview.csv" ||
    fail "the overview does not have the sentence"
grep -qx '"数据截至"	2024-08-20	*' "$folder/got/values/chinese-概览.csv" || fail "the overview has no as-of date"
grep -qx '"enterprises counted"	"25,308"' "$folder/got/values/english-Method and provenance.csv" ||
    fail "the method does not have the facts"
grep -qx '"Nasty"	"=1+1"' "$folder/got/values/english-Method and provenance.csv" ||
    fail "the method does not have the notes"

[ "$failures" -eq 0 ]
