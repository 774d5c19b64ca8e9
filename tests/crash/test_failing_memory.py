#!/usr/bin/env python3
"""A load that runs out of memory after its commit: each later allocation fails, alone or with all that follow. The exit
status is 1, the message says that the load is in the database, and nothing claims that nothing was changed.

Usage: test_failing_memory.py OFFCIRC SHIM      OFFCIRC_FAULTS=all fails every allocation, otherwise a sample
"""

import sys

from world import CIRCULATION, World, everything, main

OPTIONS = ("--report", "reports", "--archive", "archive", "--mail")
SHIM = sys.argv.pop()  # the built failing_memory.cpp
FEWEST = 500  # allocations after the commit of a load that writes reports, archives logs, and sends mail


def failing(at, all_that_follow):
    return ["env", f"LD_PRELOAD={SHIM}", f"OFFCIRC_FAIL_AT={at}", *(["OFFCIRC_FAIL_ON=1"] if all_that_follow else [])]


def allocations(world):
    world.put_back()
    status, said = world.load(*OPTIONS, under=["env", f"LD_PRELOAD={SHIM}", "OFFCIRC_COUNT_TO=count"])
    assert status == 0, said
    return int((world.folder / "count").read_text())


def check(world, undisturbed, status, said):
    after, archive = undisturbed
    wrong = world.what_is_wrong()
    if world.dump(CIRCULATION) != after:
        wrong.append(f"the load is not in the database: {status} {said}")
    if status not in (0, 1):
        wrong.append(f"it ended with {status}: {said!r}")
    if "othing was changed" in said:
        wrong.append(f"it said that nothing was changed: {said!r}")
    if status == 1 and "Load 1 is complete in the database" not in said:
        wrong.append(f"it did not say what is in the database: {said!r}")
    if {**world.files("logs"), **world.files("archive")} != archive:
        wrong.append("a log is lost or damaged")
    return wrong


def failing_after_the_commit():
    tried, wrong, ends = 0, [], [0, 0]
    with World(40) as world:
        count = allocations(world)
        if count < FEWEST:
            return 1, [f"only {count} allocations after the commit: is the shim in use?"]
        undisturbed = world.dump(CIRCULATION), world.files("archive")
        step = 1 if everything() else max(1, count // 150)
        for place, at in enumerate([*range(1, 20), *range(20, count + 1, step)]):
            for all_that_follow in ((False, True) if everything() else (place % 2 == 0,)):
                world.put_back()
                status, said = world.load(*OPTIONS, under=failing(at, all_that_follow))
                where = f"allocation {at} of {count}{' and all that follow' if all_that_follow else ''}"
                wrong += [f"{where}: {trouble}" for trouble in check(world, undisturbed, status, said)]
                if status in (0, 1):
                    ends[status] += 1
                tried += 1
    print(f"{ends[0]} that did not matter, {ends[1]} that ended the run")
    if ends[1] == 0:
        wrong.append("no failed allocation ended a run")
    return tried, wrong


if __name__ == "__main__":
    sys.exit(main([failing_after_the_commit]))
