#!/usr/bin/env python3
"""Several simultaneous loads of the same logs record every line once, in whatever order they run.

Usage: test_at_once.py OFFCIRC
"""

import sys

from world import CIRCULATION, World, main


def those_that_wait():
    wrong, processes = [], 6
    with World(400) as world:
        assert world.load()[0] == 0
        after = world.dump(CIRCULATION)
        world.put_back()
        running = [world.start_load("--wait", "300", "--archive", "archive")
                   for _ in range(processes)]
        for process in running:
            said = process.communicate()[1]
            # A load that starts after the logs have been moved finds an empty folder, which is not an error.
            if process.returncode != 0 or said:
                wrong.append(f"one ended with {process.returncode}: {said}")
        if world.dump(CIRCULATION) != after:
            wrong.append("the database is not as after one load")
        if len(world.files("archive")) != 2 or world.files("logs"):
            wrong.append("the logs were not moved, or more than once")
        wrong += world.what_is_wrong()
    return processes, wrong


def those_that_do_not_wait():
    wrong, processes, refused = [], 6, 0
    with World(400) as world:
        assert world.load()[0] == 0
        after = world.dump(CIRCULATION)
        world.put_back()
        running = [world.start_load() for _ in range(processes)]
        for process in running:
            said = process.communicate()[1]
            if process.returncode == 2 and said.startswith("circ.db: another offcirc is writing it"):
                refused += 1
            elif process.returncode != 0 or said:
                wrong.append(f"one ended with {process.returncode}: {said}")
        if refused == processes or world.dump(CIRCULATION) != after:
            wrong.append("the database is not as after one load")
        wrong += world.what_is_wrong()
    return processes, wrong


if __name__ == "__main__":
    sys.exit(main([those_that_wait, those_that_do_not_wait]))
