#!/bin/sh
# Builds the program, makes two sample exports, imports them into a new registry, prints the report.
# Leaves build/cbec, build/samples/ and build/demo.db.
set -eu
cd "$(dirname "$0")/.."
. samples/packages.sh

# Shows what a step said only if it failed.
quietly() {
    if ! "$@" >build/demo.log 2>&1; then
        cat build/demo.log >&2
        echo "demo.sh: failed: $*" >&2
        exit 1
    fi
}

# shellcheck disable=SC2086 # a list of words
need_packages $BUILD_PACKAGES
mkdir -p build
quietly cmake --preset release
quietly cmake --build --preset release --parallel "$(nproc)"

rm -rf build/samples build/demo.db build/demo.db-wal build/demo.db-shm build/demo.db-journal
quietly build/make_exports build/samples
quietly build/cbec --db build/demo.db import build/samples/*.csv
build/cbec --db build/demo.db report
