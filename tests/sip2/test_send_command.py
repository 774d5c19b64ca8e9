#!/usr/bin/env python3
"""offcirc send against the fake SIP2 server: what was loaded reaches the server exactly once, also if the program is
killed at any write to its journal, or is interrupted.

Usage: test_send_command.py OFFCIRC      OFFCIRC_FAULTS=all kills at every write, otherwise at a sample of them
"""

import email
import email.policy
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "crash")]
from injection import injecting, places, skip_without_strace
from small_system import SmallSystem

CONFIG = """[[library]]
code = "OSH"
[library.send]
user = "desk-osh"
password_file = "password"
institution = "OSH"
location = "OSH"

[[library]]
code = "NEE"

[[profile]]
name = "PUBLIC"

[send]
via = "sip2"
server = "127.0.0.1:PORT"
timeout_seconds = 2
settle_seconds = 0
"""
USERS = ["2001", "2002", "2003"]
ITEMS = [f"30{n:02}" for n in range(12)]
CHARGED = {"3000": "2001", "3001": "2001", "3002": "2002", "3003": "2003"}
LOG = """occurred_at,library,station,kind,user_id,item_id
2026-06-12T10:00:00,OSH,0001,checkin,,3000
2026-06-12T10:01:00,OSH,0001,checkout,2002,3001
2026-06-12T10:02:00,OSH,0001,renewal,,3002
2026-06-12T10:03:00,OSH,0001,checkout,2001,3004
2026-06-12T10:04:00,OSH,0001,checkout,2001,3005
2026-06-12T10:05:00,OSH,0001,checkin,,3005
2026-06-12T10:06:00,OSH,0001,checkout,2003,3005
2026-06-12T10:07:00,OSH,0001,checkout,2003,3006
"""
NEE_LOG = """occurred_at,library,station,kind,user_id,item_id
2026-06-12T10:08:00,NEE,0002,checkout,2003,3007
2026-06-12T10:09:00,OSH,0001,checkin,,3007
"""
AFTERWARDS = {"3001": "2002", "3002": "2002", "3003": "2003", "3004": "2001", "3005": "2003", "3006": "2003"}


# Koha renews by its own rules, whatever due date the message has.
STATES = {n: "due-differs" if n == 3 else "sent" for n in range(1, 9)}


class Server:
    """The fake server as a process of its own."""

    def __init__(self, folder):
        self.state_file = folder / "state.json"
        self.write_state()
        self.process = subprocess.Popen([sys.executable, str(HERE / "server.py"), str(self.state_file)],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())

    def write_state(self, faults=(), without=(), mute=()):
        zone = ZoneInfo("America/Chicago")
        items = {item: {} for item in ITEMS}
        for item, user in CHARGED.items():
            items[item] = {"holder": user, "due": "2026-06-20T23:59:00"}
        for item in without:
            del items[item]
        self.state_file.write_text(json.dumps({
            "profile": "koha-2025", "accounts": {"desk-osh": "secret"}, "users": USERS, "items": items,
            "offset": int(datetime.now(zone).utcoffset().total_seconds()), "faults": list(faults), "mute": list(mute)}))

    def ask(self, command):
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline()

    def reset(self, faults=(), without=(), mute=()):
        self.write_state(faults, without, mute)
        assert self.ask(f"reset {self.state_file}") == "ok\n"

    def holders(self):
        return {item: values["holder"] for item, values in json.loads(self.ask("state")).items() if values["holder"]}

    def effects(self):
        return Counter((effect["action"], effect["item"], effect["user"]) for effect in json.loads(self.ask("effects")))

    def stop(self):
        self.process.stdin.close()
        self.process.wait()


class World(SmallSystem):
    def __init__(self):
        super().__init__("")
        self.server = Server(self.folder)
        config = (self.folder / "offcirc.toml").read_text()
        (self.folder / "offcirc.toml").write_text(config + CONFIG.replace("PORT", str(self.server.port)))
        password = self.folder / "password"
        password.write_text("secret\n")
        password.chmod(0o600)
        data = self.folder / "data"
        data.mkdir()
        (data / "users.csv").write_text("user_id,profile,library\n" + "".join(f"{u},PUBLIC,OSH\n" for u in USERS))
        (data / "items.csv").write_text("item_id,item_type,library\n" + "".join(f"{i},BOOK,OSH\n" for i in ITEMS))
        (data / "charges.csv").write_text("item_id,user_id,library,due_at\n" + "".join(
            f"{i},{u},OSH,2026-06-20\n" for i, u in CHARGED.items()))
        (self.folder / "day.csv").write_text(LOG)
        (self.folder / "nee.csv").write_text(NEE_LOG)
        self.must("import", "data")
        assert self.run("load", "day.csv", "--quiet")[0] == 0
        shutil.copy(self.folder / "circ.db", self.folder / "loaded.db")

    def __exit__(self, *rest):
        self.server.stop()
        super().__exit__(*rest)

    def put_back(self, faults=(), without=()):
        for name in ("circ.db", "circ.db-journal", "circ.db-lock"):
            (self.folder / name).unlink(missing_ok=True)
        shutil.copy(self.folder / "loaded.db", self.folder / "circ.db")
        self.server.reset(faults, without)

    def send(self, *options, under=()):
        status, output, said = self.run("send", *options, under=under)
        return status, output.decode(), said.decode()

    def states(self):
        _, output, _ = self.run("report", "--format", "json")
        return {r["n"]: (r.get("send") or {}).get("state") for r in json.loads(output)["results"]}

    def journal(self):
        database = sqlite3.connect(self.folder / "circ.db")
        try:
            return database.execute("SELECT result, step, state FROM send_messages ORDER BY 1, 2").fetchall()
        finally:
            database.close()


