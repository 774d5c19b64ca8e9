#!/usr/bin/env python3
"""What the program shows on a real terminal, and that it cleans up after itself.

Usage: test_terminal.py OFFCIRC PROJECT_FOLDER

Long runs are not left to chance: the program waits for the database, which this test locks until it has seen enough.
"""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

from terminal import Terminal, screen, why_no_terminal

SKIPPED = 77  # CTest takes this exit status for a test that was skipped
WAITING = "Waiting for another offcirc to end"
SUMMARY = [
    "Load 1: 5 lines: 2 loaded, 0 to follow up, 3 not loaded, 0 unreadable, 0 already",
    "  loaded, 0 blank.",
    "Workstations that have not uploaded: OSH 0202.",
    "",
]
NARROW_SUMMARY = [
    "Load 1: 5 lines: 2 loaded, 0 to follow",
    "  up, 3 not loaded, 0 unreadable, 0",
    "  already loaded, 0 blank.",
    "Workstations that have not uploaded: OSH",
    "  0202.",
    "",
]
BUSY = ["circ.db: another program is using the database. Try again when it has ended, or wait for it with --wait SECONDS.", ""]

troubles = []


def expect(what, expected, found):
    if expected != found:
        troubles.append(f"{what}: expected {expected!r}, found {found!r}")


class Folder:
    """The configuration and database of tests/cases/common, and a second connection that can lock the database."""

    def __init__(self, offcirc, project):
        self.offcirc = offcirc
        self.place = tempfile.TemporaryDirectory()
        self.path = Path(self.place.name)
        shutil.copytree(project / "tests/cases/common", self.path, dirs_exist_ok=True)
        for command in ("init", "import data"):
            subprocess.run([offcirc, *command.split(), "--quiet"], cwd=self.path, check=True)
        self.other = sqlite3.connect(self.path / "circ.db", isolation_level=None)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.other.close()
        self.place.cleanup()

    def hold(self):
        self.other.execute("BEGIN IMMEDIATE")

    def let_go(self):
        self.other.execute("ROLLBACK")

    def load(self, *options):
        return [self.offcirc, "load", "logs", "--now", "2026-06-12T18:00:00-05:00", *options]

    def terminal(self, *options, **of_terminal):
        return Terminal(self.load(*options), cwd=self.path, **of_terminal)

    def loads(self):
        return self.other.execute("SELECT count(*) FROM loads").fetchone()[0]


def test_wiped_in_the_end(folder):
    folder.hold()
    with folder.terminal("--wait", "600") as terminal:
        terminal.wait_for(WAITING)
        terminal.wait_for(" s\x1b[K")
        shown = screen(terminal.data)
        expect("lines while it waits", 1, len(shown))
        expect("what stands there", WAITING, shown[0][:len(WAITING)])
        folder.let_go()
        expect("status", 1, terminal.finish())
        expect("screen", SUMMARY, screen(terminal.data))
        expect("colours", True, "\x1b[31m3 not loaded\x1b[0m" in terminal.data)


def test_narrow(folder):
    folder.hold()
    with folder.terminal("--wait", "600", columns=40, env={"NO_COLOR": "1"}) as terminal:
        terminal.wait_for(WAITING)
        folder.let_go()
        terminal.finish()
        expect("narrow screen", NARROW_SUMMARY, screen(terminal.data))
        expect("colours", False, "\x1b[3" in terminal.data)
        widest = max(len(line) for line in screen(terminal.data.replace("\x1b[K", "\n").replace("\r", "")))
        expect("wider than the terminal", False, widest > 40)


def test_wiped_by_ctrl_c(folder):
    for what, signal_expected in (("\x03", signal.SIGINT), ("\x1c", signal.SIGQUIT)):
        folder.hold()
        with folder.terminal("--wait", "600") as terminal:
            terminal.wait_for(WAITING)
            terminal.type(what)
            expect(f"ended by {what!r}", -signal_expected, terminal.finish())
            expect(f"screen after {what!r}", [""], screen(terminal.data))
        folder.let_go()
    expect("loads", 0, folder.loads())


def test_wiped_before_an_error(folder):
    folder.hold()
    with folder.terminal("--wait", "3", columns=200) as terminal:
        expect("status", 2, terminal.finish())
        expect("screen", BUSY, screen(terminal.data))
    folder.let_go()


def test_nothing_where_nobody_looks(folder):
    folder.hold()
    for what, options, env in (("dumb", [], {"TERM": "dumb"}), ("no TERM", [], {"TERM": ""}), ("quiet", ["--quiet"], {"NO_COLOR": "1"})):
        with folder.terminal("--wait", "1", *options, columns=200, env=env) as terminal:
            expect(f"{what}: status", 2, terminal.finish())
            expect(what, "\r\n".join(BUSY), terminal.data)
    piped = subprocess.run(folder.load("--wait", "1"), cwd=folder.path, env={**os.environ, "TERM": "xterm"}, capture_output=True,
                           text=True)
    expect("piped", "\n".join(BUSY), piped.stderr)
    folder.let_go()


def main():
    if reason := why_no_terminal():
        print(f"SKIPPED: {reason}")
        return SKIPPED
    offcirc, project = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    for test in (test_wiped_in_the_end, test_narrow, test_wiped_by_ctrl_c, test_wiped_before_an_error, test_nothing_where_nobody_looks):
        with Folder(offcirc, project) as folder:
            test(folder)
    for trouble in troubles:
        print(trouble)
    return 1 if troubles else 0


if __name__ == "__main__":
    sys.exit(main())
