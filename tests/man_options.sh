#!/bin/sh
# Checks that the options in --help are the same as those in the man pages.
# Usage: tests/man_options.sh OFFCIRC MAN_FOLDER
set -eu

offcirc=$1
pages=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

# Prints the options below the heading that begins with $1 in the help on standard input.
options_of_help() {
  awk -v heading="$1" 'index($0, heading) == 1 { on = 1; next } /^[^ ]/ || /^$/ { on = 0 } on { print $1 }' | sort
}

# Prints the options that the man page $1 explains.
options_of_page() {
  sed -n -e 's/^\.It Fl -\([a-z][a-z-]*\).*/--\1/p' -e 's/^\.It Fl \([a-z]\)\( .*\)*$/-\1/p' "$1" | sort
}

compare() { # compare HELP PAGE NAME
  if ! diff "$1" "$2" >"$work/diff"; then
    echo "$3: options of --help (<) and of the man page (>) differ:"
    cat "$work/diff"
    failed=1
  fi
}

"$offcirc" --help >"$work/help"
options_of_help 'Options of all commands' <"$work/help" >"$work/a"
options_of_page "$pages/offcirc.1" >"$work/b"
[ -s "$work/a" ]
compare "$work/a" "$work/b" offcirc

commands=$(awk '/^Commands:/ { on = 1; next } /^$/ { on = 0 } on { print $1 }' "$work/help")
[ -n "$commands" ]
for command in $commands; do
  page=$pages/offcirc-$command.1
  if [ ! -f "$page" ]; then
    echo "offcirc $command has no man page."
    failed=1
    continue
  fi
  "$offcirc" "$command" --help | options_of_help 'Options:' >"$work/a"
  options_of_page "$page" >"$work/b"
  compare "$work/a" "$work/b" "offcirc $command"
  grep -q '^\.Sh EXIT STATUS$' "$page" || { echo "offcirc-$command.1 has no EXIT STATUS."; failed=1; }
  grep -q "^\.It Cm $command\$" "$pages/offcirc.1" || { echo "offcirc.1 does not list $command."; failed=1; }
done

for page in "$pages"/offcirc-*.1; do
  command=$(basename "$page" .1)
  command=${command#offcirc-}
  case " $(echo $commands) " in
    *" $command "*) ;;
    *) echo "$page is of no command."; failed=1 ;;
  esac
done
exit $failed