def expect(wrong, what, found, wanted):
    if found != wanted:
        wrong.append(f"{what}: {found} instead of {wanted}")


def undisturbed():
    wrong = []
    with World() as world:
        status, output, said = world.send("--probe")
        expect(wrong, "probe", status, 0)
        if "OSH: logged in" not in output:
            wrong.append(f"the probe printed: {output}")
        status, _, said = world.send("--dry-run")
        expect(wrong, "a dry run changes nothing", (status, world.server.effects(), world.journal()), (0, Counter(), []))
        status, output, said = world.send("--json")
        expect(wrong, "send", (status, world.server.holders()), (1, AFTERWARDS))
        effects = world.server.effects()
        expect(wrong, "effects", sum(effects.values()), 9)  # a result that ends another loan is two messages
        states = {r["n"]: r["state"] for r in json.loads(output)["results"]}
        expect(wrong, "states", states, STATES)
        expect(wrong, "in the report", world.states(), STATES)
        expect(wrong, "sent again", world.send()[0], 0)
        expect(wrong, "effects of the second send", world.server.effects(), effects)
        expect(wrong, "undo", world.run("undo", "1")[0], 2)
        expect(wrong, "confirm", world.send("--confirm", "1")[0], 2)
        if "secret" in str(world.journal()) or "secret" in said:
            wrong.append("the password shows")
    return 11, wrong


def without_account():
    """The check-in of the same item waits, although its library has an account."""
    wrong = []
    with World() as world:
        world.run("load", "nee.csv", "--quiet")
        status, output, said = world.send("--json")
        expect(wrong, "status", status, 1)
        unsent = [(r["load"], r["n"]) for r in json.loads(output)["results"] if r["state"] == "unsent"]
        expect(wrong, "unsent", unsent, [(2, 1), (2, 2)])
        if "NEE" not in said:
            wrong.append(f"it does not name the library: {said}")
        expect(wrong, "status of the loads", world.run("status", "--check")[0], 1)
        expect(wrong, "prune", world.run("prune", "--before", "2027-01-01")[0], 2)
    return 5, wrong


def refused():
    """A refused checkout is shown, and holds its item back until staff have released it; the others are sent."""
    wrong = []
    with World() as world:
        (world.folder / "next.csv").write_text(LOG.splitlines(keepends=True)[0] +
                                               "2026-06-12T11:00:00,OSH,0001,checkin,,3004\n")
        world.put_back(without=["3004"])
        status, output, said = world.send("--json")
        states = {r["n"]: r["state"] for r in json.loads(output)["results"]}
        expect(wrong, "states", (status, states), (1, {**STATES, 4: "refused"}))
        if "Settle in the live system (2)" not in world.must("report", "1").decode():
            wrong.append("the report does not say what to settle")
        world.run("load", "next.csv", "--quiet")
        status, output, said = world.send("--json")
        held = [(r["load"], r["n"], r["state"]) for r in json.loads(output)["results"]]
        expect(wrong, "held back", (status, held), (1, [(2, 1, "unsent")]))
        expect(wrong, "release", world.send("--release", "1:4")[0], 0)
        expect(wrong, "released twice", world.send("--release", "1:4")[0], 2)
        if "Settle in the live system (1)" not in world.must("report", "1").decode():
            wrong.append("the report still says what to settle")
        world.send()
        expect(wrong, "afterwards", world.states(), {1: "refused"})  # the server does not know the item
    return 7, wrong


