"""Measures loads: creates worlds, lets the contestants load them in turn, and writes each one's cost as tables and a
plot. run.sh calls it. Ratios are medians over pairs from the same round, because the machine's speed varies."""
import argparse
import csv
import os
import pathlib
import platform
import shutil
import sqlite3
import statistics
import subprocess
import sys

import targets
from contestants import Bench, run
from plot import write_plot
from side import measure_messages, measure_side, side_rows

EVERYBODY = ["offcirc", "floor", "rival", "script", "durable"]
# Above these sizes, these contestants take hours. `durable`, which waits for the disk at every line, runs only once.
MOST_LINES = {"durable": 10_000, "rival": 1_000_000, "script": 1_000_000}
MOST_LINES_IN_ROUNDS = 1_000_000  # larger loads run once
MOST_ITEMS_ASIDE = 1_000_000
STATIONS = 30
QUICK = ("1e5:1e4", "1e6:1e4", "1e6:1e5", "1e6:1e5:3", "1e6:1e5:297")


def size_of(words):
    """Parses items, lines, and stations."""
    items, lines, stations = [int(float(word)) for word in words.split(":")] + [STATIONS] * (2 - words.count(":"))
    return items, lines, stations


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", required=True, help="the folder of the build")
    parser.add_argument("--work", required=True, help="where worlds and figures go")
    parser.add_argument("--size", action="append", type=size_of, metavar="ITEMS:LINES[:STATIONS]",
                        help=f"a world; may be repeated (default: {' '.join(QUICK)})")
    parser.add_argument("--targets", action="store_true", help="the worlds of all that is wanted: more than an hour")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--contestants", default=",".join(EVERYBODY))
    parser.add_argument("--no-side", action="store_true", help="loads only: no start-up, import, export, sending")
    parser.add_argument("--keep", action="store_true", help="keep the worlds for the next time")
    given = parser.parse_args()
    given.size = (given.size or []) + (targets.sizes() if given.targets else [])
    given.size = given.size or [size_of(words) for words in QUICK]
    return given


def make_world(given, items, lines, stations):
    folder = pathlib.Path(given.work) / f"world-{items}-{lines}-{stations}-{given.seed}"
    if not (folder / "made").exists():
        shutil.rmtree(folder, ignore_errors=True)
        run([Bench(given.build, folder).program("bench_world"), folder, f"items={items}", f"lines={lines}",
             f"stations={stations}", f"seed={given.seed}"])
        (folder / "made").touch()
    return folder


def measure(bench, names, rounds, lines):
    """{name: [Cost of each round]}"""
    costs = {name: [] for name in names if lines <= MOST_LINES.get(name, lines)}
    costs.update(undo=[], copies=[])
    for number in range(rounds if lines <= MOST_LINES_IN_ROUNDS else 1):
        for name, of_name in costs.items():
            if name == "durable" and number > 0:
                continue
            of_name.append(getattr(bench, name)())
            print(f"  round {number + 1}: {name} {of_name[-1].cpu:.2f} s", file=sys.stderr, flush=True)
    return costs


def row_of(size, name, costs, offcirc):
    cpu = [cost.cpu for cost in costs]
    memory = [cost.megabytes for cost in costs if cost.megabytes]
    items, lines, stations = size
    ratio = statistics.median(one.cpu / own.cpu for one, own in zip(costs, offcirc))
    return {"items": items, "lines": lines, "stations": stations, "what": name, "cpu_s": f"{statistics.median(cpu):.3f}",
            "cpu_least_s": f"{min(cpu):.3f}", "cpu_most_s": f"{max(cpu):.3f}",
            "wall_s": f"{statistics.median(cost.wall for cost in costs):.3f}",
            "peak_mb": f"{max(memory):.0f}" if memory else "", "us_a_line": f"{statistics.median(cpu) / lines * 1e6:.2f}",
            "of_offcirc": f"{ratio:.2f}"}


def markdown(rows):
    names = list(rows[0])
    lines = ["| " + " | ".join(names) + " |", "|" + "---|" * len(names)]
    return "\n".join(lines + ["| " + " | ".join(str(row[name]) for name in names) + " |" for row in rows]) + "\n"


def machine():
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "?")
    options = [row[0] for row in sqlite3.connect(":memory:").execute("PRAGMA compile_options")]
    return (f"Processor: {model}, {os.cpu_count()} of them, load {os.getloadavg()[0]:.1f}\nKernel: {platform.release()}\n"
            f"SQLite: {sqlite3.sqlite_version}; {' '.join(options)}\n")


def plot(work, rows):
    """Cost per line against each of the three sizes, over the worlds where the other two are equal."""
    panels = []
    for against in ("lines", "items", "stations"):
        others = [key for key in ("items", "lines", "stations") if key != against]
        groups = {}
        for row in rows:
            groups.setdefault(tuple(row[key] for key in others), []).append(row)
        # The curve with the most points; of several, the one of the largest worlds.
        fixed, alike = max(groups.items(), key=lambda group: (len({row[against] for row in group[1]}), group[0]))
        points = {}
        for row in alike:
            if row["what"] in EVERYBODY:
                points.setdefault(row["what"], []).append((row[against], float(row["us_a_line"])))
        panels.append((", ".join(f"{value:,} {key}" for value, key in zip(fixed, others)), against, points))
    write_plot(work / "cost.svg", panels)


def write_tables(work, rows, side, wanted, stages):
    """Writes everything to cost.md, and each contestant's cost in each world to cost.csv and, as curves, to
    cost.svg."""
    tables = [markdown(table) for table in (rows, side, wanted) if table]
    (work / "cost.md").write_text(machine() + "\n" + "\n".join(tables) + stages, encoding="utf-8")
    with open(work / "cost.csv", "w", newline="", encoding="utf-8") as table:
        writer = csv.DictWriter(table, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    plot(work, rows)


def main():
    given = arguments()
    work = pathlib.Path(given.work)
    work.mkdir(parents=True, exist_ok=True)
    rows, side, measured, stages, aside = [], [], {}, "", set()
    for size in given.size:
        items, lines, stations = size
        world = f"{items:,} items, {lines:,} lines, {stations} stations"
        print(world, file=sys.stderr, flush=True)
        bench = Bench(given.build, make_world(given, *size))
        costs = measure(bench, given.contestants.split(","), given.rounds, lines)
        rows += [row_of(size, name, of_name, costs["offcirc"]) for name, of_name in costs.items()]
        stages += f"\n{world}, by stage\n{bench.stages()}"
        pairs, messages = {}, []
        if not given.no_side and items <= MOST_ITEMS_ASIDE and items not in aside:
            aside.add(items)
            pairs, messages = measure_side(bench, given.rounds), measure_messages(bench, given.rounds)
            side += side_rows(items, pairs)
        measured[size] = targets.figures(costs, pairs, messages)
        write_tables(work, rows, side, targets.verdicts(measured), stages)
        if not given.keep:
            shutil.rmtree(bench.world)
    print((work / "cost.md").read_text(encoding="utf-8"))
    print(f"The same is in {work / 'cost.md'}, the first table in {work / 'cost.csv'}, the curves in {work / 'cost.svg'}")


main()
