#!/bin/sh
# run.sh [FOLDER]: looks at pages with a real browser. Nothing may be wrong with their markup; no message may appear in
# the browser's console and no request leave it; every width must hold what is in it (inspect.js). Leaves the pages,
# photographs of them and prints in FOLDER (build-dev/browser), to be looked at.
set -eu
cd "$(dirname "$0")/../.."
. samples/packages.sh
# shellcheck disable=SC2086 # a list of words
need_packages $BUILD_PACKAGES check chromium fonts-dejavu-core fonts-wqy-zenhei tidy libxml2-utils poppler-utils

cmake --preset dev >/dev/null
cmake --build --preset dev -j "$(nproc)" --target make_pages cbec make_exports >/dev/null
mkdir -p "${1:-build-dev/browser}"
out=$(cd "${1:-build-dev/browser}" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM
failures=0
rm -f "$out"/*.html "$out"/*.png "$out"/*.pdf
build-dev/tests/browser/make_pages "$out"
build-dev/make_exports "$folder/exports" >/dev/null
build-dev/cbec --db "$folder/sample.db" import "$folder"/exports/* samples/exports/* >/dev/null || [ $? -eq 3 ]
for language in en zh; do
    build-dev/cbec --db "$folder/sample.db" report --compare-with 1 --lang $language \
        --html "$out/sample-$language.html" >/dev/null
done
cp tests/browser/inspect.html tests/browser/inspect.js tests/browser/wrong.html "$folder"
cp "$out"/*.html "$folder"

fail() {
    echo "FAIL: $*" >&2
    failures=$((failures + 1))
}

# browser OPTION... ADDRESS: runs the browser once, with what it says of itself and of pages in $folder/log, and its
# traffic in $folder/traffic. Whatever it would ask of its maker has nowhere to go.
browser() {
    sandbox=
    [ "$(id -u)" -ne 0 ] || sandbox=--no-sandbox
    HOME=$folder timeout 60 chromium --headless $sandbox --disable-gpu --no-first-run --hide-scrollbars \
        --user-data-dir="$folder/profile" --allow-file-access-from-files --disable-background-networking \
        --disable-component-update --disable-sync --host-resolver-rules='MAP * ~NOTFOUND' \
        --enable-logging=stderr --log-net-log="$folder/traffic" --virtual-time-budget=10000 "$@" \
        2>"$folder/log" || fail "the browser: exit status $?: $*"
}

# What pages said in the browser's console, and what they asked of the network, since the browser itself does so, too.
said() {
    grep -o 'CONSOLE:.*' "$folder/log" || true
    grep -o '"initiator":"[^"]*"' "$folder/traffic" | grep -v '"not an origin"' | sort -u || true
}

silent() {
    said >"$folder/said"
    [ ! -s "$folder/said" ] || fail "$1: $(cat "$folder/said")"
}

# inspect WIDTH SCHEME PAGE...: what inspect.js reports; the scheme is 0 for dark, 1 for light.
inspect() {
    address="file://$folder/inspect.html?width=$1"
    scheme=$2
    shift 2
    for page; do
        address="$address&page=$page"
    done
    browser --blink-settings=preferredColorScheme="$scheme" --dump-dom "$address" |
        sed -n 's/^.*\(WRONG\|LOOKED AT\)/\1/p'
}

# ---- A page with everything wrong: it must be seen.

inspect 390 1 wrong.html >"$folder/report"
said >>"$folder/report"
while read -r words; do
    grep -q "$words" "$folder/report" || fail "not seen in wrong.html: $words"
done <<'END'
there is a script
asks for http://127.0.0.1:9/leak
points to http://127.0.0.1:9/leak
has onclick
two elements have the id twice
refers to nowhere
is 900 px wide
reaches from 0 to 900
overlap
leaves its chart
has a contrast of 1.6
CONSOLE.*said
initiator.*file
END
! tidy -quiet -errors -utf8 "$folder/wrong.html" 2>/dev/null || fail "tidy finds nothing in wrong.html"

# ---- The markup

pages=$(cd "$out" && echo *.html)
for page in $pages; do
    tidy -quiet -errors -utf8 "$out/$page" >"$folder/report" 2>&1 || true
    [ ! -s "$folder/report" ] || fail "tidy, $page: $(cat "$folder/report")"
    # It knows nothing of what is inside an <svg>.
    awk 'BEGIN { print "<charts>" }
         { while ((at = match($0, /<svg|<\/svg>/))) {
               if (inside) { print substr($0, 1, at - 1) }
               inside = substr($0, at, 4) == "<svg"
               print inside ? "<svg" : "</svg>"
               $0 = substr($0, at + RLENGTH)
           }
           if (inside) print }
         END { print "</charts>" }' "$out/$page" >"$folder/charts.xml"
    xmllint --noout "$folder/charts.xml" || fail "$page: a chart is not well-formed"
done

# ---- The pages as the browser lays them out, and photographs

# photograph PAGE WIDTH SCHEME HEIGHT: with room around it, since a window is at least 500 px wide.
photograph() {
    light=dark
    [ "$3" -eq 0 ] || light=light
    browser --blink-settings=preferredColorScheme="$3" --window-size="$(($2 < 500 ? 500 : $2)),$4" \
        --screenshot="$out/${1%.html}-$2-$light.png" "file://$folder/inspect.html?width=$2&page=$1"
    silent "$1"
}

for width in 320 390 768 1280; do
    for scheme in 0 1; do
        case $width-$scheme in
        320-0 | 768-0) continue ;; # nothing but the colours is another
        esac
        # shellcheck disable=SC2086 # a list of words
        inspect "$width" "$scheme" $pages >"$folder/report"
        silent "pages at $width px"
        ! grep WRONG "$folder/report" >&2 || fail "pages at $width px"
        for page in $pages; do
            height=$(sed -n "s/^LOOKED AT $page: height \([0-9]*\).*/\1/p" "$folder/report")
            [ -n "$height" ] || fail "$page at $width px was not looked at"
            case $width-$scheme-$page in
            390-*-report* | 1280-*-report* | *-1-sample* | 390-0-nasty* | 1280-1-nasty*)
                photograph "$page" "$width" "$scheme" "${height:-800}"
                ;;
            esac
        done
    done
done

# ---- On paper

for page in $pages; do
    pdf="$out/${page%.html}.pdf"
    browser --no-pdf-header-footer --print-to-pdf="$pdf" "file://$out/$page"
    silent "$page on paper"
    pdftotext -bbox "$pdf" "$folder/words.html"
    awk -v page="$page" -F'"' '
        /<page / { width = $2; height = $4 }
        /<word / { words++; if ($2 < 0 || $4 < 0 || $6 > width || $8 > height) { print page ": cut: " $0; wrong = 1 } }
        END { exit wrong || !words }' "$folder/words.html" >&2 || fail "$page on paper"
done
pdftotext "$out/report-en.pdf" "$folder/text"
for word in 青海省 158.3 27.4 'founding date' 'cbec [0-9]'; do
    grep -q "$word" "$folder/text" || fail "report-en.html on paper has no '$word'"
done

[ "$failures" -eq 0 ] || exit 1
echo "pages: nothing wrong; to be looked at: $out"
