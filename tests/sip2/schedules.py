"""Random outages and random trouble while they are sent: what test_schedules.py tries."""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from circulation import LOAN_DAYS, PROFILES
from client import DAY, NOON, OFFSET, SETTLE, Message, Setup

USERS = ["U1", "U2", "U3"]
# Profiles whose lists do not show who has an item; half of the schedules trust the status there.
WITHOUT_LISTS = {"evergreen", "alma"}
# What each fault hits. Those with a real timeout are rare, because each takes a moment.
ON_TRANSACTION = {"cut-before": 6, "cut-after": 6, "cut-answer": 4, "cut-request": 3, "silent": 1, "late": 1,
                  "late-closed": 5, "kill": 5, "wrong-sequence": 2, "no-sequence": 1, "wrong-checksum": 2, "resend": 2,
                  "other-item": 1, "control": 1, "garbage": 2, "two-answers": 1, "close-idle": 2, "ok-not-done": 2,
                  "done-not-ok": 2}
ON_QUESTION = {"cut-before": 4, "cut-answer": 4, "wrong-sequence": 2, "wrong-checksum": 2, "garbage": 2, "resend": 1,
               "close-idle": 3, "silent": 1, "two-answers": 1}
ON_LOGIN = {"cut-before": 4, "login-refused": 2, "garbage": 2}


@dataclass
class Schedule:
    seed: int
    profile: str
    items: dict
    messages: list
    faults: list
    setup: Setup
    crashes: list = field(default_factory=list)   # (at which record, whether it is durable), for one run after the other
    too_late: bool = False                        # an effect may come later than the settling time

    def state(self, is_disturbed=True):
        return {"profile": self.profile, "items": {name: dict(item) for name, item in self.items.items()},
                "faults": [dict(fault) for fault in self.faults] if is_disturbed else []}

    def trusts_status(self):
        return ("trusts_status", 1) in self.setup.settings

    def has_desk(self):
        return any(fault["fault"] == "desk" for fault in self.faults)


def pick(dice, weights):
    return dice.choices(list(weights), list(weights.values()))[0]


def local_date(days):
    return (datetime(2026, 12, 1, 23, 59) + timedelta(days=days)).isoformat()


def random_item(dice):
    kind = dice.choices(["free", "charged", "transit", "hold"], [4, 5, 1, 1])[0]
    if kind == "charged":
        return {"holder": dice.choice(USERS), "due": local_date(dice.randint(-5, 15))}
    return {"free": {}, "transit": {"status": "transit"}, "hold": {"hold": dice.choice(USERS)}}[kind]


class Chain:
    """The transactions of one item, as desks recorded them while the server was away."""

    def __init__(self, dice, name, item):
        self.dice, self.name = dice, name
        self.holder = item.get("holder", "")
        # Sometimes offcirc's database knows less than the live system, or more.
        if dice.random() < 0.1:
            self.holder = dice.choice(["", *USERS])

    def next(self):
        if not self.holder:
            self.holder = self.dice.choice(USERS)
            return [{"kind": "checkout", "user": self.holder}]
        roll = self.dice.random()
        if roll < 0.3:
            return [{"kind": "renewal", "user": self.holder}]
        returned = {"kind": "checkin", "holder": self.holder}
        if roll < 0.65:
            self.holder = ""
            return [returned]
        self.holder = self.dice.choice(USERS)
        return [{**returned, "flags": "f"}, {"kind": "checkout", "user": self.holder}]


def random_messages(dice, items):
    parts = []
    for name, item in items.items():
        chain = Chain(dice, name, item)
        place = 0.0
        for _ in range(dice.randint(1, 3)):
            place += dice.random()
            for message in chain.next():
                place += 0.001
                parts.append((place, {"item": name, **message}))
    messages = []
    for number, (_, values) in enumerate(sorted(parts, key=lambda part: part[0]), 1):
        occurred = NOON - DAY + number * 60
        due = None if values["kind"] == "checkin" else occurred + dice.choice([7, LOAN_DAYS, LOAN_DAYS + 7]) * DAY
        returned = occurred - DAY if values["kind"] == "checkin" and dice.random() < 0.3 else None
        messages.append(Message(number, occurred=occurred, due=due, returned=returned,
                                library=dice.choice(["OSH", "EAST"]), **values))
    return messages


