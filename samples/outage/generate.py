#!/usr/bin/env python3
"""Generates the sample outage, an afternoon without the server: data/, logs/, expected.csv, and the table in README.md.

Usage, from any folder: python3 generate.py [FOLDER]. It writes next to itself, or into FOLDER. The output is always the
same.
"""

import csv
import sys
from datetime import timedelta
from pathlib import Path

sys.dont_write_bytecode = True

from story.at_the_server import at_the_server  # noqa: E402
from story.desk import Desk, at  # noqa: E402
from story.everyday import everyday_traffic  # noqa: E402
from story.scenes import all_scenes  # noqa: E402
from story.world import Chance, World  # noqa: E402

HERE = Path(__file__).resolve().parent
TABLE_BEGINS = "<!-- Made by generate.py from here on -->\n"
COPY = "OSH/standlog.0201.1400"  # of the log of station 0201, saved at 14:00


def applebay_clock(when):
    """The station's clock is four minutes fast until it is corrected at 15:31; one line at 14:30 is 40 minutes
    further ahead."""
    if when == at("14:30"):
        return 2640
    return 240 if when < at("15:31") else 0


def make_desks():
    desks = [
        Desk("OSH", "0201"),
        Desk("OSH", "0202", ahead=lambda when: -420),
        Desk("OSH", "0203"),
        Desk("NEE", "0301", line_end=b"\r\n"),
        Desk("NEE", "0302", line_end=b"\r\n", ahead=lambda when: 5 * 3600),
        Desk("APP", "0401", ahead=applebay_clock),
    ]
    for desk in desks:
        begins = at("17:05") if desk.station == "0302" else at("13:05")
        for second, command in enumerate(("NF", "HF", "SF")):
            desk.line(begins + timedelta(seconds=second), command, "blank")
    return {desk.station: desk for desk in desks}


def write_logs(folder, desks):
    """Writes every log; returns (path, line number, Line, expected) for each line."""
    rows = []
    for desk in desks.values():
        written = desk.written()
        write(folder / desk.path, written, desk.line_end)
        rows += [(desk.path, number, line, line.expected) for number, (line, _) in enumerate(written, 1)]
    written = [pair for pair in desks["0201"].written() if pair[0].when < at("14:00")]
    write(folder / COPY, written, desks["0201"].line_end)
    for number, (line, _) in enumerate(written, 1):
        rows.append((COPY, number, line, "blank" if line.expected == "blank" else "already-loaded"))
    return rows


def write(path, written, line_end):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"".join(content + line_end for _, content in written))


def write_expected(path, rows):
    """Writes what offcirc should report for each line that is not blank."""
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("log", "line", "outcome", "notes"))
        for log, number, _, expected in sorted(rows, key=lambda row: row[:2]):
            outcome, *notes = expected.split()
            if outcome != "blank":
                writer.writerow((log, number, outcome, ";".join(notes)))


def write_table(source, target, rows):
    """Replaces the table of scenes, in time order, below the marker in README.md."""
    story = [row for row in rows if row[2].told and row[0] != COPY]
    story.sort(key=lambda row: (row[2].when, row[0]))
    text = source.read_text(encoding="utf-8").split(TABLE_BEGINS)[0] + TABLE_BEGINS
    text += "\n| time | log, line | what happened at the desk | what offcirc says |\n|---|---|---|---|\n"
    for log, number, line, expected in story:
        day = "" if line.when.date() == at("13:05").date() else f"{line.when:%B} {line.when.day}, "
        outcome, *notes = expected.split()
        said = f"`{outcome}`" + "".join(f", `{note}`" for note in notes)
        text += f"| {day}{line.when:%H:%M} | {log}, {number} | {line.told} | {said} |\n"
    target.write_text(text, encoding="utf-8")


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    world = World(Chance(20260612))
    desks = make_desks()
    all_scenes(world, desks)
    everyday_traffic(world, desks)
    at_the_server(world, desks)
    folder.mkdir(parents=True, exist_ok=True)
    world.write(folder / "data")
    rows = write_logs(folder / "logs", desks)
    write_expected(folder / "expected.csv", rows)
    write_table(HERE / "README.md", folder / "README.md", rows)


if __name__ == "__main__":
    main()
