#!/bin/sh
# Tests case.sh: a case passes if and only if what it expects is what happens.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# expect passes|fails TEXT: what becomes of a case with this text.
expect() {
    printf '%s\n' "$2" >"$work/a.case"
    if sh "$here/case.sh" "$work" "$work/a.case" >"$work/output" 2>&1; then outcome=passes; else outcome=fails; fi
    if [ "$outcome" != "$1" ]; then
        printf 'this case %s:\n%s\n' "$outcome" "$2" >&2
        exit 1
    fi
}

nl='
'
expect passes "\$ echo a${nl}| a"
expect passes "# comment${nl}${nl}\$ echo a${nl}| a${nl}${nl}\$ echo b >&2; false${nl}! b${nl}? 1"
expect passes "\$ cat <<'END'${nl}> two${nl}>${nl}> lines${nl}> END${nl}| two${nl}|${nl}| lines"
expect passes "\$ printf a${nl}| a${nl}|\\"
expect passes "\$ x=1; cd /${nl}\$ echo \$x; pwd${nl}| 1${nl}| /"
expect fails "\$ echo a"
expect fails "\$ echo a${nl}| b"
expect fails "\$ echo a${nl}| a${nl}| a"
expect fails "\$ echo a${nl}! a"
expect fails "\$ echo a${nl}| a "
expect fails "\$ printf a${nl}| a"
expect fails "\$ echo a >&2"
expect fails "\$ false"
expect fails "\$ true${nl}? 1"
expect fails "\$ exit 0"
expect fails "\$ if"
expect fails "# no command at all"

# --update leaves a case that passes, and keeps its comments.
printf '# comment\n$ echo a; false\n| b\n\n$ echo c\n' >"$work/a.case"
sh "$here/case.sh" --update "$work" "$work/a.case"
printf '# comment\n$ echo a; false\n| a\n? 1\n\n$ echo c\n| c\n' | cmp - "$work/a.case"
