#!/bin/sh
# Runs cases of the command line: case.sh [--update] PROGRAMS CASE…
#
# PROGRAMS is the folder with cbec and make_exports. A case is a transcript:
#
#     # A comment; empty lines are comments as well.
#     $ a shell command
#     > its further lines, for instance of a here-document
#     | a line of its standard output
#     ! a line of its standard error
#     ? its exit status, if that is not 0
#
# The commands run one after the other in one shell, in an empty folder, with the programs first on PATH. What they
# write is compared to the byte, but that the version of the program is VERSION; a last line without a newline is followed by "\". --update writes what they did into the
# case. Variables for the commands: $data and $samples are the folders tests/cli/data and samples/exports,
# $checks is tests/cli.
# helpers.sh holds functions for them.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
update=
if [ "${1:-}" = --update ]; then
    update=yes
    shift
fi
if [ $# -lt 2 ]; then
    echo "usage: case.sh [--update] PROGRAMS CASE…" >&2
    exit 2
fi
programs=$(cd "$1" && pwd)
shift

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Whatever the caller's environment is, the cases see this one.
unset CBEC_DB NO_COLOR COLUMNS TERM TMPDIR
PATH=$programs:$PATH
LC_ALL=C.UTF-8
TZ=UTC
checks=$here
data=$here/data
samples=$here/../../samples/exports
export PATH LC_ALL TZ checks data samples
version=$(cbec --version | sed 's/^cbec //')
umask 022

# Splits a case into $work/run/N.cmd, one for each command.
split() {
    awk -v run="$work/run" '
        /^\$ / { close(command); command = run "/" ++n ".cmd"; print substr($0, 3) > command; next }
        /^>( |$)/ { print substr($0, 3) > command }
        END { print n + 0 > (run "/count") }' "$1"
}

# The shell that runs the commands. One that ends it leaves no status behind, and is shown so.
run() {
    (
        cd "$work/folder"
        case_run=$work/run
        case_commands=$(cat "$work/run/count")
        case_command=0
        # shellcheck source=tests/cli/helpers.sh disable=SC1091
        . "$here/helpers.sh"
        set +eu
        while [ "$case_command" -lt "$case_commands" ]; do
            case_command=$((case_command + 1))
            # shellcheck source=/dev/null
            . "$case_run/$case_command.cmd" >"$case_run/$case_command.out" 2>"$case_run/$case_command.err"
            echo $? >"$case_run/$case_command.status"
        done
    ) </dev/null >"$work/run/shell" 2>&1 || true
}

# The lines of a file behind a mark.
marked() {
    [ -s "$2" ] || return 0
    sed "s/\(cbec *\|\"version\": \"\)$version/\1VERSION/" "$2" |
        awk -v mark="$1" '{ print (length($0) ? mark " " $0 : mark) }'
    [ -z "$(tail -c 1 "$2")" ] || printf '%s\\\n' "$1"
}

# What a command wrote, as it stands in a case.
outcome() {
    marked '|' "$work/run/$1.out"
    marked '!' "$work/run/$1.err"
    if [ ! -f "$work/run/$1.status" ]; then
        echo "? the case's shell ended here"
    elif [ "$(cat "$work/run/$1.status")" != 0 ]; then
        echo "? $(cat "$work/run/$1.status")"
    fi
}

# The case as it would stand with what its commands really did.
transcript() {
    n=0
    while [ "$n" -lt "$(cat "$work/run/count")" ]; do
        n=$((n + 1))
        outcome "$n" >"$work/run/$n.outcome"
    done
    awk -v run="$work/run" '
        function flush(   line, file) {
            if (pending) {
                file = run "/" pending ".outcome"
                while ((getline line < file) > 0) print line
                close(file)
            }
            pending = 0
        }
        /^[|!?\\]/ { next }
        /^>( |$)/ { print; next }
        { flush(); print }
        /^\$ / { pending = ++n }
        END { flush() }' "$1"
}

failed=0
for case in "$@"; do
    rm -rf "$work/run" "$work/folder"
    mkdir "$work/run" "$work/folder"
    split "$case"
    run
    transcript "$case" >"$work/actual"
    if [ -n "$update" ]; then
        cat "$work/actual" >"$case"
    elif [ "$(cat "$work/run/count")" = 0 ]; then
        echo "$case: holds no command" >&2
        failed=1
    elif ! diff -u --label "expected: $case" --label actual "$case" "$work/actual"; then
        failed=1
    fi
done
exit "$failed"
