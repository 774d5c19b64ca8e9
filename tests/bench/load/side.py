"""What else must be fast: startup, import, and export, each compared with the sqlite3 shell; and sending over SIP2."""
import statistics
import sys
from pathlib import Path

from contestants import NOW_TEXT, Cost, copy_of, run

sys.path.append(str(Path(__file__).resolve().parents[2] / "sip2"))
from message_time import milliseconds_per_message

TABLES = ["users", "items", "charges", "holds", "bills"]
STARTS = 50
# The 0 is the row's last result, of which there are none: a CSV file cannot express NULL.
ROWS_OF_ITEMS = ("SELECT item_no, item_id, title_no, title_text, call_number, item_type, library, home_location, "
                 "current_location, price_cents, last_action_at, last_action, 0 FROM items")


def shell(database, script):
    """Runs the sqlite3 shell once; it reads the script from a file."""
    file = database.with_suffix(".sql")
    file.write_text(script, encoding="utf-8")
    return run(["sqlite3", "-bail", database, f".read {file}"])


def many(command):
    costs = [run(command) for _ in range(STARTS)]
    return Cost(sum(cost.cpu for cost in costs) / STARTS, sum(cost.wall for cost in costs) / STARTS)


def start_up(bench):
    return many([bench.offcirc_program, "--version"]), many(["sqlite3", "--version"])


def export(bench):
    own = run([bench.offcirc_program, "export", "--db", bench.world / "circ.db", bench.world / "out"], cwd=bench.world)
    folder = bench.world / "plain"
    folder.mkdir(exist_ok=True)
    script = ".mode csv\n.headers on\n" + "".join(
        f".output {folder / table}.csv\nSELECT * FROM {table} ORDER BY 2;\n" for table in TABLES)
    return own, shell(bench.world / "circ.db", script)


def import_items(bench):
    """Imports into an empty database; the shell imports the rows of the two tables unchanged, with nothing to look
    up."""
    world = bench.world
    raw = world / "raw"
    raw.mkdir(exist_ok=True)
    shell(world / "circ.db", f".mode csv\n.output {raw}/titles.csv\nSELECT * FROM titles;\n"
                             f".output {raw}/items.csv\n{ROWS_OF_ITEMS};\n")
    empty = world / "empty.db"
    for old in (empty, world / "own.db", world / "plain.db"):
        old.unlink(missing_ok=True)
    run([bench.offcirc_program, "init", "--db", empty, "--now", NOW_TEXT], cwd=world)
    own = run([bench.offcirc_program, "import", "--db", copy_of(empty, world / "own.db"), "--now", NOW_TEXT,
               world / "out/items.csv"], cwd=world)
    theirs = shell(copy_of(empty, world / "plain.db"),
                   "PRAGMA foreign_keys = OFF;\nPRAGMA cache_size = -262144;\nBEGIN;\n"
                   f".import --csv {raw}/titles.csv titles\n.import --csv {raw}/items.csv items\nCOMMIT;\n")
    return own, theirs


def measure_messages(bench, rounds):
    """The processor time in ms that a message takes, questions included, per round."""
    return [milliseconds_per_message(bench.build / "tests/sip2/sip2_drive")[0] for _ in range(rounds)]


def measure_side(bench, rounds):
    """{name: [(offcirc's Cost, the shell's Cost) per round]}"""
    return {name: [pair(bench) for _ in range(rounds)]
            for name, pair in (("start-up", start_up), ("export", export), ("import", import_items))}


def side_rows(items, pairs):
    rows = []
    for name, of_name in pairs.items():
        for what in ("cpu", "wall"):
            own = statistics.median(getattr(one, what) for one, _ in of_name)
            theirs = statistics.median(getattr(other, what) for _, other in of_name)
            ratio = statistics.median(getattr(one, what) / max(getattr(other, what), 1e-6) for one, other in of_name)
            rows.append({"items": items, "what": name, "time": what, "offcirc_s": f"{own:.4f}", "sqlite3_s": f"{theirs:.4f}",
                         "ratio": f"{ratio:.2f}"})
    return rows