def random_fault(dice, items, too_late):
    on = dice.choices(["11", "09", "29", "17", "63", "93", "99"], [8, 8, 5, 3, 3, 1, 1])[0]
    weights = ON_LOGIN if on in ("93", "99") else ON_QUESTION if on in ("17", "63") else ON_TRANSACTION
    fault = {"on": on, "nth": dice.randint(1, 4 if on in ("11", "09", "29") else 12), "fault": pick(dice, weights)}
    if on == "99" and fault["fault"] == "login-refused":
        fault.update(fault="clock", seconds=3600)
    if fault["fault"] in ("late", "late-closed", "kill"):
        fault["seconds"] = SETTLE + dice.randint(1, 2 * SETTLE) if too_late else dice.randint(0, SETTLE)
    if fault["fault"] in ("cut-answer", "cut-request"):
        fault["bytes"] = dice.randint(0, 120)
    if fault["fault"] == "other-item":
        fault["item"] = dice.choice([*items, "ELSEWHERE"])
    return fault


def random_desk(dice, items, messages):
    """Something that a desk does while we send; often with the item and the user of a message."""
    if dice.random() < 0.5:
        message = dice.choice(messages)
        on = {"checkout": "11", "checkin": "09", "renewal": "29"}[message.kind]
        before = [each for each in messages if each.kind == message.kind].index(message) + 1
        return {"on": on, "nth": before, "fault": "desk", "action": dice.choice(["lend", "return", "renew", "swap"]),
                "item": message.item, "user": message.user or dice.choice(USERS)}
    on = dice.choices(["17", "63", "11", "09", "29"], [2, 1, 3, 3, 1])[0]
    return {"on": on, "nth": dice.randint(1, 8 if on in ("17", "63") else 4), "fault": "desk",
            "action": dice.choice(["lend", "return", "renew", "swap"]), "item": dice.choice(list(items)),
            "user": dice.choice(USERS)}


def add_payments(dice, messages):
    """Puts payments between the messages. Their faults and their dice are their own, so that the other messages of a seed
    do not depend on them."""
    for number in range(dice.choice([0, 0, 1, 2])):
        paid = Message(100 + number, "payment", dice.choice([*USERS, "NOBODY"]), cents=dice.choice([5, 1205, 100000]),
                       occurred=NOON - 2 * DAY + number * 60, library=dice.choice(["OSH", "EAST"]))
        messages.insert(dice.randint(0, len(messages)), paid)


def payment_faults(dice):
    for number in range(dice.choice([0, 0, 1, 2])):
        fault = {"on": "37", "nth": number + 1, "fault": pick(dice, ON_TRANSACTION), "item": dice.choice(USERS)}
        yield {**fault, "bytes": dice.randint(0, 90), "seconds": dice.randint(0, SETTLE)}


def random_schedule(seed):
    dice = random.Random(seed)
    profile = dice.choice(list(PROFILES))
    items = {name: random_item(dice) for name in "ABCD"[:dice.randint(2, 4)]}
    too_late = dice.random() < 0.15
    messages = random_messages(dice, items)
    faults = [random_fault(dice, items, too_late) for _ in range(dice.choice([0, 1, 2, 3, 5]))]
    if dice.random() < 0.3:
        faults += [random_desk(dice, items, messages) for _ in range(dice.randint(1, 3))]
    dice_of_payments = random.Random(f"payments {seed}")
    add_payments(dice_of_payments, messages)
    faults += payment_faults(dice_of_payments)
    settings = (("trusts_status", 1),) if profile in WITHOUT_LISTS and dice.random() < 0.5 else ()
    crashes = [(dice.randint(1, 8), dice.random() < 0.5) for _ in range(dice.choice([0, 0, 1, 2]))]
    return Schedule(seed, profile, items, messages, faults,
                    Setup((*settings, ("payments", 1)), timeout=80), crashes, too_late)


def stamp_of(message):
    """The transaction date by which the server knows the message."""
    local = datetime(1970, 1, 1) + timedelta(seconds=message.occurred + OFFSET)
    return local.strftime("%Y%m%d    %H%M%S")
