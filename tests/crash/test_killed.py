#!/usr/bin/env python3
"""A load killed at any of its system calls: the database is in its state before or after the load, each log exists
once, no report is half written, and running the command again leads to the state after it.

Usage: test_killed.py OFFCIRC      OFFCIRC_FAULTS=all kills at every call, otherwise at a sample of them
"""

import random
import sys

from injection import injecting, places, skip_without_strace
from world import CIRCULATION, World, everything, main

OPTIONS = ("--report", "reports", "--archive", "archive", "--mail")


def check(world, after, reports, where):
    wrong = [f"{where}: {trouble}" for trouble in world.what_is_wrong()]
    found = world.dump(CIRCULATION)
    if found not in (world.before, after):
        wrong.append(f"{where}: the database is neither as before nor as after")
    logs = sorted([*world.files("logs").values(), *world.files("archive").values()])
    if logs != sorted(log.encode() for log in world.logs.values()):
        wrong.append(f"{where}: a log is lost, or there twice")
    if world.files("archive") and found != after:
        wrong.append(f"{where}: a log was moved that is not loaded")
    for name, text in world.files("reports").items():
        if text != reports[name]:
            wrong.append(f"{where}: the report {name} is not whole")
    status, said = world.load(*OPTIONS) if world.files("logs") else (0, "")
    if status not in (0, 1) or world.dump(CIRCULATION) != after:
        wrong.append(f"{where}: loaded again it is not as after: {status} {said}")
    if world.files("logs"):
        wrong.append(f"{where}: loaded again, and not all logs are moved")
    return wrong + [f"{where}, loaded again: {trouble}" for trouble in world.what_is_wrong()]


def undisturbed(world, under=()):
    status, said = world.load(*OPTIONS, under=under)
    assert status == 0, said
    return world.dump(CIRCULATION), world.files("reports")


def killed_at_each_call():
    tried, wrong = 0, []
    with World(40) as world:
        world.put_back()
        calls = places(lambda under: undisturbed(world, under))
        world.put_back()
        after, reports = undisturbed(world)
        for call, numbers in calls.items():
            for at in numbers if everything() else sorted({numbers[0], numbers[-1], *numbers[3::11]}):
                world.put_back()
                status, _ = world.load(*OPTIONS, under=injecting(call, at, "signal=KILL"))
                where = f"killed at {call} {at} of {numbers[-1]}"
                if status not in (-9, 137):
                    wrong.append(f"{where}: it was not killed, and ended with {status}")
                wrong += check(world, after, reports, where)
                tried += 1
    return tried, wrong


def killed_in_a_large_load():
    tried, wrong = 0, []
    dice = random.Random(6)
    with World(200_000 if everything() else 8_000) as world:
        calls = places(lambda under: undisturbed(world, under))["pwrite64"]
        world.put_back()
        after, reports = undisturbed(world)
        for at in sorted(dice.sample(calls, 40 if everything() else 2)):
            world.put_back()
            world.load(*OPTIONS, under=injecting("pwrite64", at, "signal=KILL"))
            wrong += check(world, after, reports, f"killed at pwrite64 {at} of {calls[-1]}")
            tried += 1
    return tried, wrong


if __name__ == "__main__":
    skip_without_strace()
    sys.exit(main([killed_at_each_call, killed_in_a_large_load]))
