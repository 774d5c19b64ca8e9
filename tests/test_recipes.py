#!/usr/bin/env python3
"""Runs the recipes of samples/recipes: loads invented rows of Koha, Evergreen, and Symphony into a circulation
database, exports them again, and compares the columns in the manual with those that the program writes.

Usage: test_recipes.py OFFCIRC PROJECT_FOLDER

SQLite runs the statements in place of MariaDB and PostgreSQL, with the few functions that it lacks. The samples next to
the statements are the output of those two for the same rows; they must convert to the same as SQLite's output.
"""

import csv
import io
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from recipe_tables import EVERGREEN, EVERGREEN_EXPECTED, KOHA, KOHA_EXPECTED, SYMPHONY_EXPECTED

OFFCIRC = ""
PROJECT = Path()
TABLES = ("users", "items", "charges", "holds", "bills")


def run(*command, folder, **options):
    return subprocess.run([str(word) for word in command], cwd=folder, capture_output=True, text=True, **options)


class Strings:
    """PostgreSQL's string_agg(text, between)."""

    def __init__(self):
        self.texts, self.between = [], ""

    def step(self, text, between):
        self.texts.append(text)
        self.between = between

    def finalize(self):
        return self.between.join(sorted(self.texts)) or None


def to_char(moment, pattern):
    """PostgreSQL's to_char for the two patterns in the recipes, for text such as 2026-06-12 10:00:00."""
    if moment is None:
        return None
    assert pattern in ('YYYY-MM-DD', 'YYYY-MM-DD"T"HH24:MI:SS'), pattern
    return moment[:10] if pattern == "YYYY-MM-DD" else moment[:10] + "T" + moment[11:19]


def greatest(a, b):
    """PostgreSQL's GREATEST, which ignores NULL."""
    return max((value for value in (a, b) if value is not None), default=None)


def imitation(statements):
    connection = sqlite3.connect(":memory:")
    connection.create_function("greatest", 2, greatest)
    connection.create_function("to_char", 2, to_char)
    connection.create_aggregate("string_agg", 2, Strings)
    for schema in sorted(set(re.findall(r"CREATE TABLE (\w+)\.", statements))):
        connection.execute(f"ATTACH ':memory:' AS {schema}")
    connection.executescript(statements)
    return connection


def rows_of(connection, recipe):
    text = re.sub(r"^SET TIME ZONE :'zone';$", "", recipe.read_text(encoding="utf-8"), flags=re.MULTILINE)
    # SQLite before 3.44 can't order an aggregate; the class Strings sorts by itself.
    assert text.count("string_agg(") == text.count("';' ORDER BY other.barcode)"), f"{recipe}: a list in any order"
    text = text.replace("';' ORDER BY other.barcode)", "';')")
    cursor = connection.execute(text)
    return [[column[0] for column in cursor.description], *cursor.fetchall()]


def csv_of(rows):
    """Rows as psql --csv writes them: NULL is an empty cell."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def batch_of(rows):
    """Rows as mariadb --batch writes them."""
    def cell(value):
        if value is None:
            return "NULL"
        return str(value).replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")
    return "".join("\t".join(cell(value) for value in row) + "\n" for row in rows)


def lay_out_configuration(folder):
    """Installs the sample configuration, which the README says has what these recipes need."""
    for name in ("offcirc.toml", "circmap.csv"):
        shutil.copy(PROJECT / "cli/sample" / name, folder)


def imported_and_exported(what, files, expected):
    """Imports `files` and exports them again; the columns and rows that `expected` names must be equal to it."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder, "data")
        data.mkdir()
        lay_out_configuration(folder)
        for table, text in files.items():
            (data / f"{table}.csv").write_text(text, encoding="utf-8")
        for command in (("init",), ("import", "data"), ("export", "out")):
            done = run(OFFCIRC, "--quiet", *command, folder=folder)
            assert done.returncode == 0 and done.stderr == "", f"{what}: {done.stderr}"
        for table, rows in expected.items():
            with open(Path(folder, "out", f"{table}.csv"), encoding="utf-8", newline="") as file:
                out = [[row[column] for column in rows[0]] for row in csv.DictReader(file)]
            assert out == rows[1:], f"{what}, {table}: {out}, expected {rows[1:]}"


def test_koha():
    connection = imitation(KOHA)
    recipes = PROJECT / "samples/recipes/koha"
    files = {}
    for table in TABLES:
        batch = batch_of(rows_of(connection, recipes / f"{table}.sql"))
        done = run("awk", "-f", recipes / "tabs_to_csv.awk", folder=".", input=batch)
        assert done.stderr == "", done.stderr
        files[table] = done.stdout
    imported_and_exported("Koha", files, KOHA_EXPECTED)


def test_evergreen():
    connection = imitation(EVERGREEN)
    recipes = PROJECT / "samples/recipes/evergreen"
    files = {}
    for table in TABLES:
        text = (recipes / f"{table}.sql").read_text(encoding="utf-8")
        assert text.count("SET TIME ZONE :'zone';\n") == 1, f"{table}.sql leaves the time zone to chance"
        files[table] = csv_of(rows_of(connection, recipes / f"{table}.sql"))
    imported_and_exported("Evergreen", files, EVERGREEN_EXPECTED)


def readme():
    return (PROJECT / "samples/recipes/README.md").read_text(encoding="utf-8")


