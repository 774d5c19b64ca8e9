#!/usr/bin/env python3
"""A load with one failing system call, as on a full or broken disk: the exit status says what happened, the message
names the file concerned, and nothing is half done.

Usage: test_failing_calls.py OFFCIRC      OFFCIRC_FAULTS=all fails every call, otherwise a sample of them
"""

import sys

from injection import injecting, places, skip_without_strace
from world import CIRCULATION, World, everything, main

OPTIONS = ("--report", "reports", "--archive", "archive", "--mail")
ERRORS = ("ENOSPC", "EIO")


def undisturbed(world, under=()):
    status, said = world.load(*OPTIONS, under=under)
    assert status == 0, said
    return world.dump(CIRCULATION), world.files("reports"), world.files("archive")


def without(world, name):
    """The circulation data once all logs but this one are loaded, and once this one is loaded as well."""
    world.put_back()
    path = world.folder / "logs" / name
    text = path.read_bytes()
    path.unlink()
    first = undisturbed(world)[0]
    path.write_bytes(text)
    return first, undisturbed(world)[0]


def expectation(world):
    whole = undisturbed(world)
    return whole, {name: without(world, name) for name in whole[2]}


def check(world, expected, status, said):
    (after, reports, archive), unread = expected
    wrong = world.what_is_wrong()
    found = world.dump(CIRCULATION)
    both = {**world.files("logs"), **world.files("archive")}
    report = world.files("reports").get("report.txt", b"")
    # A log found in a folder that can't be read is named in the report, and the others are loaded.
    left = next(iter(world.files("logs")), "") if b"Not read: can't be read: " in report else ""
    now, at_last = unread[left] if left else (after, after)
    if status == 0 and (found, world.files("reports"), world.files("archive")) != expected[0]:
        wrong.append("it said that all was done, and it was not")
    if status == 1 and found != now:
        wrong.append(f"it said that the load is durable, and it is not: {said}")
    if status == 2 and (found != world.before or world.files("archive") or world.files("reports")):
        wrong.append(f"it said that nothing was changed, and something was: {said}")
    if status not in (0, 1, 2):
        wrong.append(f"it ended with {status}: {said}")
    if (status == 0) != (said == ""):
        wrong.append(f"it ended with {status} and said: {said!r}")
    if both != archive:
        wrong.append("a log is lost or damaged")
    if not left and {name: text for name, text in world.files("reports").items() if text != reports[name]}:
        wrong.append("a report is not whole")
    wrong += [f"{path.name} was left in the archive" for path in (world.folder / "archive").rglob(".*")]
    if world.files("logs"):
        status, said = world.load(*OPTIONS)
        if status != 0 or world.dump(CIRCULATION) != at_last or world.files("logs"):
            wrong.append(f"loaded again it is not as after: {status} {said}")
    return wrong + world.what_is_wrong()


def failing_at_each_call():
    tried, wrong, ends = 0, [], [0, 0, 0]
    with World(40) as world:
        calls = places(lambda under: undisturbed(world, under))
        world.put_back()
        expected = expectation(world)
        for call, numbers in calls.items():
            sample = numbers if everything() else sorted({numbers[0], numbers[-1], *numbers[5::13]})
            for place, at in enumerate(sample):
                for error in ERRORS if everything() else (ERRORS[place % 2],):
                    world.put_back()
                    status, said = world.load(*OPTIONS, under=injecting(call, at, f"error={error}"))
                    where = f"{error} from {call} {at} of {numbers[-1]}"
                    wrong += [f"{where}: {trouble}" for trouble in check(world, expected, status, said)]
                    if 0 <= status <= 2:
                        ends[status] += 1
                    tried += 1
    print(f"{ends[0]} that did not matter, {ends[1]} after the load, {ends[2]} before it")
    if 0 in ends[1:]:
        wrong.append("no error came before the load, or none after it")
    return tried, wrong


def syncing_nothing_any_more():
    """From one call on, every sync fails, including repeated ones."""
    tried, wrong, said_all_is_written = 0, [], 0
    with World(40) as world:
        numbers = places(lambda under: undisturbed(world, under))["fdatasync"]
        world.put_back()
        expected = expectation(world)
        for at in numbers:
            world.put_back()
            status, said = world.load(*OPTIONS, under=[*injecting("fdatasync", f"{at}+", "error=EIO"), "-e",
                                                   "trace=fsync,fdatasync", "-e", "inject=fsync:error=EIO:when=1+"])
            where = f"EIO from fdatasync {at} of {numbers[-1]} on"
            wrong += [f"{where}: {trouble}" for trouble in check(world, expected, status, said)]
            said_all_is_written += "circ.db: everything was written, but a disk error at the very end" in said
            tried += 1
    if said_all_is_written == 0:
        wrong.append("no error came between the last write and the end")
    return tried, wrong


def writing_where_a_unit_may_not():
    """To a unit, a path protected by systemd's ProtectSystem= looks like a disk mounted read-only."""
    wrong = []
    way_out = ("Read-only file system. Mount its disk for writing. "
               "In a systemd unit, add its folder to ReadWritePaths=.\n")
    cases = {2: "circ.db: the database can't be written: ", 3: "circ.db: its folder can't be written: "}
    with World(40) as world:
        for at, sentence in cases.items():
            status, said = world.load(under=injecting("faccessat2", at, "error=EROFS"))
            if (status, said) != (2, sentence + way_out):
                wrong.append(f"EROFS from faccessat2 {at}: it ended with {status} and said: {said!r}")
            if world.dump(CIRCULATION) != world.before:
                wrong.append(f"EROFS from faccessat2 {at}: something was changed")
    return len(cases), wrong


if __name__ == "__main__":
    skip_without_strace()
    sys.exit(main([failing_at_each_call, syncing_nothing_any_more, writing_where_a_unit_may_not]))
