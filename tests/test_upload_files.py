#!/usr/bin/env python3
"""What `sort --as` and `send` write is loaded like the logs that it was made from, and is what the system's own loader expects.

For Symphony, whose format says nearly everything: in a fresh database, loading the logs and loading the sorted output
give each transaction the same kind, IDs, due date, disposition and outcome, except for notes on clocks and libraries and
for what the format can't say. All lines are also checked by other means than offcirc's own parsers. The files of `send`
have each of its results once.

Usage: test_upload_files.py OFFCIRC PROJECT_FOLDER
"""

import csv
import io
import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta, timezone
from pathlib import Path

NOW = "2026-06-12T20:00:00-05:00"
SAID = ("kind", "user_id", "item_id", "due_at", "disposition", "outcome")
# Notes on clocks and libraries, which do not survive in another log.
OF_DESK = {"clock-jumped", "clock-went-backwards", "clock-ahead", "library-mismatch", "time-assumed", "order-assumed"}
NOT_IN_SYMPHONY = {"payment", "in-house-use"}


class System:
    """A copy of a system's folder, without configured clocks."""

    def __init__(self, offcirc, source, folder):
        shutil.copytree(source, folder)
        self.offcirc, self.folder = offcirc, folder
        config = folder / "offcirc.toml"
        text = re.sub(r"\[library\.clock\]\n(\w+ = .*\n)+", "", config.read_text())
        text = text.replace("[[library]]", '[offline.rules]\nlibrary-mismatch = "load"\n\n[[library]]', 1) \
            if "[offline.rules]" not in text else text
        text = re.sub(r'^(code = "(\w+)")$', r'\1\nsend = { group = "17" }', text, flags=re.MULTILINE)
        config.write_text(text)

    def run(self, *arguments, expect=(0, 1)):
        done = subprocess.run([self.offcirc, *arguments, "--now", NOW], cwd=self.folder, capture_output=True, check=False)
        assert done.returncode in expect, f"{arguments}: {done.returncode} {done.stderr.decode(errors='replace')}"
        return done

    def loaded(self, path):
        """The results of loading `path` into a fresh database."""
        for database in self.folder.glob("*.db*"):
            database.unlink()
        self.run("init", "--quiet", expect=(0,))
        self.run("import", "data", "--quiet", expect=(0,))
        return json.loads(self.run("load", path, "--json", "--quiet").stdout)["results"]


def rows_of(system, logs):
    """The rows of plain CSV: what the logs say of each transaction, in the same order as the results."""
    text = system.run("sort", logs, "--quiet").stdout.decode()
    return list(csv.DictReader(io.StringIO(text)))


def left_out(system, logs):
    """The places that standard error names as not in the output."""
    text = system.run("sort", "--as", "symphony", logs, "--quiet").stderr.decode()
    return set(re.findall(r"^(.+:\d+): Not in the output: ", text, re.MULTILINE))


def comparable(result):
    """What must be equal. A note on the desk may be the outcome, and may make a result a follow-up."""
    told = {key: result[key] for key in SAID}
    codes = {note["code"] for note in result["notes"]} | {result["outcome"]}
    told["codes"] = sorted(codes - OF_DESK - {"ok", "override-used"})
    if codes & OF_DESK:
        told["outcome"] = told["disposition"] = None
    return told


def expected_of(system, logs):
    rows, results, missing = rows_of(system, logs), system.loaded(logs), left_out(system, logs)
    results = [r for r in results if r["disposition"] != "unreadable" and r["kind"] != "unsupported"]
    assert len(rows) == len(results), f"{len(rows)} rows, {len(results)} results"
    users_in_logs = set()
    for row, result in zip(rows, results):
        notes = row["log_notes"].split(";")
        is_edit = "edits-registration" in notes
        if result["kind"] == "registration" and not is_edit:
            users_in_logs.add((result["log"], result["user_id"]))
        included = is_edit and (result["log"], result["user_id"]) in users_in_logs
        gone = result["disposition"] in ("already-loaded", "not-done") or "done-online" in notes or included
        unsaid = result["kind"] in NOT_IN_SYMPHONY or f"{result['log']}:{result['line']}" in missing
        if not gone and not unsaid:
            yield result


def compare(system, name, logs):
    expected = list(expected_of(system, logs))
    text = system.run("sort", "--as", "symphony", logs, "--quiet").stdout
    (system.folder / "standtrans.srt").write_bytes(text)
    found = system.loaded("standtrans.srt") if text else []
    wrong = []
    if len(expected) != len(found):
        wrong.append(f"{name}: {len(expected)} transactions expected, {len(found)} loaded")
    for before, after in zip(expected, found):
        one, other = comparable(before), comparable(after)
        if other["outcome"] is None or one["outcome"] is None:
            one["outcome"] = other["outcome"] = one["disposition"] = other["disposition"] = None
        if one != other:
            wrong.append(f"{name}, {before['log']}:{before['line']}:\n  {one}\n  {other}")
    return wrong, len(found)


