#!/bin/bash
# Builds offcirc, loads the logs of samples/outage, an afternoon without the server at three libraries, and writes what was
# loaded as a file for Symphony.
# The circulation database and the report stay in build/demo for inspection; the next run replaces them.
set -eu

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
"$root/tests/build.sh" release
offcirc=$root/build/release/cli/offcirc

demo=$root/build/demo
rm -rf "$demo"
mkdir -p "$demo"
cd "$root/samples/outage"
cp -R data logs offcirc.toml circmap.csv "$demo"
cd "$demo"

step() {
  printf '\n$ offcirc'
  printf ' %s' "$@"
  printf '\n'
  "$offcirc" "$@"
}

step init
step import data
status=0
step load logs --now 2026-06-12T20:00:00-05:00 --report reports || status=$?

# The sample contains transactions that must be rejected, so the load is expected to exit with status 1.
if [ "$status" -ne 1 ]; then
  printf '\ndemo.sh: the load ended with status %s; 1 was expected, since the sample has rejected transactions.\n' "$status" >&2
  exit 1
fi
step send --as symphony --outbox upload --now 2026-06-12T21:00:00-05:00
printf '\n$ head -n 22 upload/send-1/README.txt\n'
head -n 22 upload/send-1/README.txt
printf '\nThe story behind the report is told in samples/outage/README.md.\n'
printf 'The database is build/demo/lakecountry.db. The report is also in build/demo/reports: open report.html in a browser.\n'
printf 'What goes back into the live system is in build/demo/upload/send-1.\n'
