"""The setting for the tests in this folder: a small library system in its own folder, logs that can be loaded
completely, and ways to tell whether the database is in its state before or after the load."""

import os
import shutil
import sqlite3
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import small_system
from small_system import SmallSystem

CONFIG = """email = ["system@example.org"]

[[library]]
code = "OSH"

[[library]]
code = "NEE"
email = ["circ@needle.example.org"]

[[profile]]
name = "PUBLIC"

[mail]
sendmail = "sendmail"
from = "offcirc@example.org"
when = "always"
"""
CIRCULATION = ("users", "user_aliases", "items", "titles", "charges", "holds", "bills", "uses", "identities")
# Violations of the invariants; database_dump.cpp has the same for the other tests.
INVARIANTS = (
    """SELECT 'recorded twice', identity_recorded, identity_content, identity_ordinal FROM results JOIN loads USING (load)
       WHERE disposition <> 'already-loaded' AND undone_at IS NULL GROUP BY 2, 3, 4 HAVING count(*) > 1""",
    """SELECT 'without identity', r.result FROM results r JOIN loads USING (load) WHERE disposition <> 'already-loaded'
       AND undone_at IS NULL AND r.result NOT IN (SELECT result FROM identities)""",
    """SELECT 'not as many results as it says', load FROM loads l
       WHERE result_count <> (SELECT count(*) FROM results r WHERE r.load = l.load)""",
    """SELECT 'records that do not add up', load FROM loads l
       WHERE result_count <> (SELECT total(records) - total(blank) FROM load_logs g WHERE g.load = l.load)""")


def everything():
    """Whether to test every place instead of a sample."""
    return os.environ.get("OFFCIRC_FAULTS") == "all"


class World(SmallSystem):
    def __init__(self, lines):
        super().__init__(CONFIG)
        self.lines = lines
        sendmail = self.folder / "sendmail"
        sendmail.write_text("#!/bin/sh\ncat >/dev/null\n")
        sendmail.chmod(0o755)
        self.write_data()
        self.logs = self.make_logs()
        self.write_logs()
        self.must("import", "data")
        shutil.copy(self.folder / "circ.db", self.folder / "kept.db")
        self.before = self.dump(CIRCULATION)

    def write_data(self):
        data = self.folder / "data"
        data.mkdir()
        (data / "users.csv").write_text("user_id,profile,library\n" + "".join(
            f"2{n:05},PUBLIC,OSH\n" for n in range(100)))
        (data / "items.csv").write_text("item_id,item_type,library,home_location,current_location\n" + "".join(
            f"3{n:07},BOOK,OSH,STACKS,STACKS\n" for n in range(self.lines)))

    def make_logs(self):
        """Library -> text: checkouts in two logs of the same name, interleaved in time."""
        logs = {library: ["recorded_at,station,kind,user_id,item_id\n"] for library in ("OSH", "NEE")}
        at = datetime(2026, 6, 12, 8)
        for n in range(self.lines):
            at += timedelta(milliseconds=36_000_000 // self.lines)
            logs["OSH" if n % 2 else "NEE"].append(
                f"{at:%Y-%m-%dT%H:%M:%S},0001,checkout,2{n % 100:05},3{n:07}\n")
        return {library: "".join(lines) for library, lines in logs.items()}

    def write_logs(self):
        for library, text in self.logs.items():
            folder = self.folder / "logs" / library
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "desk.csv").write_text(text)

    def put_back(self):
        """Restores the database and the logs as they were before the load."""
        for name in ("circ.db", "circ.db-journal", "circ.db-lock", "circ.db-mail"):
            (self.folder / name).unlink(missing_ok=True)
        for name in ("logs", "archive", "reports"):
            shutil.rmtree(self.folder / name, ignore_errors=True)
        shutil.copy(self.folder / "kept.db", self.folder / "circ.db")
        self.write_logs()

    def load(self, *options, under=()):
        """Exit status and standard error."""
        process = self.start_load(*options, under=under)
        said = process.communicate()[1]
        return process.returncode, said

    def start_load(self, *options, under=()):
        return self.start("load", "logs", "--quiet", *options, under=under, text=True, stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE)

    def dump(self, tables):
        """Every row of these tables, sorted; an interrupted transaction is rolled back first."""
        database = sqlite3.connect(self.folder / "circ.db")
        try:
            columns = {table: len(database.execute(f"PRAGMA table_info({table})").fetchall()) for table in tables}
            return {table: database.execute(f"SELECT * FROM {table} ORDER BY " + ", ".join(
                str(column + 1) for column in range(columns[table]))).fetchall() for table in tables}
        finally:
            database.close()

    def what_is_wrong(self):
        """Violations found, empty if there are none."""
        database = sqlite3.connect(self.folder / "circ.db")
        try:
            wrong = [row for row in database.execute("PRAGMA integrity_check") if row != ("ok",)]
            wrong += database.execute("PRAGMA foreign_key_check").fetchall()
            for invariant in INVARIANTS:
                wrong += database.execute(invariant).fetchall()
            return wrong
        finally:
            database.close()

    def files(self, folder):
        """Path below `folder` -> bytes, except hidden files."""
        root = self.folder / folder
        return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*")
                if path.is_file() and not path.name.startswith(".")}


def main(trials):
    """Runs each trial, which returns how many cases it tried and a list of what went wrong."""
    World.offcirc = str(Path(sys.argv[1]).resolve())
    failed = 0
    for trial in trials:
        tried, wrong = trial()
        print(f"{trial.__name__}: {tried} tried, {len(wrong)} wrong")
        for sentence in wrong[:20]:
            print("  ", sentence)
        failed += len(wrong) + (tried == 0)
    return 1 if failed else 0
