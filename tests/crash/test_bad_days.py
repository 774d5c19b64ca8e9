#!/usr/bin/env python3
"""Problems other than disk faults that stop or mislead a load: an unwritable folder, a clock that jumps.

Usage: test_bad_days.py OFFCIRC
"""

import os
import shutil
import sys

from world import CIRCULATION, World, main, small_system

NOBODY = 65534
LINES = 60


def expect(wrong, what, found, expected):
    if found != expected:
        wrong.append(f"{what}: expected {expected!r}, got {found!r}")


def without_root(world):
    """Copies the program to a place that anyone can reach and returns a command prefix that drops root, which may
    write anywhere."""
    if os.geteuid() != 0:
        return ()
    program = world.folder / "offcirc"
    shutil.copy(World.offcirc, program)
    world.offcirc = str(program)
    world.top.chmod(0o755)
    return ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")


def folders_that_cannot_be_written():
    wrong = []
    with World(LINES) as world:
        assert world.load()[0] == 0
        after = world.dump(CIRCULATION)
        world.put_back()
        under = without_root(world)
        database = world.folder / "circ.db"
        bytes_before = database.read_bytes()
        closed = world.folder / "closed"
        closed.mkdir(mode=0o555)
        if under:  # the file belongs to that user, but the folder does not, so no journal can be created
            os.chown(database, NOBODY, NOBODY)
        cases = [((), 0o555, "circ.db: its folder can't be written: Permission denied. Run offcirc as a user with "
                             "permission to write there: SQLite keeps its journal next to the database.\n"),
                 (("--report", "closed/reports"), 0o777,
                  "The folder closed/reports can't be created: Permission denied.\n"),
                 (("--archive", "closed/done"), 0o777, "The folder closed/done can't be created: Permission denied.\n")]
        for options, mode, sentence in cases:
            world.folder.chmod(mode)
            status, said = world.load(*options, under=under)
            world.folder.chmod(0o777)
            expect(wrong, f"status with {options}", status, 2)
            expect(wrong, f"what is said with {options}", said, sentence)
            expect(wrong, f"the database with {options}", database.read_bytes() == bytes_before, True)
            expect(wrong, f"files left with {options}", sorted(p.name for p in world.folder.glob("circ.db?journal")), [])
        expect(wrong, "status at the end", world.load(under=under)[0], 0)
        expect(wrong, "as after", world.dump(CIRCULATION) == after, True)
        closed.chmod(0o755)
        return len(cases), wrong + world.what_is_wrong()


def clocks_that_jump():
    wrong = []
    steady, now = [], small_system.NOW
    jumps = {"an hour back": ("2026-06-12T20:00:00-05:00", "2026-06-12T19:00:00-05:00"),
             "two days on": ("2026-06-12T20:00:00-05:00", "2026-06-14T20:00:00-05:00")}
    try:
        with World(LINES) as world:
            for days in [(now, now), *jumps.values()]:
                for library, small_system.NOW in zip(("NEE", "OSH"), days):
                    expect(wrong, f"status at {small_system.NOW}", world.run("load", f"logs/{library}", "--quiet")[0], 0)
                steady = steady or world.dump(CIRCULATION)
                expect(wrong, f"as with a steady clock {days}", world.dump(CIRCULATION) == steady, True)
                wrong += world.what_is_wrong()
                world.put_back()
            for far in ("2026-03-01T20:00:00-06:00", "2027-03-01T20:00:00-06:00"):
                small_system.NOW = far  # nothing is loaded; once the clock is right, everything is loaded exactly once
                expect(wrong, f"status at {far}", world.run("load", "logs", "--quiet")[0], 1)
                small_system.NOW = now
                world.must("undo", "1", "--quiet")
                world.must("load", "logs/NEE", "--quiet")
                world.must("load", "logs/OSH", "--quiet")
                charges = [row[:5] for row in world.dump(("charges",))["charges"]]
                expect(wrong, f"charges after {far}", charges == [row[:5] for row in steady["charges"]], True)
                wrong += world.what_is_wrong()
                world.put_back()
    finally:
        small_system.NOW = now
    return len(jumps) + 2, wrong


if __name__ == "__main__":
    sys.exit(main([folders_that_cannot_be_written, clocks_that_jump]))
