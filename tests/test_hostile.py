#!/usr/bin/env python3
"""A log may be written by an attacker. It can't write outside the named folders; it can't inject SQL, paths, mail
headers, HTML, or terminal codes into anything; and it can't exhaust the memory.

Usage: test_hostile.py OFFCIRC
"""

import csv
import email
import email.policy
import io
import json
import resource
import sqlite3
import sys
from pathlib import Path

from small_system import SmallSystem

CONFIG = """email = ["system@example.org"]

[[library]]
code = "OSH"
email = ["circ@osprey.example.org"]

[[profile]]
name = "PUBLIC"

[mail]
sendmail = "/bin/false"
from = "offcirc@example.org"
when = "always"
names = true
"""
HOSTILE = ["'); DROP TABLE users; --", '"; DELETE FROM loads; --', "../../../outside", "/etc/passwd", "a\r\nBcc: x@evil.example.org",
           "\nSubject: other", "\x1b]0;title\x07\x1b[31mred", "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>',
           "=cmd|'/c calc'!A0", "@SUM(1)", "%s%n%x{}{0}", "\u202egnp.exe", "\x9b31m", "a\0b", "$(touch outside)", "`id`",
           "x" * 5000]
COLUMNS = ["recorded_at", "library", "station", "user_access", "kind", "user_id", "item_id", "last_name", "first_name",
           "birth_date", "email", "phone", "address", "profile", "user_library", "due_at"]
MEMORY = 3 << 30


class Library(SmallSystem):
    def __init__(self):
        super().__init__(CONFIG, "a/b/c/circ")
        (self.folder / "logs").mkdir()
        (self.folder / "users.csv").write_text("user_id,profile,library\n21221000000015,PUBLIC,OSH\n")
        self.must("import", "users.csv")

    def start(self, *arguments, **options):
        return super().start(*arguments, preexec_fn=limit_memory, **options)

    def outside(self):
        """Everything outside the database's folder."""
        return sorted(str(path) for path in self.top.rglob("*") if self.folder not in (path, *path.parents))


def limit_memory():
    # The address sanitizer reserves more address space than the limit allows.
    if "asan" not in str(Library.offcirc):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def hostile_log():
    rows = io.StringIO()
    log = csv.writer(rows, lineterminator="\n")
    log.writerow(COLUMNS)
    plain = {"recorded_at": "2026-06-12T10:00:00", "library": "OSH", "kind": "registration", "user_id": "21221000000999",
             "last_name": "Abernathy", "profile": "PUBLIC", "user_library": "OSH"}
    for number, text in enumerate(HOSTILE):
        for column in COLUMNS[1:]:
            log.writerow([{**plain, "user_id": f"2122{number:04}{COLUMNS.index(column):04}", column: text}.get(name, "")
                          for name in COLUMNS])
        for kind in ("checkout", "checkin", "payment", "in-house-use"):
            log.writerow([{**plain, "kind": kind, "user_id": text, "item_id": text}.get(name, "") for name in COLUMNS])
    return rows.getvalue().encode("utf-8", "surrogateescape")


def is_control(character):
    code = ord(character)
    return (code < 32 and character not in "\n\r\t") or 127 <= code < 160 or 0x202A <= code <= 0x202E or \
        0x2066 <= code <= 0x2069


def controls_in(name, content):
    found = {hex(ord(character)) for character in content.decode("utf-8") if is_control(character)}
    return [f"{name} holds {', '.join(sorted(found))}"] if found else []


def check_mail(path):
    """The mail has only the headers of a report, and none of their content is from a log."""
    mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    wrong = [f"{path.name} has the header {name}" for name in mail.keys() if name.lower() not in
             {"date", "from", "to", "subject", "message-id", "mime-version", "content-type", "content-transfer-encoding",
              "auto-submitted", "content-language", "x-auto-response-suppress", "content-disposition"}]
    if "evil" in str(mail["To"]) or mail["Bcc"]:
        wrong.append(f"{path.name} goes to somebody else")
    return wrong


