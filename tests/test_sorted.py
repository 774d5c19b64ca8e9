#!/usr/bin/env python3
"""Sorted output is judged like the logs that it was made from, record by record, whatever library-mismatch is set to.

Usage: test_sorted.py OFFCIRC PROJECT_FOLDER
"""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

NOW = "2026-06-12T20:00:00-05:00"
SETTINGS = {"as it is": "", "load": '\n[offline.rules]\nlibrary-mismatch = "load"\n',
            "reject": '\n[offline.rules]\nlibrary-mismatch = "reject"\n'}
SAID = ("kind", "library", "station", "user_id", "item_id", "recorded_at", "occurred_at", "due_at", "due_from", "bill",
        "disposition", "outcome")
# A temporary library, a clock that jumps, one that steps back, an override, and a log in another library's folder.
LOGS = {
    "OSH/standlog.0201": """\
E202606121000000201R ^S01CVFEOSH^WINEE^UO21221000000015^NQ31221000000013^OLY^^O
E202606121001000201R ^S02CVFEOSH^UO21221000000023^NQ31221000000039^^O
E202606121301000201R ^S03CVFEOSH^UO21221000000023^NQ31221000000047^^O
E202606121003000201R ^S04EVFEOSH^NQ31221000000021^^O
E202606121004000201R ^S05EVFEOSH^NQ31221000000054^^O
E202606121002000201R ^S06EVFEOSH^NQ31221000000062^^O
""",
    "NEE/standlog.0202": "E202606121002000202R ^S01CVFEOSH^UO21221000000015^NQ31221000000054^^O\n",
    "NEE/desk.koc": "Version=1.0\tGenerator=kocQt4\tGeneratorVersion=2.0.0\n"
                    "2026-06-12 10:05:00 000\tissue\t21221000000015\t31221000000070\n",
}


class System:
    """A copy of a system's folder with an empty database, into which its data are imported."""

    def __init__(self, offcirc, folder):
        self.offcirc, self.folder = offcirc, folder
        config = folder / "offcirc.toml"
        self.config = config.read_text()

    def run(self, *arguments):
        return subprocess.run([self.offcirc, *arguments, "--now", NOW, "--quiet"], cwd=self.folder, capture_output=True,
                              check=False)

    def prepare(self):
        for command in (["init"], ["import", "data"]):
            done = self.run(*command)
            assert done.returncode == 0, done.stderr.decode()

    def set(self, setting):
        if setting and "[offline.rules]" in self.config:
            mismatch = setting.strip().splitlines()[-1]
            text = self.config.replace("[offline.rules]", f"[offline.rules]\n{mismatch}", 1)
        else:
            text = self.config.replace("[[library]]", setting + "\n[[library]]", 1)
        (self.folder / "offcirc.toml").write_text(text)

    def decided(self, path):
        """The decision on each record that sort writes a row for."""
        done = self.run("check", path, "--json")
        assert done.returncode in (0, 1), done.stderr.decode()
        results = [result for result in json.loads(done.stdout)["results"]
                   if result["disposition"] != "unreadable" and result["kind"] != "unsupported"]
        return [{**{key: r[key] for key in SAID}, "notes": sorted(note["code"] for note in r["notes"])} for r in results]


def compare(system, name, logs):
    wrong, count = [], 0
    for setting, text in SETTINGS.items():
        system.set(text)
        done = system.run("sort", logs)
        assert done.returncode in (0, 1), done.stderr.decode()
        # In a library's folder: the location of sorted output must make no difference.
        (system.folder / "OSH").mkdir(exist_ok=True)
        (system.folder / "OSH" / "sorted.csv").write_bytes(done.stdout)
        expected, found = system.decided(logs), system.decided("OSH/sorted.csv")
        count += len(expected)
        if len(expected) != len(found):
            wrong.append(f"{name}, {setting}: {len(expected)} records, sorted {len(found)}")
        for one, other in zip(expected, found):
            if one != other:
                wrong.append(f"{name}, {setting}:\n  {one}\n  {other}")
    return wrong, count


def main():
    offcirc, project = str(Path(sys.argv[1]).resolve()), Path(sys.argv[2]).resolve()
    wrong, count = [], 0
    with tempfile.TemporaryDirectory(prefix="offcirc-test-") as top:
        folder = Path(top) / "outage"
        shutil.copytree(project / "samples/outage", folder)
        system = System(offcirc, folder)
        system.prepare()
        samples = [path for path in project.glob("samples/*.*") if path.name not in ("CMakeLists.txt", "demo.sh")]
        for logs in [folder / "logs", *samples]:
            found, compared = compare(system, logs.name, str(logs))
            wrong += found
            count += compared
    with tempfile.TemporaryDirectory(prefix="offcirc-test-") as top:
        folder = Path(top) / "desks"
        shutil.copytree(project / "tests/cases/common", folder)
        for name, text in LOGS.items():
            log = folder / "desks" / name
            log.parent.mkdir(parents=True, exist_ok=True)
            log.write_text(text)
        system = System(offcirc, folder)
        system.prepare()
        found, compared = compare(system, "desks", "desks")
        wrong += found
        count += compared
    for sentence in wrong:
        print(sentence)
    print(f"{count} records, {len(wrong)} wrong")
    return 1 if wrong or count < 300 else 0


if __name__ == "__main__":
    sys.exit(main())
