#!/bin/bash
# Builds offcirc with warnings as errors and runs all tests, then tests/fuzz.sh for some seconds.
# Usage: tests/run.sh [--asan]      --asan: once more with the address and undefined behaviour sanitizers (slow)
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

for preset in "${presets[@]}"; do
  tests/build.sh "$preset"
  ctest --preset "$preset" --output-on-failure --parallel "$(nproc)"
done
tests/fuzz.sh