def killed_at_each_write():
    tried, wrong = 0, []
    with World() as world:
        calls = places(lambda under: world.send(under=under))
        call = "fdatasync" if len(calls.get("fdatasync", ())) > len(calls.get("fsync", ())) else "fsync"
        everything = os.environ.get("OFFCIRC_FAULTS") == "all"
        numbers = calls[call]
        for at in numbers if everything else sorted({numbers[0], numbers[-1], *numbers[1::6]}):
            world.put_back()
            status, _, _ = world.send(under=injecting(call, at, "signal=KILL"))
            where = f"killed at {call} {at} of {numbers[-1]}"
            if status not in (-9, 137):
                wrong.append(f"{where}: it was not killed, and ended with {status}")
            status, output, said = world.send("--json")
            for effect, count in world.server.effects().items():
                if count > 1:
                    wrong.append(f"{where}: {effect} happened {count} times")
            if "unconfirmed" not in output + said and "moved-on" not in output + said:
                expect(wrong, f"{where}, sent again", world.server.holders(), AFTERWARDS)
            expect(wrong, f"{where}, a third time", world.send()[0] in (0, 1), True)
            tried += 1
    return tried, wrong


def interrupted_at(code, nth):
    """Ctrl-C ends the run; the next run sends the rest, and nothing twice."""
    wrong = []
    with World() as world:
        world.put_back([{"on": code, "nth": nth, "fault": "silent"}])
        process = world.start("send", stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        time.sleep(1.0)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
        expect(wrong, "status", process.returncode, 1)
        if "Interrupted" not in said:
            wrong.append(f"it said: {said}")
        expect(wrong, "the rest", (world.send()[0], world.server.holders()), (1, AFTERWARDS))
        expect(wrong, "twice", [e for e, count in world.server.effects().items() if count > 1], [])
    return 4, wrong


def interrupted():
    """While a question is not answered, and while a message is not: then the answer, or its timeout, is awaited."""
    tried, wrong = zip(*(interrupted_at(code, nth) for code, nth in (("17", 3), ("11", 2))))
    return sum(tried), sum(wrong, [])


def captured():
    """Taken from another patron's account, and a captured hold: both show, although a later message was sent."""
    wrong = []
    with World() as world:
        world.put_back([{"on": "09", "nth": 2, "fault": "desk", "action": "swap", "item": "3001", "user": "2003"}])
        status, output, said = world.send("--json")
        states = {r["n"]: r["state"] for r in json.loads(output)["results"]}
        expect(wrong, "swapped by a desk", (status, states[2]), (1, "took-from-another"))
        if "Call the desk" not in said:
            wrong.append(f"it said: {said}")
        expect(wrong, "to settle", world.run("status", "--check")[0], 1)
        expect(wrong, "release", world.send("--release", "1:2-3")[0], 0)
        expect(wrong, "nothing is left to settle", world.run("status", "--check")[0], 0)
    return 5, wrong


def unknown_user():
    """A user whom the server does not know yet: the checkout waits, and the reason is told."""
    wrong = []
    with World() as world:
        (world.folder / "next.csv").write_text(LOG.splitlines(keepends=True)[0] +
                                               "2026-06-12T11:00:00,OSH,0001,checkout,2004,3008\n")
        (world.folder / "users.csv").write_text("user_id,profile,library\n2004,PUBLIC,OSH\n")
        world.must("import", "users.csv")
        world.run("load", "next.csv", "--quiet")
        status, output, said = world.send("--json")
        last = json.loads(output)["results"][-1]
        expect(wrong, "unsent", (status, last["state"]), (1, "unsent"))
        if not last["message"] or "2:1" not in said:
            wrong.append(f"no reason: {last}, {said}")
        world.folder.joinpath("password").chmod(0o644)
        expect(wrong, "a password that others can read", world.send()[0], 2)
    return 3, wrong


def taken_up():
    """The holder of an item is known although the transaction that lent it was sent, or settled, before: two check-ins
    after two interruptions, and one after a release."""
    wrong = []
    log = LOG.splitlines(keepends=True)[0] + "".join(
        f"2026-06-12T1{hour}:0{n}:00,OSH,0001,{kind},{user},300{n}\n" for hour, kind, user in
        ((1, "checkout", "2003"), (2, "checkin", "")) for n in range(7, 10))
    with World() as world:
        (world.folder / "later.csv").write_text(log)
        world.run("load", "later.csv", "--quiet")
        world.server.reset([{"on": "09", "nth": nth, "fault": "silent"} for nth in (4, 5)])
        for _ in range(2):
            process = world.start("send", stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            time.sleep(1.0)
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=60)
            expect(wrong, "interrupted", process.returncode, 1)
        world.send()
        expect(wrong, "interrupted twice", set(world.states().values()) - {"sent", "due-differs"}, set())
        expect(wrong, "all are back", [item for item in world.server.holders() if item in ("3007", "3008", "3009")], [])
    with World() as world:
        (world.folder / "later.csv").write_text(log)
        world.put_back(without=["3007"])
        world.run("load", "later.csv", "--quiet")
        world.send()
        expect(wrong, "refused", world.states()[1], "refused")
        world.server.reset()
        world.server.ask("desk lend 3007 2003")
        expect(wrong, "released", world.send("--release", "2:1")[0], 0)
        world.send("2")
        expect(wrong, "after the release", world.states()[4], "sent")
        expect(wrong, "it is back", "3007" in world.server.holders(), False)
    return 5, wrong


def one_item_stops_nothing():
    """An item that the server can't be asked about is left, and named; the others are sent."""
    wrong = []
    with World() as world:
        world.server.reset(mute=["3004"])
        status, output, said = world.send("--json")
        left = [(r["n"], r["state"]) for r in json.loads(output)["results"] if r["state"] not in ("sent", "due-differs")]
        expect(wrong, "left", (status, left), (1, [(4, "unsent")]))
        if "Unsent: 1 result, the first of them 1:4: The server gives no answer about 3004" not in said:
            wrong.append(f"it said: {said}")
        world.server.reset()
        world.server.ask("desk lend 3004 2001")
        status, output, _ = world.send("--json")
        last = {r["n"]: (r["state"], r["message"]) for r in json.loads(output)["results"]}[4]
        expect(wrong, "lent by a desk meanwhile", (last[0], last[1].split(".")[0]),
               ("due-differs", "The loan was there already"))
    return 3, wrong


def mailed():
    """What must be settled is mailed after the send, to the library that has to settle it, and once."""
    wrong = []
    with World() as world:
        config = world.folder / "offcirc.toml"
        expect(wrong, "without addresses", world.send("--mail")[0], 2)
        config.write_text(config.read_text().replace('code = "OSH"', 'code = "OSH"\nname = "Osprey"\nemail = ["a@b.example"]', 1) +
                          '[mail]\nfrom = "offcirc@b.example"\n')
        world.put_back(without=["3004"])
        status, _, said = world.send("--mail")
        expect(wrong, "queued", (status, "1 mail is in the queue" in said), (1, True))
        world.must("mail", "--outbox", "mails")
        [mail] = (world.folder / "mails").iterdir()
        message = email.message_from_bytes(mail.read_bytes(), policy=email.policy.default)
        expect(wrong, "the mail", (mail.name, message["subject"], message["to"]),
               ("load-1-OSH-send-1.eml", "Send 1 of load 1, Osprey (OSH): 2 to settle in the live system", "a@b.example"))
        text = message.get_body(("plain",)).get_content()
        if "Settle in the live system (2)" not in text or "the server does not know the item" not in " ".join(text.split()):
            wrong.append(f"the mail does not say what to settle: {text}")
        status, _, said = world.send("--mail")
        expect(wrong, "nothing new", (status, "mail" in said), (0, False))
        expect(wrong, "for files", world.send("--mail", "--as", "symphony", "--outbox", "x")[0], 2)
    return 6, wrong


def paid():
    """A payment is sent once, and only if the configuration says so."""
    wrong = []
    log = "occurred_at,library,station,kind,user_id,amount\n2026-06-12T11:00:00,OSH,0001,payment,2001,12.05\n"
    with World() as world:
        (world.folder / "paid.csv").write_text(log)
        world.run("load", "paid.csv", "--quiet")
        shutil.copy(world.folder / "circ.db", world.folder / "loaded.db")
        status, output, _ = world.send("--json")
        last = json.loads(output)["results"][-1]
        expect(wrong, "not configured", (last["load"], last["state"]), (2, "by-hand"))
        config = world.folder / "offcirc.toml"
        config.write_text(config.read_text() + "payments = true\n")
        world.put_back()
        _, output, _ = world.send("--json")
        expect(wrong, "sent", json.loads(output)["results"][-1]["state"], "sent")
        expect(wrong, "again", (world.send()[0], world.server.effects()[("paid", "", "2001")]), (0, 1))
        world.put_back([{"on": "37", "nth": 1, "fault": "cut-after"}])
        status, output, said = world.send("--json")
        expect(wrong, "lost", (status, json.loads(output)["results"][-1]["state"]), (1, "unconfirmed"))
        expect(wrong, "not repeated", (world.send()[0], world.server.effects()[("paid", "", "2001")]), (0, 1))
        config.write_text(config.read_text().replace("payments = true", 'payments = true\ncurrency = "dollar"'))
        expect(wrong, "a currency of six letters", world.send()[0], 2)
    return 6, wrong


def main():
    World.offcirc = str(Path(sys.argv[1]).resolve())
    SmallSystem.offcirc = World.offcirc
    failed = 0
    for trial in (undisturbed, without_account, refused, captured, unknown_user, taken_up, one_item_stops_nothing,
                  mailed, paid, interrupted, killed_at_each_write):
        if trial is killed_at_each_write:
            skip_without_strace()
        tried, wrong = trial()
        print(f"{trial.__name__}: {tried} tried, {len(wrong)} wrong", flush=True)
        for sentence in wrong[:20]:
            print("  ", sentence)
        failed += len(wrong)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
