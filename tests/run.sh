#!/bin/bash
# Static analysis, then builds offcirc with warnings as errors and runs all tests, then tests/fuzz.sh for some seconds.
# Usage: tests/run.sh [--asan]      --asan: also the unit tests with the address and undefined behaviour sanitizers
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
