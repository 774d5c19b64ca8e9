#!/bin/bash
# Measures how fast logs are parsed, compared with an ordinary short program.
# Usage: tests/bench/parse.sh [MEGABYTES]      of each log; 200 by default
# Builds what users run, with the packages in the section [bench] of tests/packages.txt.
set -eu

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
"$root/tests/build.sh" bench
g++ --version | head -n 1
LC_ALL=C lscpu | sed -n 's/^Model name: */Processor: /p'
echo "Load: $(cut -d' ' -f1 /proc/loadavg) on $(nproc) processors"
"$root/build/bench/tests/bench/parse/bench_parse" "$@"
