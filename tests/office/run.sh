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

if ! { cmake --preset "$preset" && cmake --build --preset "$preset" --target make_workbooks cbec make_exports; } \
    >"$folder/build" 2>&1; then
    cat "$folder/build" >&2
    exit 1
fi
"build-$preset/tests/office/make_workbooks" "$folder"

# One as the program writes it.
"build-$preset/make_exports" "$folder/exports" >/dev/null
"build-$preset/cbec" --db "$folder/sample.db" import "$folder"/exports/* >/dev/null
"build-$preset/cbec" --db "$folder/sample.db" report --compare-with 1 --xlsx "$folder/sample.xlsx" >/dev/null
mkdir "$folder/queries"
"build-$preset/cbec" --db "$folder/sample.db" export "$folder/queries"

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

# What the program wrote into its workbook is what its queries say: the rows behind the header, cell by cell.
for query in new_by_year new_by_province stock_by_status by_source; do
    case $query in
    new_by_year) sheet='New registrations by year' ;;
    new_by_province) sheet='New registrations of the year' ;;
    stock_by_status) sheet='Enterprises on file by status' ;;
    by_source) sheet='Enterprises by the combination' ;;
    esac
    sed '1d; s/\.0\(,\|$\)/\1/g' "$folder/queries/$query.csv" >"$folder/asked"
    awk -F'\t' -v columns="$(sed -n '1s/[^,]//gp' "$folder/queries/$query.csv")" '
        NR > 1 && $1 != "" { for (i = 1; i <= length(columns) + 1; i++) printf "%s%s", $i, i <= length(columns) ? "," : "\n" }
    ' "$folder/got/values/sample-$sheet"*.csv | tr -d '"' | sed 's/ + /+/g' | tr ' ' _ >"$folder/seen"
    diff -u "$folder/asked" "$folder/seen" >&2 || fail "the workbook differs from cbec query $query"
done

[ "$failures" -eq 0 ]
