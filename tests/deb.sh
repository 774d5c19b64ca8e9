#!/bin/bash
# Builds the Debian package, checks it with lintian, and uses it in a minimal Debian 12: installs it, loads the sample
# outage, upgrades, removes, and purges it. Requires root, for debootstrap, and the network; takes a few minutes.
# Usage: tests/deb.sh
# BASE=FOLDER copies an existing minimal Debian instead. MIRROR=URL sets the mirror; the default is this machine's.
set -eu

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d -p "${TMPDIR:-/var/tmp}" offcirc-deb.XXXXXX)
debian=$work/debian
mounted=''

clean_up() {
  if [ -n "$mounted" ]; then umount "$debian/proc"; fi
  rm -rf --one-file-system "$work"
}
trap clean_up EXIT

step() { printf '%s\n' "-- $*"; }

fail() {
  echo "deb.sh: $*" >&2
  exit 1
}

inside() {
  env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "${proxies[@]}" \
    chroot "$debian" "$@" </dev/null
}

as_offcirc() { inside setpriv --reuid offcirc --regid offcirc --init-groups --reset-env sh -c "umask 027; cd /var/lib/offcirc && $1"; }

# quietly COMMAND...: runs it in the Debian, as root; its output is shown only if it fails.
quietly() {
  if ! inside "$@" >"$work/log" 2>&1; then
    tail -n 40 "$work/log" >&2
    fail "failed: $*"
  fi
}

same() { # same WHAT FOUND EXPECTED
  [ "$2" = "$3" ] || fail "$1: found '$2', expected '$3'"
}

