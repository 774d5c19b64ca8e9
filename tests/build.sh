#!/bin/bash
# Installs the packages of tests/packages.txt that are missing, then builds offcirc.
# Usage: tests/build.sh [PRESET]      a preset of CMakePresets.json; release by default, bench for tests/bench
# Needs neither root nor network if all packages are installed. The build goes to build/PRESET.
set -eu

preset=${1:-release}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
list=$root/tests/packages.txt
cd "$root"

missing_packages() {
  local line package status section=''
  while read -r line; do
    package=${line%%[[:space:]]*}
    case $package in
      '' | '#'*) continue ;;
      '['*) section=" ${line//[][]/} " && continue ;;
    esac
    [[ -z $section || $section = *" $preset "* ]] || continue
    status=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null) || status=none
    [ "$status" = installed ] || printf '%s\n' "$package"
  done <"$list"
}

install_missing() {
  local missing
  if ! command -v dpkg-query >/dev/null; then
    echo "build.sh: this is not Debian, so it installs nothing; tests/packages.txt names what the build needs." >&2
    return 0
  fi
  mapfile -t missing < <(missing_packages)
  [ ${#missing[@]} -gt 0 ] || return 0

  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
      echo "build.sh: these packages are missing, and installing them needs root or sudo: ${missing[*]}" >&2
      return 1
    fi
    as_root=(sudo)
  fi
  echo "Installing ${missing[*]}"
  run_quietly "$root/build/install.log" install_packages
}

install_packages() {
  "${as_root[@]}" apt-get update &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"
}

# run_quietly LOG COMMAND...: writes the command's output to LOG and shows it only if the command fails.
run_quietly() {
  local log=$1
  shift
  if ! "$@" >"$log" 2>&1 </dev/null; then
    tail -n 100 "$log" >&2
    echo "build.sh: failed; all of its output is in ${log#"$root"/}" >&2
    return 1
  fi
}

mkdir -p build
install_missing
echo "Building build/$preset"
run_quietly "$root/build/configure-$preset.log" cmake --preset "$preset"
run_quietly "$root/build/build-$preset.log" cmake --build --preset "$preset" --parallel "$(nproc)"
