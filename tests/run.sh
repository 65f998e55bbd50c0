#!/bin/sh
# Builds and runs every test: tests/run.sh [PRESET]. The preset is dev, or asan for the sanitizers.
# Installs the Debian packages that are missing first.
set -eu
cd "$(dirname "$0")/.."
preset=${1:-dev}

. samples/packages.sh
# shellcheck disable=SC2086 # a list of packages
need_packages $BUILD_PACKAGES check sqlite3 zip

cmake --preset "$preset"
cmake --build --preset "$preset" -j "$(nproc)"
ctest --preset "$preset"
