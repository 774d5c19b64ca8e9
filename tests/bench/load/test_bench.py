#!/usr/bin/env python3
"""Checks that the contestants of tests/bench/run.sh do the same work and that its tables report what was measured.
Nothing is timed.

Usage: test_bench.py BUILD_FOLDER
"""
import contextlib
import csv
import filecmp
import sqlite3
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml
from pathlib import Path

import targets
from contestants import Bench, Cost, run


def main():
    build = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as temporary:
        wrong = same_work(build, Path(temporary) / "world")
        wrong += tables_and_plot(build, Path(temporary) / "work")
    wrong += verdicts()
    for sentence in wrong:
        print(sentence)
    return 1 if wrong else 0


def same_work(build, world):
    """The floor writes the rows that offcirc's load wrote; the rival produces the same exports."""
    bench = Bench(build, world)
    run([bench.program("bench_world"), world, "items=2000", "lines=3000", "stations=4", "seed=1"])
    bench.offcirc()
    wrong = [] if tables_that_differ(world / "circ.db", bench.finished) else ["offcirc's load wrote nothing"]
    bench.floor()
    wrong += [f"floor: another {table}" for table in tables_that_differ(world / "run.db", bench.finished)]
    own = exported(bench, bench.finished, "own")
    bench.rival()
    theirs = exported(bench, world / "run.db", "theirs")
    names = sorted(path.name for path in own.iterdir())
    _, differ, missing = filecmp.cmpfiles(own, theirs, names, shallow=False)
    return wrong + [f"rival: another {name}" for name in differ + missing] + ([] if names else ["nothing was exported"])


def tables_that_differ(one, other):
    rows = []
    for path in (one, other):
        with contextlib.closing(sqlite3.connect(path)) as database:
            names = [name for name, in database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1")]
            rows.append({name: sorted(database.execute(f"SELECT * FROM {name}"), key=repr) for name in names})
    return sorted(name for name in rows[0].keys() | rows[1].keys() if rows[0].get(name) != rows[1].get(name))


def exported(bench, database, name):
    run([bench.offcirc_program, "export", "--db", database, bench.world / name], cwd=bench.world)
    return bench.world / name


def tables_and_plot(build, work):
    """Each contestant has a row and a curve."""
    measure = Path(__file__).with_name("measure.py")
    subprocess.run([sys.executable, measure, "--build", build, "--work", work, "--size", "300:200:3", "--size",
                    "300:400:3", "--rounds", "1", "--no-side"], check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    with open(work / "cost.csv", encoding="utf-8", newline="") as file:
        rows = [(row["what"], int(row["lines"])) for row in csv.DictReader(file)]
    everybody = ["offcirc", "floor", "rival", "script", "durable"]
    expected = [(name, lines) for lines in (200, 400) for name in everybody + ["undo", "copies"]]
    wrong = [] if rows == expected else [f"cost.csv has the rows {rows}"]
    svg = "{http://www.w3.org/2000/svg}"
    root = xml.parse(work / "cost.svg").getroot()
    # Three panels: against lines with two points each, against items and stations with one.
    points = [len(line.get("points").split()) for line in root.iter(f"{svg}polyline")]
    if sorted(points) != [1] * 10 + [2] * 5:
        wrong.append(f"cost.svg has curves of {points} points")
    stages = (work / "cost.md").read_text(encoding="utf-8")
    return wrong + [f"cost.md lacks the stage {stage}" for stage in ("reading", "deciding", "reporting")
                    if stages.count(f"\n{stage},") != 2]


def verdicts():
    """A target is met up to its limit and missed beyond it, judged by the median of the pairs, not of the sums."""
    size = (targets.M, targets.M, 30)
    costs = {"offcirc": [Cost(20, 0, 399), Cost(30, 0, 401), Cost(10, 0, 390)],
             "floor": [Cost(10, 0), Cost(10, 0), Cost(6, 0)], "undo": [Cost(5, 0), Cost(70, 0), Cost(5, 0)]}
    rows = targets.verdicts({size: targets.figures(costs, {}, [])})
    said = [(row["wanted"], row["measured"], row[""]) for row in rows]
    expected = [("at most 2 floors", "2", "met"), ("at most 400 MB at its peak", "401", "MISSED"),
                ("at most 2 loads for an undo", "0.5", "met")]
    return [] if said == expected else [f"the verdicts are {said}"]


sys.exit(main())
