#!/usr/bin/env python3
"""Other programs use the database during a load: one reads it for a while, another replaces the file.

Usage: test_others.py OFFCIRC
"""

import fcntl
import shutil
import sqlite3
import sys
import time
from pathlib import Path

from world import CIRCULATION, World, main

# Longer than the ten seconds that a commit always waits.
READS_SECONDS = 13


class Reader:
    """Blocks the load's commit with a database transaction that has read something."""

    def __init__(self, world):
        self.database = sqlite3.connect(world.folder / "circ.db", isolation_level=None)
        self.database.execute("BEGIN")
        self.database.execute("SELECT count(*) FROM users").fetchone()

    def end(self):
        self.database.execute("COMMIT")
        self.database.close()


class Lock:
    """Blocks the start of the load with its lock file, although the load can open the database."""

    def __init__(self, world):
        self.file = open(world.folder / "circ.db-lock", "w", encoding="utf-8")
        fcntl.flock(self.file, fcntl.LOCK_EX)

    def end(self):
        self.file.close()


def until(has_happened, what):
    for _ in range(3000):
        if has_happened():
            return
        time.sleep(0.02)
    raise AssertionError(f"{what} did not happen")


def has_open(process, path):
    try:
        return any(descriptor.resolve() == path for descriptor in Path(f"/proc/{process.pid}/fd").iterdir())
    except OSError:
        return False


def replace(world):
    """Replaces the database file with a copy under the same name."""
    shutil.copy(world.folder / "kept.db", world.folder / "new.db")
    (world.folder / "circ.db").rename(world.folder / "old.db")
    (world.folder / "new.db").rename(world.folder / "circ.db")


def loads_in(world, name):
    database = sqlite3.connect(world.folder / name)
    try:
        return database.execute("SELECT count(*) FROM loads").fetchone()[0]
    finally:
        database.close()


def a_reader_that_takes_its_time():
    wrong = []
    with World(40) as world:
        assert world.load()[0] == 0
        after = world.dump(CIRCULATION)
        world.put_back()
        reader = Reader(world)
        process = world.start_load("--wait", "120")
        time.sleep(READS_SECONDS)
        if process.poll() is not None:
            wrong.append("it did not wait for the reader")
        reader.end()
        said = process.communicate()[1]
        if process.returncode != 0 or said:
            wrong.append(f"it ended with {process.returncode}: {said}")
        if world.dump(CIRCULATION) != after:
            wrong.append("the database is not as after the load")
        wrong += world.what_is_wrong()
    return 1, wrong


def replaced_before_it_writes():
    wrong = []
    with World(40) as world:
        lock = Lock(world)
        process = world.start_load("--wait", "120")
        until(lambda: has_open(process, world.folder / "circ.db"), "the load's opening of the database")
        time.sleep(0.3)
        replace(world)
        lock.end()
        said = process.communicate()[1]
        expected = ("circ.db: the file was replaced or removed after this run had opened it, so nothing was changed. "
                    "Run the command again.\n")
        if (process.returncode, said) != (2, expected):
            wrong.append(f"it ended with {process.returncode}: {said}")
        if loads_in(world, "old.db") or loads_in(world, "circ.db"):
            wrong.append("something was loaded")
        status, said = world.load()
        if status != 0:
            wrong.append(f"run again it ended with {status}: {said}")
    return 1, wrong


def replaced_while_it_commits():
    wrong = []
    with World(40) as world:
        reader = Reader(world)
        process = world.start_load("--wait", "120")
        until((world.folder / "circ.db-journal").exists, "the load's writing")
        time.sleep(1)
        replace(world)
        reader.end()
        said = process.communicate()[1]
        # The file may be replaced before or after the load's last check, but the message must be true.
        loaded = loads_in(world, "old.db")
        sentence = "Everything was written to the old file" if loaded else "so nothing was changed"
        if process.returncode != (1 if loaded else 2) or sentence not in said:
            wrong.append(f"it ended with {process.returncode}, {loaded} loaded: {said}")
        if loads_in(world, "circ.db"):
            wrong.append("something was loaded into the other file")
    return 1, wrong


if __name__ == "__main__":
    sys.exit(main([a_reader_that_takes_its_time, replaced_before_it_writes, replaced_while_it_commits]))
