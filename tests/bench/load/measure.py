"""Measures loads: makes worlds, lets the contestants load them in turns, and writes what each cost as tables and a plot.
run.sh calls it. Ratios are medians of the pairs of one round, since the machine is never the same for long."""
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

from contestants import Bench, run
from plot import write_plot
from side import measure_side

EVERYBODY = ["offcirc", "floor", "rival", "script", "durable"]
MOST_DURABLE_LINES = 10_000  # and once only: it waits for the disk at each line


def size_of(words):
    items, lines = (int(float(word)) for word in words.split(":"))
    return items, lines


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", required=True, help="the folder of the build")
    parser.add_argument("--work", required=True, help="where worlds and figures go")
    parser.add_argument("--size", action="append", type=size_of, metavar="ITEMS:LINES",
                        help="a world; may be repeated (default: some that take minutes)")
    parser.add_argument("--stations", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--contestants", default=",".join(EVERYBODY))
    parser.add_argument("--no-side", action="store_true", help="loads only: no start-up, import, export")
    parser.add_argument("--keep", action="store_true", help="keep the worlds for the next time")
    given = parser.parse_args()
    given.size = given.size or [(100_000, 10_000), (1_000_000, 10_000), (1_000_000, 100_000)]
    return given


def make_world(given, items, lines):
    folder = pathlib.Path(given.work) / f"world-{items}-{lines}-{given.stations}-{given.seed}"
    if not (folder / "made").exists():
        shutil.rmtree(folder, ignore_errors=True)
        run([Bench(given.build, folder).program("bench_world"), folder, f"items={items}", f"lines={lines}",
             f"stations={given.stations}", f"seed={given.seed}"])
        (folder / "made").touch()
    return folder


def measure(bench, names, rounds, lines):
    """{name: [Cost of each round]}"""
    costs = {name: [] for name in names if name != "durable" or lines <= MOST_DURABLE_LINES}
    costs["undo"] = []
    for number in range(rounds):
        for name, of_name in costs.items():
            if name == "durable" and number > 0:
                continue
            of_name.append(getattr(bench, name)())
            print(f"  round {number + 1}: {name} {of_name[-1].cpu:.2f} s", file=sys.stderr, flush=True)
    return costs


def row_of(items, lines, name, costs, offcirc):
    cpu = [cost.cpu for cost in costs]
    memory = [cost.megabytes for cost in costs if cost.megabytes]
    ratio = statistics.median(one.cpu / own.cpu for one, own in zip(costs, offcirc))
    return {"items": items, "lines": lines, "what": name, "cpu_s": f"{statistics.median(cpu):.3f}",
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
    shell = subprocess.run(["sqlite3", "--version"], capture_output=True, text=True).stdout.split()[:1]
    return (f"Processor: {model}, {os.cpu_count()} of them, load {os.getloadavg()[0]:.1f}\nKernel: {platform.release()}\n"
            f"SQLite: {' '.join(shell)}; {' '.join(options)}\n")


def plot(work, rows):
    def curves(key, fixed):
        points = {}
        for row in rows:
            if row["what"] in EVERYBODY and fixed(row):
                points.setdefault(row["what"], []).append((row[key], float(row["us_a_line"])))
        return points

    common = max((sum(row["lines"] == lines for row in rows), lines) for lines in {row["lines"] for row in rows})[1]
    usual = max((sum(row["items"] == items for row in rows), items) for items in {row["items"] for row in rows})[1]
    write_plot(work / "cost.svg",
               [(f"{usual:,} items", "lines", curves("lines", lambda row: row["items"] == usual)),
                (f"{common:,} lines", "items", curves("items", lambda row: row["lines"] == common))])


def main():
    given = arguments()
    work = pathlib.Path(given.work)
    work.mkdir(parents=True, exist_ok=True)
    rows, stages = [], ""
    print(machine())
    for items, lines in given.size:
        print(f"{items:,} items, {lines:,} lines", file=sys.stderr, flush=True)
        bench = Bench(given.build, make_world(given, items, lines))
        costs = measure(bench, given.contestants.split(","), given.rounds, lines)
        rows += [row_of(items, lines, name, of_name, costs["offcirc"]) for name, of_name in costs.items()]
        stages += f"\n{items:,} items, {lines:,} lines, by stage\n{bench.stages()}"
        side = [] if given.no_side else measure_side(bench, given.rounds)
        for row in side:
            print(f"{items:,} items: {row}")
        if not given.keep:
            shutil.rmtree(bench.world)
    (work / "cost.md").write_text(markdown(rows) + stages, encoding="utf-8")
    with open(work / "cost.csv", "w", newline="", encoding="utf-8") as table:
        writer = csv.DictWriter(table, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    plot(work, rows)
    print((work / "cost.md").read_text(encoding="utf-8"))
    print(f"The same is in {work / 'cost.md'} and {work / 'cost.csv'}, the curves in {work / 'cost.svg'}")


main()
