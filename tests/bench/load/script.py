"""Loads as a quick script would: one transaction, one dictionary, and one statement at a time, with hardly any
rules.

Usage: script.py DATABASE LOGS... It reads Symphony logs and knows checkouts, check-ins, and renewals."""
import pathlib
import re
import sqlite3
import sys
import time

KINDS = {"CV": 0, "EV": 1, "RV": 2}
FIELDS = re.compile(r"\^(UO|NQ)([^^]*)")


def lines_of(folders):
    lines = []
    for folder in folders:
        for path in sorted(pathlib.Path(folder).rglob("standlog.*")):
            with open(path, encoding="latin-1") as log:
                lines += [(line[1:15], path.name, line) for line in log if line.startswith("E") and "^S" in line]
    lines.sort(key=lambda line: line[:2])
    return lines


def load_line(db, number, when, line):
    at = line.index("^S")
    command, fields = line[at + 4:at + 6], dict(FIELDS.findall(line))
    user = db.execute("SELECT user_no FROM users WHERE user_id = ?", (fields.get("UO"),)).fetchone()
    item = db.execute("SELECT item_no, user_no FROM items LEFT JOIN charges USING (item_no) WHERE item_id = ?",
                      (fields.get("NQ"),)).fetchone()
    outcome = 0
    if command == "CV" and user and item:
        db.execute("INSERT OR REPLACE INTO charges(item_no, user_no, charged_at, due_at, renewals) "
                   "VALUES (?, ?, ?, ?, 0)", (item[0], user[0], when, when + 21 * 86400))
    elif command == "EV" and item and item[1]:
        db.execute("DELETE FROM charges WHERE item_no = ?", (item[0],))
    elif command == "RV" and item and item[1]:
        db.execute("UPDATE charges SET due_at = ?, renewals = renewals + 1 WHERE item_no = ?",
                   (when + 21 * 86400, item[0]))
    else:
        outcome = 2
    db.execute("INSERT INTO result_rows(result, load, desk, line, kind, disposition, outcome, occurred_at, clock_shift, "
               "user_no, item_no) VALUES (?, 1, 0, ?, ?, ?, ?, ?, 0, ?, ?)",
               (number, number, KINDS.get(command, 6), outcome, outcome, when, user and user[0], item and item[0]))


def main(database, folders):
    db = sqlite3.connect(database, isolation_level=None)
    db.execute("PRAGMA cache_size = -262144")
    db.execute("BEGIN IMMEDIATE")
    for number, (stamp, _, line) in enumerate(lines_of(folders), 1):
        load_line(db, number, int(time.mktime(time.strptime(stamp, "%Y%m%d%H%M%S"))), line)
    db.execute("COMMIT")


main(sys.argv[1], sys.argv[2:])
