#!/usr/bin/env python3
"""samples/outage: the generator reproduces the files, and offcirc gives the expected result for each line.

Usage: test_outage.py OFFCIRC PROJECT_FOLDER
"""

import csv
import filecmp
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

NOW = "2026-06-12T20:00:00-05:00"


def main():
    offcirc, outage = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve() / "samples" / "outage"
    with tempfile.TemporaryDirectory() as temporary:
        wrong = regenerated(outage, Path(temporary) / "made")
        wrong += replayed(offcirc, outage, Path(temporary) / "copy")
        wrong += packed(offcirc, Path(temporary) / "copy")
    for sentence in wrong:
        print(sentence)
    return 1 if wrong else 0


def regenerated(outage, made):
    """The generator reproduces the files, byte for byte, and no others."""
    subprocess.run([sys.executable, outage / "generate.py", made], check=True)
    files = {path.relative_to(made) for path in made.rglob("*") if path.is_file()}
    kept = {path.relative_to(outage) for part in ("data", "logs") for path in (outage / part).rglob("*") if path.is_file()}
    wrong = [f"{path}: generate.py does not make it" for path in sorted(kept - files)]
    _, differ, missing = filecmp.cmpfiles(made, outage, sorted(map(str, files)), shallow=False)
    return wrong + [f"{path}: generate.py makes another one" for path in differ + missing]


def replayed(offcirc, outage, copy):
    """offcirc's result for each line is the one in expected.csv."""
    shutil.copytree(outage, copy)
    for arguments in (["init"], ["import", "data"]):
        subprocess.run([offcirc, *arguments], cwd=copy, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    check = report_of(offcirc, copy, "logs")
    if check.returncode != 1:
        return [f"check ended with {check.returncode} instead of 1"]
    said = {}
    for result in json.loads(check.stdout)["results"]:
        notes = ";".join(note["code"] for note in result["notes"])
        said[result["log"].removeprefix("logs/"), result["line"]] = (result["outcome"], notes)
    with open(outage / "expected.csv", encoding="utf-8", newline="") as file:
        expected = {(row["log"], int(row["line"])): (row["outcome"], row["notes"]) for row in csv.DictReader(file)}
    return [f"{log}:{line}: expected {expected.get((log, line))}, got {said.get((log, line))}"
            for log, line in sorted(expected.keys() | said.keys()) if expected.get((log, line)) != said.get((log, line))]


def report_of(offcirc, copy, path):
    return subprocess.run([offcirc, "check", path, "--now", NOW, "--json", "--quiet"], cwd=copy, stdout=subprocess.PIPE)


def packed(offcirc, copy):
    """The same logs in an archive give the same report, except for their paths."""
    of_folder = report_of(offcirc, copy, "logs").stdout
    wrong = []
    for kind in ("zip", "tar", "gztar", "bztar", "xztar"):
        archive = Path(shutil.make_archive(str(copy / "upload"), kind, root_dir=copy, base_dir="logs"))
        of_archive = report_of(offcirc, copy, archive.name).stdout
        if of_archive.replace(f"{archive.name}/".encode(), b"") != of_folder:
            wrong.append(f"{archive.name}: the report is not that of the folder")
        archive.unlink()
    return wrong


if __name__ == "__main__":
    sys.exit(main())
