#!/bin/bash
# Feeds unexpected inputs to each reader of what a library may supply (log formats, CSV, config, archives), under the
# address and undefined behavior sanitizers, and reports how much was tried.
# Usage: tests/fuzz.sh [SECONDS [TARGET...]]
#   without SECONDS   a short run of all targets, the same every time
#   SECONDS           time for each target, which continues its last such run: the inputs are in build/fuzz/grown
#   TARGET            only these, such as format_koc
# An input that breaks a reader is kept in build/fuzz/broken, and the script prints what to do with it.
set -eu

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
build=build/fuzz
programs=$build/tests/fuzz
here=tests/fuzz
short_runs=1000
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
# Without llvm-symbolizer, binutils resolve the stack's lines. Inputs are small, so a small quarantine of freed memory
# suffices, which doubles the number of runs.
export ASAN_OPTIONS=allow_addr2line=1:quarantine_size_mb=16:max_malloc_fill_size=0:malloc_context_size=5 UBSAN_OPTIONS=print_stacktrace=1

seconds=${1:-}
if [[ $seconds = *[!0-9]* ]]; then
  sed -n '/^# Usage/,/^#   TARGET/s/^# //p' "${BASH_SOURCE[0]}" >&2
  exit 2
fi
shift $(($# > 0 ? 1 : 0))

# must_alarm WORD TEXT [OPTION...]: checks that the target alarm, given the word, fails with the text.
must_alarm() {
  local word=$1 text=$2
  printf '%s' "$word" >"$scratch/word"
  if "$programs/fuzz_alarm" -artifact_prefix="$scratch/" "$scratch/word" >"$scratch/alarm" 2>&1 ||
    ! grep -q "$text" "$scratch/alarm"; then
    tail -n 20 "$scratch/alarm" >&2
    echo "fuzz.sh: a fault of the kind \"$word\", made on purpose, was not noticed: what is tried here proves nothing." >&2
    return 1
  fi
}

# Only a fuzzer that watches the program's comparisons finds one of these words so soon.
must_search() {
  if "$programs/fuzz_alarm" -seed=1 -runs=100000 -artifact_prefix="$scratch/" >"$scratch/alarm" 2>&1 ||
    ! grep -q 'Test unit written' "$scratch/alarm"; then
    echo "fuzz.sh: libFuzzer itself did not find a fault that was made on purpose: it searches blindly." >&2
    return 1
  fi
}

show_broken() {
  local target=$1 log=$2 input
  input=$(sed -n 's/.*Test unit written to //p' "$log" | tail -n 1)
  grep -vE '^(#|INFO|stat::|Dictionary|\s*#[0-9])' "$log" | head -n 40 >&2
  cat >&2 <<TEXT
fuzz.sh: $target is broken${input:+ by $input}. All of its output is in $log
  again:      $programs/fuzz_$target ${input:-FILE}
  smaller:    $programs/fuzz_$target -minimize_crash=1 -runs=100000 -exact_artifact_path=smaller ${input:-FILE}
When it is mended, keep the input: tests/fuzz/found/$target/WHAT-IT-IS. Each build replays what lies there.
TEXT
}

# run_target NAME FILE...: runs the target with the files as seeds.
run_target() {
  local target=$1 log=$build/$1.log new=$scratch/$1 options=(-print_final_stats=1 -timeout=60 -rss_limit_mb=1024)
  shift
  [ -n "$seconds" ] && new=$build/grown/$target
  mkdir -p "$new" "$build/broken" "$scratch/seeds-$target"
  local input inputs=()
  for input in "$@"; do
    if [ -d "$input" ]; then inputs+=("$input"); else cp "$input" "$scratch/seeds-$target"; fi
  done
  if [ -e "$here/dictionaries/$target.dict" ]; then options+=(-dict="$here/dictionaries/$target.dict"); fi
  if [ -n "$seconds" ]; then options+=(-max_total_time="$seconds"); else options+=(-seed=1 -runs="$short_runs"); fi
  options+=(-artifact_prefix="$build/broken/$target-" "$new" "$scratch/seeds-$target" "${inputs[@]}")
  if ! "$programs/fuzz_$target" "${options[@]}" >"$log" 2>&1 </dev/null; then
    show_broken "$target" "$log"
    return 1
  fi
  report "$target" "$log"
}

# Reports how much was tried, which must be as much as was requested.
report() {
  local target=$1 log=$2 runs reached least=1
  [ -n "$seconds" ] || least=$short_runs
  runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
  reached=$(sed -n 's/.*DONE *cov: \([0-9]*\) ft: \([0-9]*\) .*/\1 edges, \2 features/p' "$log")
  if [ "${runs:-0}" -lt "$least" ] || [ -z "$reached" ]; then
    echo "fuzz.sh: $target tried ${runs:-0} inputs, and not $least: see $log" >&2
    return 1
  fi
  printf '%-18s %9s inputs, %s\n' "$target" "$runs" "$reached"
}

tests/build.sh fuzz
must_alarm address heap-buffer-overflow
must_alarm undefined 'signed integer overflow'
must_alarm promise 'A promise is broken'
must_search

status=0 running=0 started=0
wait_for_one() {
  wait -n || status=1
  running=$((running - 1))
}
while IFS=$'\t' read -ra target; do
  if [ $# -gt 0 ] && [[ " $* " != *" ${target[0]} "* ]]; then continue; fi
  if [ "$running" -ge "$(nproc)" ]; then wait_for_one; fi
  run_target "${target[@]}" &
  running=$((running + 1)) started=$((started + 1))
done <"$programs/targets.txt"
while [ "$running" -gt 0 ]; do wait_for_one; done
if [ "$started" -lt $(($# > 0 ? $# : 1)) ]; then
  echo "fuzz.sh: there is no such target among $*. There are: $(cut -f 1 "$programs/targets.txt" | xargs)" >&2
  exit 2
fi
exit $status
