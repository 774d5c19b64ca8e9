#!/bin/bash
# Measures what a load costs, compared with the bare writes, a careful program, a script, and one transaction per line.
# Usage: tests/bench/run.sh [--size ITEMS:LINES[:STATIONS]]... [--rounds N] [--work DIR]... (--help names all)
# Builds what users run. Tables and a plot go to build/bench/load, or to the folder that --work names.
set -eu

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
"$root/tests/build.sh" bench
exec python3 "$root/tests/bench/load/measure.py" --build "$root/build/bench" --work "$root/build/bench/load" "$@"
