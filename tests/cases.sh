#!/bin/bash
# Runs golden cases: a command line, and everything that it must print and leave behind.
# Usage: tests/cases.sh OFFCIRC CASE_FOLDER...      UPDATE=1 replaces what is expected with what is found
#
# A case is a folder with
#   cmd             shell lines, run by bash in a temporary folder with $OFFCIRC set to the program
#   stdout, stderr  what must be printed; if missing, nothing
#   status          the exit status; if missing, 0
#   files/          the files present before the run, in addition to those in cases/common
#   expected/       files that must be present afterwards, with their contents; others may be present as well
set -eu

offcirc=$(realpath "$1")
common=$(realpath "$(dirname "$0")/cases/common")
shift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

run_case() { # run_case CASE: leaves $work/{stdout,stderr,status} and the folder $work/run
  rm -rf "$work/run"
  cp -R "$common" "$work/run"
  if [ -d "$1/files" ]; then cp -R "$1/files/." "$work/run"; fi
  local status=0
  (
    cd "$work/run"
    env -i PATH="$PATH" HOME="$work" LC_ALL=C.UTF-8 TZ=UTC TERM=dumb OFFCIRC="$offcirc" \
      ASAN_OPTIONS="${ASAN_OPTIONS:-}" UBSAN_OPTIONS="${UBSAN_OPTIONS:-}" timeout 120 bash "$1/cmd"
  ) >"$work/stdout" 2>"$work/stderr" </dev/null || status=$?
  echo "$status" >"$work/status"
}

# differs NAME EXPECTED FOUND: succeeds if they differ, and shows how. A missing file counts as empty.
differs() {
  local expected=$2 found=$3
  [ -e "$expected" ] || expected=/dev/null
  [ -e "$found" ] || found=/dev/null
  ! diff -u --label "expected $1" --label "found $1" "$expected" "$found"
}

compare_case() { # compare_case CASE
  local failed=0 file
  differs stdout "$1/stdout" "$work/stdout" && failed=1
  differs stderr "$1/stderr" "$work/stderr" && failed=1
  if [ -e "$1/status" ]; then cp "$1/status" "$work/expected-status"; else echo 0 >"$work/expected-status"; fi
  differs status "$work/expected-status" "$work/status" && failed=1
  [ -d "$1/expected" ] || return $failed
  while IFS= read -r -d '' file; do
    if [ ! -f "$work/run/$file" ]; then
      echo "$file is not there afterwards."
      failed=1
    elif differs "$file" "$1/expected/$file" "$work/run/$file"; then
      failed=1
    fi
  done < <(cd "$1/expected" && find . -type f -print0)
  return $failed
}

update_case() { # update_case CASE: rewrites the files in expected/; which files it contains is your choice
  local name file
  for name in stdout stderr status; do
    if [ "$name" = status ] && [ "$(cat "$work/status")" = 0 ]; then rm -f "$1/status"; continue; fi
    if [ -s "$work/$name" ]; then cp "$work/$name" "$1/$name"; else rm -f "$1/$name"; fi
  done
  [ -d "$1/expected" ] || return 0
  while IFS= read -r -d '' file; do
    cp "$work/run/$file" "$1/expected/$file"
  done < <(cd "$1/expected" && find . -type f -print0)
}

failures=0
for folder in "$@"; do
  folder=$(realpath "$folder")
  run_case "$folder"
  if [ -n "${UPDATE:-}" ]; then
    update_case "$folder"
  elif ! compare_case "$folder"; then
    echo "FAILED: $(basename "$folder")"
    failures=$((failures + 1))
  fi
done
[ "$failures" -eq 0 ]