def random_sheet(random_numbers, system, folder):
    """Some hundred random transactions at several desks, as a CSV sheet for each. Without payments: those that are not
    in the output would leave users blocked."""
    users = [row["user_id"] for row in csv.DictReader((system.folder / "data/users.csv").open())]
    items = [row["item_id"] for row in csv.DictReader((system.folder / "data/items.csv").open())]
    users = random_numbers.sample(users, min(len(users), 12)) + ["21221000099999"]
    items = random_numbers.sample(items, min(len(items), 25)) + ["31221000099999"]
    dues = ["", "", "2026-07-03", "2026-07-03T15:30", "2026-06-20T10:00:07", "NEVER", "2026-06-01"]
    folder.mkdir()
    for station, library in (("0201", "OSH"), ("0301", "NEE"), ("0401", "APP")):
        at = datetime(2026, 6, 12, 9, 0)
        lines = ["occurred_at,library,station,kind,user_id,item_id,due_at,due_from,discharged_on,log_notes"]
        for _ in range(60):
            at += timedelta(seconds=random_numbers.choice([0, 1, 20, 61, 200]))
            kind = random_numbers.choice(["checkout"] * 4 + ["checkin"] * 3 + ["renewal"])
            user = random_numbers.choice(users) if kind == "checkout" else ""
            item = random_numbers.choice(items)
            due = random_numbers.choice(dues) if kind in ("checkout", "renewal") else ""
            source = random_numbers.choice(["transaction", "session"]) if due else ""
            back = random_numbers.choice(["", "", "2026-06-11", "2026-06-12T08:00"]) if kind == "checkin" else ""
            waived = "fine-waived" if kind == "checkin" and random_numbers.random() < 0.3 else ""
            lines.append(f"{at.isoformat()},{library},{station},{kind},{user},{item},{due},{source},{back},{waived}")
        (folder / f"{station}.csv").write_text("\n".join(lines) + "\n")


def check_symphony_lengths(text):
    for line in text.splitlines():
        request = line[line.index(b"^S"):-5]
        assert request.endswith(b"^^O") and len(request) == int(line[-5:]), line


def check_evergreen(text):
    for line in text.decode("utf-8").splitlines():
        said = json.loads(line)
        assert isinstance(said["timestamp"], int) and said["delta"] == 0, line
        assert said["type"] in ("checkout", "checkin", "renew", "in_house_use"), line
        assert "due_date" not in said or "checkout_time" in said, line
        if "checkout_time" in said:
            at = datetime.strptime(said["checkout_time"], "%Y-%m-%dT%H:%M:%S.000Z").replace(tzinfo=timezone.utc)
            assert at.timestamp() == said["timestamp"], line


def check_alma(text):
    assert text.endswith(b"\r\n") or not text
    for line in text.split(b"\r\n")[:-1]:
        assert re.fullmatch(rb"\d{12}[LR].{80}.*", line), line
        datetime.strptime(line[:12].decode(), "%Y%m%d%H%M")
        assert (len(line) > 93) == (line[12:13] == b"L"), line


def check_sierra(text):
    for line in text.splitlines():
        assert re.fullmatch(rb"o:\d{10}:b[^:]+:b[^:]+:(\d{10})?:(17)?|i:\d{10}:b[^:]+:(b[^:]+)?::(17)?", line), line


def check_koha(text):
    lines = text.decode("windows-1252").splitlines()
    assert re.fullmatch(r"Version=1\.0\tGenerator=\S+\tGeneratorVersion=\S+", lines[0]), lines[0]
    last = {}
    for line in lines[1:]:
        stamp, command, *columns = line.split("\t")
        at = datetime.strptime(stamp, "%Y-%m-%d %H:%M:%S 000")
        assert (command, len(columns)) in (("issue", 2), ("return", 1), ("payment", 2)), line
        if command != "payment":
            assert at > last.get(columns[-1], datetime.min), line
            last[columns[-1]] = at


CHECKS = {"symphony": check_symphony_lengths, "evergreen": check_evergreen, "aleph": check_alma, "sierra": check_sierra,
          "koc": check_koha}


def check_lines(system, logs):
    count = 0
    for name, check in CHECKS.items():
        text = system.run("sort", "--as", name, logs, "--quiet").stdout
        check(text)
        count += len(text.splitlines())
    return count


# How a kind may be read back: a checkout that renewed is written as a renewal, and a renewal as a loan where the format
# has no renewals.
READ_AS = {"checkout": {"checkout", "renewal"}, "renewal": {"checkout", "renewal"}}
# Formats that say a due date; koc and aleph have none.
SAY_DUE = {"symphony", "evergreen", "sierra"}


