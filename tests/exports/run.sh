#!/bin/sh
# run.sh CBEC MAKE_FIXTURES: exports in the layouts of the vendors, imported in their order, give exactly the figures
# that their maker worked out from what it had made.
set -eu
cbec=$1
make_fixtures=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failures=0
tab=$(printf '\t')

fail() {
    echo "FAIL: $*" >&2
    failures=$((failures + 1))
}

# same WHAT EXPECTED GOT: the two files do not differ.
same() {
    diff -u "$2" "$3" >"$folder/difference" && return
    fail "$1 (- expected, + got)"
    cat "$folder/difference" >&2
}

"$make_fixtures" "$folder"
cd "$folder/exports"
export CBEC_DB="$folder/registry.db"

# ---- Every import says what it did.

# One line of figures from the object that import --json printed into FILE.
figures_of() {
    sqlite3 :memory: "
        SELECT file ->> 'path', $2, file ->> 'format', file ->> 'encoding', file ->> 'header_row',
               file ->> 'source', file ->> 'data_date', file ->> 'rows', file ->> 'new',
               file ->> 'updated', file ->> 'unchanged', file ->> 'refused', file ->> 'skipped',
               (SELECT group_concat(' ' || key || ' ' || value, '')
                FROM (SELECT key, value FROM json_each(file -> 'warnings') ORDER BY key))
        FROM (SELECT readfile('$1') -> '$.files[0]' AS file)"
}

while IFS=$tab read -r path arguments; do
    status=0
    # shellcheck disable=SC2086 # a list of words
    "$cbec" import --json $arguments "$path" >"$folder/json" 2>"$folder/messages" || status=$?
    [ "$status" -ne 1 ] || cat "$folder/messages" >&2
    figures_of "$folder/json" "$status"
done <../expected/commands.txt >../imports
same "what the imports say" ../expected/imports.txt ../imports

"$cbec" refused --format json >"$folder/json"
sqlite3 :memory: "SELECT value ->> 'import', value ->> 'line', value ->> 'reason'
                  FROM json_each(readfile('$folder/json'))" >../refused.txt
same "refused rows" ../expected/refused.txt ../refused.txt
"$cbec" check >/dev/null || fail "the registry is not sound"

# ---- Every count.

while IFS=$tab read -r id compare question; do
    expected="../expected/$id"
    # shellcheck disable=SC2086 # a list of words
    case $compare in
    report)
        set -- ${question#report}
        "$cbec" report "$@" >../english && "$cbec" report "$@" --lang zh >../chinese
        head -q -n 1 ../english ../chinese
        ;;
    *) "$cbec" query $question --format csv ;;
    esac >../got 2>&1 || fail "$question: exit status $?"
    case $compare in
    sorted)
        sort "$expected" >../wanted
        sort ../got >../ordered
        ;;
    conflicts)
        sort "$expected" >../wanted
        sed 1d ../got | cut -d, -f1-3 | sort >../ordered
        ;;
    *)
        cp "$expected" ../wanted
        cp ../got ../ordered
        ;;
    esac
    same "$question" ../wanted ../ordered
done <../expected/questions.txt

# ---- The same file again changes nothing and says so.

sqlite3 "$CBEC_DB" .dump >../before
while IFS=$tab read -r path arguments; do
    status=0
    # shellcheck disable=SC2086 # a list of words
    "$cbec" import --json $arguments "$path" >"$folder/json" 2>/dev/null || status=$?
    again=$(sqlite3 :memory: "SELECT readfile('$folder/json') ->> '$.files[0].already_imported'")
    [ "$status/$again" = 0/1 ] ||
        fail "$path again: exit status $status, already_imported $again, expected 0 and 1"
done <../expected/commands.txt
sqlite3 "$CBEC_DB" .dump >../after
cmp -s ../before ../after || fail "importing the same files again changes the registry"

# ---- What cannot be read is refused with the reason, and leaves no trace.

cd ../refused
export CBEC_DB="$folder/refusals.db"
"$cbec" import "$folder/same/plain-20230808.csv" >/dev/null 2>&1 || [ $? -eq 3 ]
sqlite3 "$CBEC_DB" .dump >../before
while IFS=$tab read -r path words; do
    status=0
    "$cbec" import --json "$path" >"$folder/json" 2>"$folder/messages" || status=$?
    [ "$status" -eq 1 ] || fail "$path: exit status $status, expected 1"
    keys=$(sqlite3 :memory: "SELECT group_concat(key) FROM json_each(readfile('$folder/json'), '$.files[0]')")
    [ "$keys" = path,error ] || fail "$path: the object of a failed file has $keys"
    grep -qF "${path##*/}" "$folder/messages" || fail "$path: the message does not name the file"
    echo "$words" | tr '|' '\n' >"$folder/words"
    while read -r word; do
        grep -qF -e "$word" "$folder/messages" ||
            fail "$path: the message does not say '$word': $(cat "$folder/messages")"
    done <"$folder/words"
done <../expected/refusals.txt
sqlite3 "$CBEC_DB" .dump >../after
cmp -s ../before ../after || fail "a refused file changes the registry"

[ "$failures" -eq 0 ]