def files_of_samples(commands):
    """The contents of the folder data after running `commands` from the README among the recipes."""
    with tempfile.TemporaryDirectory() as folder:
        recipes = Path(folder, "recipes")
        shutil.copytree(PROJECT / "samples/recipes", recipes)
        Path(recipes, "data").mkdir()
        done = run("sh", "-c", commands, folder=recipes)
        assert done.returncode == 0 and done.stderr == "", done.stderr
        return {table: Path(recipes, f"data/{table}.csv").read_text(encoding="utf-8") for table in TABLES}


def check_sample(connection, system, ending, between):
    """The samples have the columns and the rows of the statements' output."""
    for table in TABLES:
        rows = rows_of(connection, PROJECT / f"samples/recipes/{system}/{table}.sql")
        header, *lines = (PROJECT / f"samples/recipes/{system}/{table}.{ending}").read_bytes().decode().rstrip("\n").split("\n")
        assert header.split(between) == rows[0], f"{system}/{table}.{ending}: {header}, the statement yields {rows[0]}"
        ids, expected = [line.split(between)[0] for line in lines], [str(row[0]) for row in rows[1:]]
        assert ids == expected, f"{system}/{table}.{ending}: {ids}, the statement yields {expected}"


def test_samples_of_koha():
    """Runs the loop in the README with what it says to use in place of Koha."""
    check_sample(imitation(KOHA), "koha", "txt", "\t")
    loop = re.search(r"^( +for table .*\n) +koha-mysql .* <koha/\$table\.sql (\| awk .*\n +done)$", readme(), re.MULTILINE)
    instead = re.search(r"Without Koha, take `([^`]*)`", readme())
    assert loop and instead, "the README does not say how to try Koha's samples"
    imported_and_exported("Koha's samples", files_of_samples(f"{loop[1]}{instead[1]} {loop[2]}"), KOHA_EXPECTED)


def test_samples_of_evergreen():
    check_sample(imitation(EVERGREEN), "evergreen", "csv", ",")
    instead = re.search(r"Without Evergreen, `([^`]*)`", readme())
    assert instead, "the README does not say how to try Evergreen's samples"
    imported_and_exported("Evergreen's samples", files_of_samples(instead[1]), EVERGREEN_EXPECTED)


def test_the_sample_configuration_has_the_locations():
    locations = tomllib.loads((PROJECT / "cli/sample/offcirc.toml").read_text(encoding="utf-8"))["locations"]
    named = re.findall(r"`(lost|missing|transit|hold_shelf)\s=\s\[([^]]*)\]`", readme())
    assert len(named) == 8, named
    for key, words in named:
        missing = set(re.findall(r'"(.*?)"', words)) - set(locations[key])
        assert not missing, f"offcirc.toml, [locations] {key}: the README needs {missing} too"


def symphony(columns, text):
    return run("awk", "-v", f"columns={columns}", "-f", PROJECT / "samples/recipes/symphony/symphony.awk", folder=".",
               input=text)


def test_symphony():
    """Uses the columns that the README gives for its extracts."""
    files = {}
    for table, extract in (("users", "seluser"), ("items", "selitem"), ("charges", "selcharge"), ("holds", "selhold"),
                           ("bills", "selbill")):
        columns = re.search(rf"columns=(\S+) -f symphony/symphony\.awk symphony/{extract}\.txt >data/{table}\.csv", readme())
        assert columns, f"the README does not convert {extract}.txt"
        done = symphony(columns[1], (PROJECT / f"samples/recipes/symphony/{extract}.txt").read_text(encoding="utf-8"))
        assert done.returncode == 0 and done.stderr == "", done.stderr
        files[table] = done.stdout
    imported_and_exported("Symphony", files, SYMPHONY_EXPECTED)


def test_symphony_lines_that_do_not_fit():
    done = symphony("user_id,profile", "21221000000015|PUBLIC|OSH|\n")
    assert (done.returncode, done.stderr) == (1, "symphony.awk: line 1 has 3 fields, not 2 as columns says.\n"), done
    done = symphony("user_id,name,-,expires_on", '21221000000015|O\'Hara "Bo", Tess, Jr|x|NEVER|\n')
    assert done.stdout == ('user_id,last_name,first_name,expires_on\n21221000000015,"O\'Hara ""Bo""","Tess, Jr",\n'), done
    done = symphony("user_id,name", "21221000000015|Marchmont|\n")
    assert done.stdout == "user_id,last_name,first_name\n21221000000015,Marchmont,\n", done


def test_the_manual_has_the_columns():
    page = (PROJECT / "man/offcirc-import.1").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        lay_out_configuration(folder)
        run(OFFCIRC, "init", folder=folder, check=True)
        run(OFFCIRC, "export", "out", folder=folder, check=True)
        for table in TABLES:
            written = Path(folder, "out", f"{table}.csv").read_text().splitlines()[0].split(",")
            part = re.search(rf"^\.Ss {table}\.csv$(.*?)^\.S[sh] ", page, re.MULTILINE | re.DOTALL)
            assert part, f"offcirc-import.1 does not explain {table}.csv"
            explained = [name for line in re.findall(r"^\.It Va (.*)$", part[1], re.MULTILINE)
                         for name in line.split(" , ")]
            assert sorted(explained) == sorted(written), f"{table}.csv: {set(explained) ^ set(written)}"


def main():
    global OFFCIRC, PROJECT
    OFFCIRC, PROJECT = str(Path(sys.argv[1]).resolve()), Path(sys.argv[2])
    test_koha()
    test_evergreen()
    test_samples_of_koha()
    test_samples_of_evergreen()
    test_the_sample_configuration_has_the_locations()
    test_symphony()
    test_symphony_lines_that_do_not_fit()
    test_the_manual_has_the_columns()


if __name__ == "__main__":
    main()
