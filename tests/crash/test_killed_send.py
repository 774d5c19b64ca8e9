#!/usr/bin/env python3
"""A send killed at any of its system calls, or one of whose calls fails: no upload file is half written, and running the
command again leaves every transaction in exactly one file.

Usage: test_killed_send.py OFFCIRC      OFFCIRC_FAULTS=all tries every call, otherwise a sample of them
"""

import shutil
import sqlite3
import subprocess
import sys
from collections import Counter

from injection import injecting, places, skip_without_strace
from world import World, everything, main

SEND = ("send", "--as", "symphony", "--outbox", "upload", "--quiet")
STATES = "SELECT result, step, state, file, text FROM send_messages ORDER BY result, step"


class SendWorld(World):
    """A world whose logs are loaded."""

    def __init__(self):
        super().__init__(60)
        status, said = self.load()
        assert status == 0, said
        shutil.copy(self.folder / "circ.db", self.folder / "loaded.db")

    def put_back(self):
        for name in ("circ.db", "circ.db-journal", "circ.db-lock"):
            (self.folder / name).unlink(missing_ok=True)
        shutil.rmtree(self.folder / "upload", ignore_errors=True)
        shutil.copy(self.folder / "loaded.db", self.folder / "circ.db")

    def send(self, under=(), options=()):
        process = self.start(*SEND, *options, under=under, text=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        said = process.communicate()[1]
        return process.returncode, said

    def states(self):
        database = sqlite3.connect(self.folder / "circ.db")
        try:
            return database.execute(STATES).fetchall()
        finally:
            database.close()

    def written(self):
        """Each record of the upload files, without the parts that differ from send to send."""
        return Counter(line for path, text in self.files("upload").items() if not path.endswith("README.txt")
                       for line in text.decode().splitlines())


def undisturbed(world, under=()):
    status, said = world.send(under)
    assert status == 0, said
    return world.states(), world.files("upload")


def check(world, after, files, where):
    wrong = [f"{where}: {trouble}" for trouble in world.what_is_wrong()]
    for path, text in world.files("upload").items():
        if not path.startswith(".") and text != files.get(path):  # a hidden folder is a leftover, removed by the next run
            wrong.append(f"{where}: {path} is not whole")
    if world.states() not in ([], after):
        wrong.append(f"{where}: the journal has a part of the send")
    status, said = world.send()
    if status != 0 or world.states() != after:
        wrong.append(f"{where}: sent again it is not as after: {status} {said}")
    if world.files("upload") != files:
        wrong.append(f"{where}: sent again, the files are {sorted(world.files('upload'))}")
    hidden = [str(path) for path in (world.folder / "upload").iterdir() if path.name.startswith(".")]
    return wrong + [f"{where}: left behind {path}" for path in hidden]


def struck_at_each_call(what, expected):
    tried, wrong = 0, []
    with SendWorld() as world:
        world.put_back()
        calls = places(lambda under: undisturbed(world, under))
        world.put_back()
        after, files = undisturbed(world)
        assert len(after) == 60 and sum(world.written().values()) == 60
        for call, numbers in calls.items():
            for at in numbers if everything() else sorted({numbers[0], numbers[-1], *numbers[2::5]}):
                world.put_back()
                status, said = world.send(injecting(call, at, what))
                where = f"{what} at {call} {at} of {numbers[-1]}"
                if status not in expected:
                    wrong.append(f"{where}: it ended with {status}: {said}")
                if status == 2 and world.states():
                    wrong.append(f"{where}: it said that nothing was changed: {said}")
                wrong += check(world, after, files, where)
                tried += 1
    return tried, wrong


def killed_while_sending():
    return struck_at_each_call("signal=KILL", (-9, 137))


def failing_while_sending():
    return struck_at_each_call("error=EIO", (0, 1, 2))


def killed_with_other_options():
    """The next send writes the files of the killed one as that one would have, whatever its own options are."""
    with SendWorld() as world:
        per_station = ("--per-station",)
        world.put_back()
        assert world.send(options=per_station)[0] == 0
        files = world.files("upload")
        assert len(files) == 3  # two stations and README.txt
        world.put_back()
        assert world.send(injecting("renameat2", 1, "signal=KILL"), per_station)[0] in (-9, 137)
        status, said = world.send()
        return 1, [] if status == 0 and world.files("upload") == files else [f"{status} {said} {sorted(world.files('upload'))}"]


if __name__ == "__main__":
    skip_without_strace()
    sys.exit(main([killed_while_sending, failing_while_sending, killed_with_other_options]))
