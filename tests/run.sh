#!/bin/bash
# Runs the static analysis; builds offcirc with warnings as errors and runs all tests; builds it with clang and the address
# and undefined behavior sanitizers, runs the unit tests and golden cases again, and runs tests/fuzz.sh briefly.
set -eu

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

tests/build.sh lint
tests/build.sh dev
ctest --preset dev --output-on-failure --parallel "$(nproc)"
tests/build.sh fuzz
ctest --preset fuzz --output-on-failure --parallel "$(nproc)"
tests/fuzz.sh
