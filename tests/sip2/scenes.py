"""What the scenes of test_sip2.py and test_faults.py have in common."""

import sys

from client import DAY, NOON, Client, Message, Setup

DUE = NOON + 14 * DAY            # noon of 2026-12-15 in Chicago
DUE_LOCAL = "2026-12-15T12:00:00"
SOON = "2026-12-05T23:59:00"
SCENES = []


def scene(function):
    SCENES.append(function)
    return function


def state(profile="koha-2025", faults=(), **items):
    return {"profile": profile, "faults": list(faults), "items": items}


def charged(user, due="2026-12-10T23:59:00", **more):
    return {"holder": user, "due": due, **more}


def fault(on, nth, name, **more):
    return {"on": on, "nth": nth, "fault": name, **more}


def checkout(id=1, user="U1", item="A", **more):
    return Message(id, "checkout", user, item, due=more.pop("due", DUE), **more)


def checkin(id=1, holder="U1", item="A", **more):
    return Message(id, "checkin", "", item, holder, **more)


def renewal(id=1, user="U1", item="A", **more):
    return Message(id, "renewal", user, item, due=more.pop("due", DUE), **more)


def payment(id=1, user="U1", cents=1205, **more):
    return Message(id, "payment", user, cents=cents, **more)


PAYING = Setup((("payments", 1),))


class Trouble(AssertionError):
    pass


def equal(seen, expected, what=""):
    if seen != expected:
        raise Trouble(f"{what}\n    expected {expected!r}\n    seen     {seen!r}")


def outcome(client, start, messages, setup=Setup(), journal=None):
    """Runs the client and returns the journal's states by message, its texts, and the result."""
    client.reset(start)
    journal, result = client.run(messages, journal, setup)
    equal(client.server.protocol_errors, [], "protocol errors")
    if "secret-of-the-desk" in "\n".join([*journal.text.values(), *result.lines]):
        raise Trouble("the password is in a text")
    return journal.state, journal.text, result


def actions(client):
    return [(effect.action, effect.item, effect.user) for effect in client.server.circulation.effects if effect.source == "sip2"]


def run_scenes():
    """Runs the scenes that are named on the command line after the client, or all."""
    troubles = 0
    with Client(sys.argv[1]) as client:
        for function in SCENES:
            if len(sys.argv) > 2 and function.__name__ not in sys.argv[2:]:
                continue
            try:
                function(client)
            except Trouble as trouble:
                troubles += 1
                print(f"{function.__name__}: {trouble}")
    print(f"{len(SCENES)} scenes, {troubles} troubles")
    return 1 if troubles else 0
