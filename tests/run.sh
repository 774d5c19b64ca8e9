#!/bin/bash
# Runs the static analysis, builds offcirc with warnings as errors, runs all tests, and runs tests/fuzz.sh briefly.
# Usage: tests/run.sh [--asan]      --asan: also runs the unit tests with address and undefined behavior sanitizers
set -eu

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

presets=(dev)
case ${1:-} in
  '') ;;
  --asan) presets+=(asan) ;;
  *)
    echo "Usage: tests/run.sh [--asan]" >&2
    exit 2
    ;;
esac

tests/build.sh lint
for preset in "${presets[@]}"; do
  tests/build.sh "$preset"
  ctest --preset "$preset" --output-on-failure --parallel "$(nproc)"
done
tests/fuzz.sh
