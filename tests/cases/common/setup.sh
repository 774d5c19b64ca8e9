# Sourced by every case's cmd: . ./setup.sh
offcirc() { "$OFFCIRC" "$@"; }

# Runs offcirc and prints the command and its exit status on standard error, for cases with several calls.
try() {
  echo "\$ offcirc $*" >&2
  local status=0
  "$OFFCIRC" "$@" || status=$?
  echo "exit $status" >&2
}

# Creates the database with the users, items, charges, holds, and bills in data/.
prepare() {
  offcirc init --quiet
  offcirc import --quiet data
}

# Reports whether the database is still as data/ left it.
says_unchanged() {
  offcirc export --quiet afterwards
  for file in users items charges holds bills; do
    cmp -s before/$file.csv afterwards/$file.csv || echo "$file.csv has changed" >&2
  done
  echo "compared with before" >&2
}

export OFFCIRC
now=2026-06-12T18:00:00-05:00
