# shellcheck shell=sh disable=SC2154 # work is set by run.sh
# Measuring, and what is printed of it. Sourced by run.sh. Each thing measured has a name, and a file of that name in
# $work/times with a line for each time it was done. What was not measured is left out of every table.

# measured NAME COMMAND…: false where the command failed. What the one before left to be written to disk is written
# first: it shall not be charged to this one.
measured() {
    name=$1
    shift
    sync
    "$work/measure" "$work/times/$name" "$@" >/dev/null 2>"$work/messages" || {
        echo "$name: $* failed:" >&2
        cat "$work/messages" >&2
        return 1
    }
}

# median NAME COLUMN: of seconds (1), seconds of processor time (2) or MB of memory (3); nothing if it was not measured.
median() {
    [ -s "$work/times/$1" ] || return 0
    cut -d ' ' -f "$2" "$work/times/$1" | sort -n |
        awk '{v[NR] = $1} END {print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2}'
}

# listed NAME ROWS: a line of the list of what was measured.
listed() {
    [ -s "$work/times/$1" ] || return 0
    awk -v name="$1" -v rows="$2" -v s="$(median "$1" 1)" -v cpu="$(median "$1" 2)" -v mb="$(median "$1" 3)" 'BEGIN {
        printf "%-26s %9d %10.2f %10.2f %10.0f %8.0f\n", name, rows, s, cpu, rows / s, mb }'
}

# target WHAT OF VALUE RELATION LIMIT: a line of the table of targets.
target() {
    [ -n "$3" ] || return 0
    awk -v what="$1" -v of="$2" -v value="$3" -v relation="$4" -v limit="$5" 'BEGIN {
        value += 0
        limit += 0
        met = relation == "<" ? value < limit : relation == "<=" ? value <= limit : value >= limit
        printf "%-34s %-34s %9.3f   %-2s %5s   %s\n", what, of, value, relation, limit, met ? "met" : "MISSED" }'
}

# quotient A B: nothing unless both are there.
quotient() {
    [ -z "$1" ] || [ -z "$2" ] || awk -v a="$1" -v b="$2" 'BEGIN {print a / b}'
}

# time_ratio NAME OTHER: the time the one takes, as a multiple of the other's.
time_ratio() {
    quotient "$(median "$1" 1)" "$(median "$2" 1)"
}

# speed_ratio NAME ROWS OTHER ROWS: the rows of the one in a second, as a multiple of the other's.
speed_ratio() {
    quotient "$(quotient "$2" "$(median "$1" 1)")" "$(quotient "$4" "$(median "$3" 1)")"
}

# bytes FILE…: of all of them together.
bytes() {
    stat -c %s "$@" | awk '{sum += $1} END {print sum}'
}

# most_memory NAME…: the MB of the one that ever took most.
most_memory() {
    for name; do
        [ ! -s "$work/times/$name" ] || cut -d ' ' -f 3 "$work/times/$name"
    done | sort -n | tail -n 1
}