def injection():
    wrong = []
    with Library() as library:
        before = library.outside()
        for name in ("OSH.csv", "..%2f..%2fx.csv", "$(touch outside).csv", "a\x1b[31m.csv", "-rf", "'; DROP TABLE users;--"):
            (library.folder / "logs" / name).write_bytes(hostile_log())
        status, output, said = library.run("load", "logs", "--format", "csv", "--report", "reports", "--archive", "archive",
                                           "--mail")
        if status != 1:
            return [f"it ended with {status}: {said.decode()}"]
        _, as_json, _ = library.run("report", "--format", "json")
        _, _, of_mail = library.run("mail", "--outbox", "outbox")
        totals = json.loads(as_json)["totals"]
        if totals["lines"] - totals["blank"] != len(json.loads(as_json)["results"]) or totals["already_loaded"] == 0:
            wrong.append(f"the records do not add up: {totals}")
        if library.outside() != before:
            wrong.append(f"something was written outside: {library.outside()}")
        database = sqlite3.connect(library.folder / "circ.db")
        if database.execute("SELECT count(*) FROM users WHERE user_id = '21221000000015'").fetchone() != (1,) or \
                database.execute("SELECT count(*) FROM loads").fetchone() != (1,):
            wrong.append("a table is not what it was")
        database.close()
        files = [path for folder in ("reports", "outbox") for path in (library.folder / folder).rglob("*") if path.is_file()]
        kinds = {path.suffix for path in files}
        if kinds != {".txt", ".html", ".json", ".csv", ".eml"}:
            wrong.append(f"reports are missing: {kinds}")
        for name, content in [("stdout", output), ("stderr", said), ("mail's stderr", of_mail),
                              *((path.name, path.read_bytes()) for path in files)]:
            wrong += controls_in(name, content)
        for path in files:
            text = path.read_bytes()
            if path.suffix == ".html" and (b"<script>alert" in text or b"<img src=x" in text):
                wrong.append(f"{path.name} holds HTML of a log")
            if path.suffix == ".csv" and any(cell.startswith(("=", "@")) for row in csv.reader(text.decode().splitlines())
                                             for cell in row):
                wrong.append(f"{path.name} holds a formula")
            if path.suffix == ".eml":
                wrong += check_mail(path)
    return wrong


def sizes():
    """Inputs that are too large, or made to expand without end."""
    wrong = []
    with Library() as library:
        def expect(what, arguments, status, words):
            found, _, said = library.run(*arguments)
            if found != status or words.encode() not in said:
                wrong.append(f"{what}: ended with {found} and said {said.decode()}")

        with open(library.folder / "sparse", "wb") as file:
            file.truncate(10 << 30)
        expect("10 GiB of nothing", ["check", "sparse"], 2, "sparse: has more than 4294967296 bytes")
        expect("forced", ["check", "sparse", "--format", "scan"], 2, "sparse: has more than 4294967296 bytes")
        with open(library.folder / "sparse", "wb") as file:
            file.truncate(1 << 30)
        expect("1 GiB of nothing", ["check", "sparse", "--format", "symphony"], 1, "1 unreadable")
        (library.folder / "sparse").unlink()
        (library.folder / "lines").write_bytes(b"\n" * 20_000_000)
        expect("20 million empty lines", ["check", "lines", "--format", "symphony"], 0, "20000000 blank")
        (library.folder / "lines").write_bytes(b"x\n" * 200_000)
        expect("lines of nothing", ["check", "lines", "--format", "symphony"], 1, "200000 unreadable")
        (library.folder / "lines").write_bytes(b"x" * (100 << 20))
        expect("a line of 100 MiB", ["check", "lines", "--format", "koc"], 1, "1 unreadable")
    return wrong


def main():
    Library.offcirc = str(Path(sys.argv[1]).resolve())
    wrong = injection() + sizes()
    for sentence in wrong:
        print(sentence)
    print(f"{len(HOSTILE)} hostile texts in {len(COLUMNS) - 1} columns, {len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
