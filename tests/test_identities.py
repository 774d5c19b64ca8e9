#!/usr/bin/env python3
"""Nothing is loaded twice, in any format: a log that is loaded again is already loaded, line by line, in any file.

Usage: test_identities.py OFFCIRC PROJECT_FOLDER
"""

import csv
import gzip
import json
import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

from small_system import SmallSystem

CONFIG = """max_age_days = 3650

[[library]]
code = "OSH"
"""
# The number of header lines that the second half of a log in this format needs as well.
HEADERS = {"csv": 1, "koc": 1}
# Their records span several lines or are identified by their position in the log, so their logs are not cut.
NOT_CUT = {"sip2": "requests and answers belong together", "scan": "lines say no time"}
# The record on these lines continues on the next one: a quoted line break.
WITHIN_RECORD = {"csv": {11}}
# The line after these is identical: if cut there, it is taken for a copy until the whole log is loaded.
ALIKE = {"symphony": {20}}


class Library(SmallSystem):
    """An empty database: rejected records are recorded as well."""

    def __init__(self):
        super().__init__(CONFIG)

    def write(self, name, content):
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        # Lists without times take their file's time; their identity does not depend on it.
        os.utime(path, (1781276400, 1781276400))
        return name

    def print(self, *arguments):
        """The command's output; records may be rejected."""
        status, output, said = self.run(*arguments)
        assert status in (0, 1), said.decode()
        return output

    def load(self, *paths):
        """Among the records that are not blank: how many are new and how many already loaded."""
        totals = json.loads(self.print("load", *paths, "--json"))["totals"]
        known = totals["already_loaded"]
        return totals["lines"] - totals["blank"] - known, known


def packed(name, log):
    """The log in other files."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(zipfile.ZipInfo("OSH/" + name, (2026, 6, 12, 10, 0, 0)), log)
    return {name: log, "OSH/" + name: log, "another": log, name + ".gz": gzip.compress(log), "upload.zip": archive.getvalue()}


def cuts(format_name, log):
    """Cuts the log after every third line: yields the number of lines before the cut, and the two halves."""
    lines = log.splitlines(keepends=True)
    header = b"".join(lines[:HEADERS.get(format_name, 0)])
    begin = max(HEADERS.get(format_name, 0), 1)
    for at in range(begin, len(lines)):
        if at in WITHIN_RECORD.get(format_name, ()) or (at % 3 != 0 and at not in ALIKE.get(format_name, ())):
            continue
        # A header determines how the times after it are read.
        in_force = [line for line in lines[:at] if line.startswith(b"Version=")][-1:] or [header]
        yield at, b"".join(lines[:at]), in_force[0] + b"".join(lines[at:])


def check_again(name, log):
    """A re-upload, a copy under another name, compressed, and in an archive, before and after undo."""
    wrong = []
    with Library() as library:
        new, known = library.load(library.write(name, log))
        if new == 0 or known != 0:
            wrong.append(f"the first time {new} are new and {known} known")
        for again, content in packed(name, log).items():
            if library.load(library.write(again, content)) != (0, new):
                wrong.append(f"as {again} not all of it is known")
        library.must("undo", "1")
        if library.load(name) != (new, 0):
            wrong.append("undone, it is still known")
        if library.load(name) != (0, new):
            wrong.append("undone and loaded again, it is not known")
    return wrong


def check_sorted(name, log):
    """The output of sort has the log's identities, whichever is loaded first."""
    wrong = []
    with Library() as library:
        rows = library.print("sort", library.write(name, log))
        count = len(list(csv.reader(rows.decode().splitlines()))) - 1
        new, _ = library.load(name)
        if library.load(library.write("sorted.csv", rows)) != (0, count):
            wrong.append("what sort made of it is not known")
    with Library() as library:
        library.write(name, log)
        if library.load(library.write("sorted.csv", rows)) != (count, 0):
            wrong.append("what sort made of it can't be loaded")
        if library.load(name) != (new - count, count):
            wrong.append("behind what sort made of it, it is not known")
    return wrong


def check_cut(format_name, name, log):
    """The log is extended and uploaded again, or split in two that are loaded together or one after the other."""
    wrong, tried = [], 0
    with Library() as library:
        total, _ = library.load(library.write(name, log))
    for at, first, second in cuts(format_name, log):
        alike = 1 if at in ALIKE.get(format_name, ()) else 0
        with Library() as library:
            begun, _ = library.load(library.write(name, first))
            if library.load(library.write(name, log)) != (total - begun, begun):
                wrong.append(f"appended to behind line {at} its beginning is not known")
        with Library() as library:
            library.write("1/" + name, first)
            library.write("2/" + name, second)
            if library.load("1", "2", "--format", format_name) != (total - alike, alike):
                wrong.append(f"split behind line {at} it is not the same")
            if library.load(library.write(name, log)) != (alike, total - alike):
                wrong.append(f"behind its halves, split at line {at}, it is not known")
        tried += 1
    return wrong if tried > 1 else [*wrong, "it was not cut"]


def check_alike():
    """Lines that are identical to the second."""
    header = b"recorded_at,library,kind,user_id,item_id\n"
    line = b"2026-06-12T10:00:00,OSH,checkin,,31221000000013\n"
    wrong = []

    def expect(what, found, expected):
        if found != expected:
            wrong.append(f"{what}: expected {expected}, got {found}")

    with Library() as library:
        expect("two in one log are two", library.load(library.write("a.csv", header + 2 * line)), (2, 0))
        expect("both are known", library.load(library.write("b.csv", header + 2 * line)), (0, 2))
        expect("a third one is new", library.load(library.write("a.csv", header + 3 * line)), (1, 2))
    with Library() as library:
        library.write("1.csv", header + line)
        library.write("2.csv", header + line)
        expect("one in each of two logs is a copy", library.load("1.csv", "2.csv"), (1, 1))
        expect("the whole log brings the other", library.load(library.write("a.csv", header + 2 * line)), (1, 1))
    with Library() as library:
        expect("one", library.load(library.write("a.csv", header + line)), (1, 0))
        expect("appended, alike", library.load(library.write("a.csv", header + 2 * line)), (1, 1))
    return wrong


def main():
    Library.offcirc, project = str(Path(sys.argv[1]).resolve()), Path(sys.argv[2]).resolve()
    formats = subprocess.run([Library.offcirc, "formats"], capture_output=True, text=True, check=True).stdout
    wrong = [f"alike: {sentence}" for sentence in check_alike()]
    names = [line.split()[0] for line in formats.splitlines()]
    for format_name in names:
        sample, = project.glob(f"samples/{format_name}.*")
        log = sample.read_bytes()
        found = check_again(sample.name, log) + check_sorted(sample.name, log)
        if format_name not in NOT_CUT:
            found += check_cut(format_name, sample.name, log)
        wrong += [f"{format_name}: {sentence}" for sentence in found]
    for sentence in wrong:
        print(sentence)
    print(f"{len(names)} formats, {len(wrong)} wrong")
    return 1 if wrong or len(names) < 8 else 0


if __name__ == "__main__":
    sys.exit(main())
