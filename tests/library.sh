#!/bin/sh
# The library offers what its header declares, and nothing else: library.sh HEADER SHARED_LIBRARY CC
set -eu
header=$1 library=$2 cc=$3

# The header stands alone, in C and, where there is a compiler for it, in C++.
"$cc" -std=c11 -Wall -Wextra -Wpedantic -Werror -fsyntax-only -x c "$header"
if command -v c++ >/dev/null; then
    c++ -std=c++11 -Wall -Wextra -Wpedantic -Werror -fsyntax-only -x c++ "$header"
fi

declared=$(grep -v '^ \*' "$header" | tr '\n' ' ' | grep -o 'CBEC_API [^;]*;' | grep -o 'cbec_[a-z_]*(' | tr -d '(' | sort -u)
exported=$(nm -D --defined-only "$library" | awk '{print $3}' | sort -u)
if [ "$declared" != "$exported" ]; then
    echo "declared in the header:" "$declared"
    echo "exported by the library:" "$exported"
    exit 1
fi