mirror_of_this_machine() {
  local uri
  uri=$(awk '/^URIs:/ { print $2; exit }' /etc/apt/sources.list.d/*.sources 2>/dev/null) || true
  if [ -z "$uri" ]; then uri=$(awk '$1 == "deb" { for (i = 2; i <= NF; i++) if ($i ~ /:\/\//) { print $i; exit } }' \
    /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null) || true; fi
  printf '%s' "$uri"
}

# Makes a folder with a minimal Debian 12 that gets its packages from where this machine does.
make_debian() {
  if [ -n "${BASE:-}" ]; then
    cp -a "$BASE" "$debian"
  else
    debootstrap --variant=minbase --include=ca-certificates bookworm "$debian" "${MIRROR:-$(mirror_of_this_machine)}" \
      >"$work/log" 2>&1 || { tail -n 20 "$work/log" >&2; fail "debootstrap failed"; }
    if [ -z "${MIRROR:-}" ]; then
      rm -f "$debian/etc/apt/sources.list"
      for part in sources.list sources.list.d apt.conf.d; do
        if [ -e "/etc/apt/$part" ]; then cp -aL "/etc/apt/$part" "$debian/etc/apt/"; fi
      done
      cp -a /usr/share/keyrings/. "$debian/usr/share/keyrings/"
      if [ -d /usr/local/share/ca-certificates ]; then
        cp -aL /usr/local/share/ca-certificates/. "$debian/usr/local/share/ca-certificates/"
        chroot "$debian" update-ca-certificates >/dev/null 2>&1
      fi
    fi
  fi
  cp /etc/resolv.conf /etc/hosts "$debian/etc/"
  # A minimal Debian leaves out manual pages, which are tested; services must not start in a chroot.
  rm -f "$debian/etc/dpkg/dpkg.cfg.d/docker" "$debian/etc/dpkg/dpkg.cfg.d/excludes"
  printf '#!/bin/sh\nexit 101\n' >"$debian/usr/sbin/policy-rc.d"
  chmod 755 "$debian/usr/sbin/policy-rc.d"
  mount -t proc proc "$debian/proc"
  mounted=yes
  quietly apt-get update
}

# The same package with a higher version and a changed default configuration.
make_next_version() {
  dpkg-deb -R "$1" "$work/next"
  sed -i 's/^Version: .*/&.1/' "$work/next/DEBIAN/control"
  sed -i '1i # The next version.' "$work/next/etc/offcirc/offcirc.toml"
  (cd "$work/next" && find etc usr -type f -exec md5sum {} + >DEBIAN/md5sums)
  dpkg-deb --root-owner-group -b "$work/next" "$debian/srv/next.deb" >/dev/null
}

[ "$(id -u)" -eq 0 ] || fail "needs root: it makes a Debian of its own, in a folder."
proxies=()
while IFS= read -r line; do proxies+=("$line"); done < <(env | grep -iE '^(https?|no)_proxy=' || true)
missing=()
for program in debootstrap lintian dpkg-deb; do command -v "$program" >/dev/null || missing+=("$program"); done
[ ${#missing[@]} -eq 0 ] || fail "needs ${missing[*]}: what tests/packages.txt lists below [deb]."

step "The package"
"$root/tests/build.sh" release
(cd "$root/build/release" && cpack -G DEB -B "$work" >"$work/log" 2>&1) || { tail -n 20 "$work/log" >&2; fail "cpack failed"; }
deb=$(echo "$work"/offcirc_*.deb)
lintian --allow-root --fail-on error,warning "$deb"

step "A bare Debian"
make_debian
install -m 644 "$deb" "$debian/srv/offcirc.deb"
make_next_version "$deb"

step "Installed"
quietly apt-get install -y --no-install-recommends /srv/offcirc.deb man-db
same "the version" "$(inside offcirc --version)" "offcirc $(sed -n 's/^project(offcirc VERSION \([0-9.]*\) .*/\1/p' "$root/CMakeLists.txt")"
same "the folder" "$(inside stat -c '%U:%G %a' /var/lib/offcirc)" "offcirc:offcirc 750"
same "the folder of the logs" "$(inside stat -c '%U:%G %a' /var/lib/offcirc/logs)" "offcirc:offcirc 2770"
same "the shell of offcirc" "$(inside getent passwd offcirc | cut -d: -f6-)" "/var/lib/offcirc:/usr/sbin/nologin"
for page in "$root"/man/*.[157]; do
  name=$(basename "$page")
  inside man "${name##*.}" "${name%.*}" >/dev/null 2>"$work/log" || fail "man does not find $name"
done
same "enabled timers" "$(find "$debian/etc/systemd" -name 'offcirc-*')" ""
as_offcirc 'offcirc config check >/dev/null || [ $? -eq 1 ]'
# Like 'sudo -u offcirc offcirc' in a root shell: the current folder is not accessible to the user.
same "the words about a folder of root" \
  "$(inside sh -c 'cd /root && ! setpriv --reuid offcirc --regid offcirc --init-groups offcirc status 2>&1')" \
  "Whether there is a configuration offcirc.toml can't be seen: Permission denied.
Go to a folder that you may read, or name the configuration with --config."

step "The sample outage"
quietly cp -r /usr/share/doc/offcirc/examples/outage /var/lib/offcirc/
quietly sed -i 's|^database = .*|database = "/var/lib/offcirc/circ.db"|' /var/lib/offcirc/outage/offcirc.toml
# As an administrator does: replaces the sample configuration with that of the library system.
quietly cp /var/lib/offcirc/outage/offcirc.toml /var/lib/offcirc/outage/circmap.csv /etc/offcirc/
quietly chown -R offcirc: /var/lib/offcirc/outage
as_offcirc 'offcirc --quiet init && offcirc --quiet import outage/data'
status=0
as_offcirc 'offcirc load --quiet --now 2026-06-12T20:00:00-05:00 outage/logs >report.txt' || status=$?
same "the exit status of the load" "$status" 1
as_offcirc 'offcirc report --loaded >/dev/null && offcirc report --format csv >before.csv && offcirc --quiet export before'
inside grep -q '^Load 1' /var/lib/offcirc/report.txt || fail "the report does not begin with its load"
same "the database" "$(inside stat -c '%U:%G' /var/lib/offcirc/circ.db)" "offcirc:offcirc"
config=$(inside md5sum /etc/offcirc/offcirc.toml)

step "Upgraded"
quietly apt-get install -y -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold /srv/next.deb
same "the configuration" "$(inside md5sum /etc/offcirc/offcirc.toml)" "$config"
inside test -f /etc/offcirc/offcirc.toml.dpkg-dist || fail "the new configuration is not put beside the old one"
as_offcirc 'offcirc --quiet export after && diff -r before after && offcirc report --format csv | cmp - before.csv'

step "Removed"
quietly apt-get remove -y offcirc
inside test ! -e /usr/bin/offcirc || fail "the program is still there"
same "the configuration" "$(inside md5sum /etc/offcirc/offcirc.toml)" "$config"
inside test -f /var/lib/offcirc/circ.db || fail "the database is gone"

step "Purged"
inside apt-get purge -y offcirc >"$work/log" 2>&1 || { cat "$work/log" >&2; fail "purge failed"; }
grep -q "/var/lib/offcirc, which holds the circulation database" "$work/log" || fail "nobody is told what stays"
inside test -f /var/lib/offcirc/circ.db || fail "the database is gone"
same "what remains" "$(inside find / -xdev -path /proc -prune -o -path /var/lib/offcirc -prune -o -path /var/cache/man -prune -o -iname '*offcirc*' -print | sort)" \
  "/srv/offcirc.deb"
echo "The package is as it should be."
