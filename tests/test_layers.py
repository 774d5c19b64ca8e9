#!/usr/bin/env python3
"""The direction of the data flow, as drawn in CONTRIBUTING.md, checked by the includes of every source file.

Usage: test_layers.py PROJECT_FOLDER
"""

import re
import sys
from pathlib import Path

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)

# Each layer, and the layers whose headers it may include besides its own.
MAY_INCLUDE = {
    "formats": [],
    "loader/memory": [],
    "loader/time": ["formats", "loader"],
    "loader/output": ["formats", "loader"],
    "loader/model": ["formats", "loader/memory", "loader/time"],
    "loader/config": ["formats", "loader", "loader/time", "loader/model"],
    "loader/intake": ["formats", "loader", "loader/memory", "loader/time", "loader/model", "loader/config"],
    "loader/rules": ["formats", "loader", "loader/memory", "loader/time", "loader/model"],
    "loader/database": ["formats", "loader", "loader/output"],
    "loader/circulation": ["formats", "loader", "loader/memory", "loader/time", "loader/output", "loader/model", "loader/rules", "loader/database"],
    "loader/journal": ["formats", "loader", "loader/memory", "loader/time", "loader/output", "loader/model", "loader/rules", "loader/database", "loader/circulation"],
    "loader/data": ["formats", "loader", "loader/time", "loader/output", "loader/model", "loader/rules", "loader/database", "loader/circulation"],
    "loader/store": ["formats", "loader", "loader/time", "loader/model", "loader/rules", "loader/database", "loader/circulation", "loader/journal", "loader/data"],
    "loader/report": ["formats", "loader", "loader/memory", "loader/time", "loader/output", "loader/model", "loader/config", "loader/rules",
                      "loader/report/html"],
    "loader/report/html": ["formats", "loader/time", "loader/output", "loader/model", "loader/report"],
    "loader/mail": ["formats", "loader", "loader/time", "loader/output", "loader/model", "loader/config", "loader/report",
                    "loader/database", "loader/journal", "loader/store"],
    "loader/send": ["formats", "loader", "loader/time", "loader/output", "loader/model", "loader/config", "loader/report", "loader/database",
                    "loader/journal"],
    "loader/runs": ["formats", "loader", "loader/memory", "loader/time", "loader/output", "loader/model", "loader/config", "loader/intake",
                    "loader/rules", "loader/database", "loader/circulation", "loader/journal", "loader/store", "loader/report", "loader/mail",
                    "loader/send"],
}
ONLY_FROM = {("loader/rules", "loader"): {"loader/progress.hpp"}}

# The rules are a function of the batch and the state: they use no files, clock, output, SQL, or threads.
NOT_IN_RULES = {"cstdio", "ctime", "chrono", "filesystem", "fstream", "iostream", "istream", "ostream", "random", "thread",
                "mutex", "future", "unistd.h", "fcntl.h", "sqlite3.h", "fmt/ostream.h", "fmt/chrono.h", "fmt/os.h"}

# Headers that are slow to compile or that give access to the system, with the only files that may include them.
ONLY_IN = {
    "sqlite3.h": {"loader/database/sqlite.cpp", "loader/database/array_table.cpp"},
    "toml++/toml.h": {"loader/config/toml_tree.cpp"},
    "date/tz.h": {"loader/time/zone.cpp"},
    "archive.h": {"loader/intake/archive_reader.cpp"},
    "archive_entry.h": {"loader/intake/archive_reader.cpp"},
    "simdjson.h": {"formats/evergreen_line.cpp", "loader/journal/journal_text.cpp"},
    "CLI/CLI.hpp": {"cli/command_line.cpp"},
    "curl/curl.h": {"cli/smtp/connection.cpp"},
}


def layer_of(path):
    return path.rsplit("/", 1)[0]


def troubles_of(name, text):
    layer = layer_of(name)
    for bracket, header in INCLUDE.findall(text):
        if header in ONLY_IN and name not in ONLY_IN[header]:
            yield f"{name} includes {header}; only {', '.join(sorted(ONLY_IN[header]))} may"
        if layer == "loader/rules" and header in NOT_IN_RULES:
            yield f"{name} includes <{header}>: the rules do no I/O"
        if bracket == "<" or layer not in MAY_INCLUDE or "/" not in header:
            continue
        other = layer_of(header)
        only = ONLY_FROM.get((layer, other))
        if other != layer and (other not in MAY_INCLUDE[layer] or (only and header not in only)):
            yield f"{name} includes {header}, against the direction of the data flow"


def main():
    project = Path(sys.argv[1])
    files = [path for folder in ("cli", "formats", "loader") for path in (project / folder).rglob("*.[ch]pp")]
    troubles = []
    for path in sorted(files):
        troubles += troubles_of(path.relative_to(project).as_posix(), path.read_text(encoding="utf-8"))
    for header, homes in ONLY_IN.items():
        for home in homes:
            if header not in (project / home).read_text(encoding="utf-8"):
                troubles.append(f"{home} does not include {header} any more: correct test_layers.py")
    for trouble in troubles:
        print(trouble)
    print(f"{len(files)} files, {len(troubles)} troubles")
    return 1 if troubles or len(files) < 100 else 0


if __name__ == "__main__":
    sys.exit(main())
