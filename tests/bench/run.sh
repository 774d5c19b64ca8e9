#!/bin/bash
# Measures what a load costs, beside the bare writes, a careful program, a script, and one transaction a line.
# Usage: tests/bench/run.sh [--size ITEMS:LINES[:STATIONS]]... [--rounds N] [--work DIR]... (--help names all)
# Builds what users run. Tables and a plot go to build/bench/load, or where --work says.
set -eu

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
"$root/tests/build.sh" bench
exec python3 "$root/tests/bench/load/measure.py" --build "$root/build/bench" --work "$root/build/bench/load" "$@"