def same_due(read, decided):
    """Whether both are the same time, or never. What is read is UTC or Chicago's time; a day, which Sierra writes with four
    o'clock, is the end of it."""
    if "NEVER" in (read, decided):
        return read == decided
    wanted = datetime.fromisoformat(decided)
    if read.endswith("Z"):
        return datetime.fromisoformat(read.replace("Z", "+00:00")) == wanted
    is_day = len(read) == len("2026-06-12") or read.endswith("T04:00:00")
    return read[:10] == decided[:10] if is_day else datetime.fromisoformat(read) == wanted.replace(tzinfo=None)


def compare_file(system, name, path, results, due_at):
    """Each result is in its file once, in order and with the due date that was decided; whatever else is there ends the
    loan of another user right before the checkout that names the item."""
    text = system.run("sort", "--format", name, "--library", "OSH", path, "--quiet").stdout.decode()
    rows = [row for row in csv.DictReader(io.StringIO(text))]
    by_item = {}
    for row in rows:
        by_item.setdefault((row["item_id"] or row["user_id"]), []).append(row)
    wrong = []
    for result in results:
        said = f"{name}, {path}, result {result['n']}"
        left = by_item.get(result["item_id"] or result["user_id"], [])
        if len(left) > 1 and result["kind"] == "checkout" and left[0]["kind"] == "checkin" and left[1]["kind"] == "checkout":
            left.pop(0)
        row = left.pop(0) if left else {"kind": "nothing"}
        if row["kind"] not in READ_AS.get(result["kind"], {result["kind"]}):
            wrong.append(f"{said}: a {result['kind']} is read back as {row['kind']}")
        elif result["kind"] == "checkout" == row["kind"] and row["user_id"] != result["user_id"]:
            wrong.append(f"{said}: for {row['user_id']} instead of {result['user_id']}")
        elif result["kind"] == "checkout" == row["kind"] and name in SAY_DUE and row["due_at"] and not same_due(row["due_at"], due_at[result["n"]]):
            wrong.append(f"{said}: due {row['due_at']} instead of {due_at[result['n']]}")
    left = sum(len(rows) for rows in by_item.values())
    return wrong + ([f"{name}, {path}: {left} lines that belong to no result"] if left else [])


def compare_sends(system, logs):
    """What `send` writes, for each system: read by the checks above and by offcirc's own parser."""
    system.loaded(logs)
    due_at = {r["n"]: r["due_at"] for r in json.loads(system.run("report", "--format", "json").stdout)["results"]}
    wrong, count = [], 0
    for number, (name, check) in enumerate(CHECKS.items(), 1):
        said = json.loads(system.run("send", "--as", name, "--outbox", "upload", "--json").stdout)
        for file in said["files"]:
            path = Path("upload") / f"send-{number}" / file["path"]
            text = (system.folder / path).read_bytes()
            check(text)
            results = [r for r in said["results"] if r["file"] == file["path"]]
            wrong += compare_file(system, name, str(path), results, due_at)
            count += len(results)
        states = {r["state"] for r in said["results"]}
        if not states <= {"handed-out", "by-hand"} or not said["files"]:
            wrong.append(f"{name}: {len(said['files'])} files, states {states}")
        system.run("send", "--withdraw", str(number), expect=(0,))
    shutil.rmtree(system.folder / "upload")
    return wrong, count


def main():
    offcirc, project = str(Path(sys.argv[1]).resolve()), Path(sys.argv[2]).resolve()
    wrong, count, lines, sent = [], 0, 0, 0
    with tempfile.TemporaryDirectory(prefix="offcirc-test-") as top:
        systems = [System(offcirc, project / "samples/outage", Path(top) / "outage"),
                   System(offcirc, project / "tests/cases/common", Path(top) / "common")]
        samples = [path for path in project.glob("samples/*.*") if path.name not in ("CMakeLists.txt", "demo.sh")]
        for path in samples:
            shutil.copy(path, systems[1].folder)
        random_numbers = random.Random(7)
        sheets = [f"random{i}" for i in range(3)]
        for name in sheets:
            random_sheet(random_numbers, systems[0], systems[0].folder / name)
        for system, logs in [(systems[0], "logs"), *((systems[0], name) for name in sheets), (systems[1], "logs"),
                             *((systems[1], path.name) for path in samples)]:
            found, compared = compare(system, logs, logs)
            wrong += found
            count += compared
            lines += check_lines(system, logs)
        for logs in ("logs", *sheets):
            found, compared = compare_sends(systems[0], logs)
            wrong += found
            sent += compared
    for sentence in wrong:
        print(sentence)
    print(f"{count} transactions and {lines} lines sorted, {sent} results in files of send, {len(wrong)} wrong")
    return 1 if wrong or count < 500 or sent < 1500 else 0


if __name__ == "__main__":
    sys.exit(main())
