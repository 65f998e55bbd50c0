# shellcheck shell=sh disable=SC2154 # work and cbec are set by run.sh
# How long the canned queries take, each as a whole process on the registry $work/asked.db, beside two of them asked of
# DuckDB's table of the same rows, $work/asked.duckdb. Sourced by run.sh.

# asked NAME COMMAND…: a query that has taken 10 seconds in all is not asked again.
asked() {
    [ ! -s "$work/times/$1" ] || awk '{s += $1} END {exit s > 10}' "$work/times/$1" || return 0
    measured "$@"
}

# ask_queries: five times each, in turns.
ask_queries() {
    queries=$("$cbec" --db "$work/asked.db" query --list | cut -d ' ' -f 1)
    for _ in 1 2 3 4 5; do
        for query in $queries; do
            ask="$cbec --db $work/asked.db query $query"
            # shellcheck disable=SC2086 # a command
            {
                asked "$query" $ask
                asked "$query.province" $ask --province 浙江
                asked "$query.definition" $ask --definition narrow
                asked "$query.source" $ask --source tianyancha
            }
        done
        ask_duckdb
    done
}

# They answer less than the canned queries do: no comparison with the year before, no word on what the figures rest on.
ask_duckdb() {
    with_duckdb duckdb_opening "$work/asked.duckdb" "SELECT 1"
    with_duckdb duckdb_new_by_year "$work/asked.duckdb" "COPY (SELECT year(成立日期) AS year, count(*)
        FROM t GROUP BY year ORDER BY year) TO '/dev/stdout'"
    with_duckdb duckdb_new_by_province "$work/asked.duckdb" "COPY (SELECT 所属省份, count(*) AS enterprises
        FROM t WHERE year(成立日期) = 2024 GROUP BY 所属省份 ORDER BY enterprises DESC) TO '/dev/stdout'"
}

milliseconds() {
    median "$1" 1 | awk '{printf "%.1f", $1 * 1000}'
}

list_queries() {
    printf '%-26s %10s %10s %12s %10s\n' 'milliseconds of' plain --province --definition --source
    for query in $queries; do
        printf '%-26s %10s %10s %12s %10s\n' "$query" "$(milliseconds "$query")" "$(milliseconds "$query.province")" \
            "$(milliseconds "$query.definition")" "$(milliseconds "$query.source")"
    done
    for query in duckdb_opening duckdb_new_by_year duckdb_new_by_province; do
        [ ! -s "$work/times/$query" ] || printf '%-26s %10s\n' "$query" "$(milliseconds "$query")"
    done
}

# slowest_target SUFFIX OPTION LIMIT: the line of the slowest query.
slowest_target() {
    slowest=$(for query in $queries; do
        echo "$(milliseconds "$query$1") $query"
    done | sort -n | tail -n 1)
    target "slowest count${2:+, $2}" "ms, ${slowest#* }" "${slowest%% *}" '<=' "$3"
}

query_targets() {
    slowest_target '' '' 20
    slowest_target .province --province 200
    slowest_target .definition --definition 200
    slowest_target .source --source 200
    for query in new_by_year new_by_province; do
        target $query 'time / DuckDB' "$(time_ratio $query duckdb_$query)" '<' 1
    done
}
