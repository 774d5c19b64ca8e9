#!/usr/bin/env python3
"""Random outages are sent to the fake server, while connections break, answers get lost, desks work and the client
crashes. Afterwards each effect has happened at most once, and exactly once unless the journal says that it may not have.

Usage: test_schedules.py SIP2_DRIVE [FIRST_SEED [COUNT]]

OFFCIRC_SEEDS is the number of seeds, 1,300 without it. Every 40th schedule is repeated with a crash at each record, which
makes more than 2,000 of them.
"""

import os
import sys
from collections import Counter
from dataclasses import replace

from client import HELD, Client
from schedules import random_schedule, stamp_of

DONE = {"sent", "due-differs", "sent-as-renewal", "took-from-another"}
MAX_RUNS = 12
REAL = {"lent", "renewed", "returned", "paid"}


class Broken(AssertionError):
    pass


class Outcome:
    """What is left after a schedule."""

    def __init__(self, client, schedule, journal):
        self.schedule, self.journal = schedule, journal
        self.effects = client.server.circulation.effects
        self.items = client.server.circulation.dump()
        self.protocol_errors = client.server.protocol_errors
        self.questions = client.server.circulation.questions
        self.fired = client.server.fired

    def state(self, message):
        return self.journal.state.get(message.id, "unsent")

    def effects_of(self, message):
        stamp = stamp_of(message)
        return [at for at, effect in enumerate(self.effects)
                if effect.source == "sip2" and effect.stamp == stamp and effect.item == message.item and effect.action in REAL]

    def desk_at(self, item):
        return [at for at, effect in enumerate(self.effects) if effect.source == "desk" and effect.item == item]

    def messages_of(self, item):
        return [message for message in self.schedule.messages if message.item == item]


def play(client, schedule, is_disturbed=True):
    client.reset(schedule.state(is_disturbed))
    crashes = list(schedule.crashes) if is_disturbed else []
    journal, counts = None, Counter()
    for _ in range(MAX_RUNS):
        crash_at, keeps = crashes.pop(0) if crashes else (None, True)
        journal, result = client.run(schedule.messages, journal, schedule.setup, crash_at, keeps)
        counts.update(runs=1, records=result.records, crashes=int(result.crashed), settled=int(result.slept >= 60))
        if not result.crashed and result.words("done")[0][0] == "asked" and not result.words("note"):
            break
        client.sleep(5)
    else:
        raise Broken(f"not done after {MAX_RUNS} runs: {result.lines}")
    return Outcome(client, schedule, journal), counts


# The invariants.


def check_counts(outcome, message, counts):
    """Each effect at most once; exactly once if the journal says so."""
    state = outcome.state(message)
    effects = outcome.effects_of(message)
    desk = outcome.desk_at(message.item)
    if len(effects) > 1 and not outcome.schedule.too_late:
        # A desk that takes an item back before the lost answer is asked about hides the first effect.
        if not any(effects[0] < at < effects[-1] for at in desk):
            raise Broken(f"{message.id} ({state}) took effect {len(effects)} times")
        counts["hidden by a desk"] += 1
    is_shown = message.kind != "payment"
    if outcome.journal.text.get(message.id, "").startswith("The loan was there already."):
        state = "there-already"  # with another due date
        counts["there already, due on another day"] += 1
    if state in DONE and is_shown and not effects and not desk and not outcome.schedule.too_late:
        raise Broken(f"{message.id} is {state} and had no effect")
    if state in ("there-already", "moved-on", "by-hand", "unsent") and effects:
        raise Broken(f"{message.id} is {state} and had an effect")
    counts["exactly once"] += len(effects) == 1 and state in DONE


def check_payment(outcome, message, counts):
    """A payment is booked as it is, or staff hear of it. Only one that a desk should look up may differ."""
    effects = [outcome.effects[at] for at in outcome.effects_of(message)]
    right = [effect for effect in effects if (effect.user, effect.amount) == (message.user, f"{message.cents / 100:.2f}")]
    state = outcome.state(message)
    if state == "sent" and len(right) != 1 and "ok-not-done" not in outcome.fired:
        raise Broken(f"payment {message.id} is {state} and was booked as {effects}")
    if len(right) != len(effects) and state != "unconfirmed":
        raise Broken(f"payment {message.id} is {state} and was booked as {effects}")
    counts["payments booked once"] += state == "sent" and len(right) == 1
    counts[f"payments {state}"] += 1


def check_order(outcome, item):
    """What comes after a transaction that is refused, moved on or unconfirmed has not been sent."""
    is_held = False
    for message in outcome.messages_of(item):
        if is_held and outcome.effects_of(message):
            raise Broken(f"{message.id} ({outcome.state(message)}) comes after a transaction that holds it back")
        is_held = is_held or outcome.state(message) in HELD


def check_final(outcome, item, undisturbed, counts):
    """The item is as after an undisturbed run, unless something about it is reported or a desk has worked on it."""
    states = {outcome.state(message) for message in outcome.messages_of(item)}
    if not states <= DONE | {"there-already"} or outcome.desk_at(item):
        return
    late = [effect for effect in outcome.effects if effect.item == item and effect.late]
    if outcome.schedule.too_late and late:
        counts["too late, not reported"] += 1
        last = outcome.questions.get(item, 0)
        if any(effect.at > last for effect in late):
            counts["after the last question"] += 1
            return
    seen, expected = outcome.items[item], undisturbed.items[item]
    keys = ["holder", "due", "status"] + ([] if outcome.schedule.too_late else ["renewals"])
    for key in keys:
        is_equal = str(seen[key])[:10] == str(expected[key])[:10]
        if not is_equal:
            raise Broken(f"{item}: {key} is {seen[key]!r}, and {expected[key]!r} after an undisturbed run")
    counts["items as undisturbed"] += 1


def check_desk(outcome, message, counts):
    """A loan that a desk has made is not ended by us, or staff hear of it."""
    for at in outcome.effects_of(message):
        effect = outcome.effects[at]
        if effect.action != "returned" or effect.user == message.holder:
            continue
        counts["loans of a desk ended"] += 1
        if outcome.state(message) in ("took-from-another", "unconfirmed"):
            counts["staff hear of it"] += 1
            continue
        # Nothing shows it if the desk worked between question and message, and the answer names nobody or is lost.
        if outcome.schedule.trusts_status():
            counts["risk of ask = status"] += 1
            continue
        ours = [outcome.state(each) for each in outcome.messages_of(message.item)]
        if outcome.schedule.too_late and effect.late and "unconfirmed" in ours:
            counts["our own loan, ended too late"] += 1
            continue
        lent_at = max((each for each in outcome.desk_at(message.item) if each < at), default=None)
        if lent_at is None:
            raise Broken(f"{message.id} ended the loan of {effect.user} and not of {message.holder!r}")
        is_in_window = outcome.effects[lent_at].at >= effect.question_at
        is_lost = "If a desk had just checked it out" in outcome.journal.text[message.id]
        if not is_in_window or not (is_lost or outcome.schedule.profile in ("mediator", "alma")):
            raise Broken(f"{message.id} ended the loan of {effect.user} unnoticed")
        counts["can't be seen"] += 1


def check(outcome, undisturbed, counts):
    if outcome.protocol_errors:
        raise Broken(f"protocol errors: {outcome.protocol_errors}")
    for text in outcome.journal.text.values():
        if "secret" in text or any(ord(character) < 32 for character in text):
            raise Broken(f"a text that must not be kept: {text!r}")
    for message in outcome.schedule.messages:
        check_counts(outcome, message, counts)
        check_desk(outcome, message, counts)
        if message.kind == "payment":
            check_payment(outcome, message, counts)
        counts[outcome.state(message)] += 1
    for item in outcome.schedule.items:
        check_order(outcome, item)
        check_final(outcome, item, undisturbed, counts)
    counts.update(f"fault {name}" for name in outcome.fired)


def try_schedule(client, schedule, undisturbed, counts):
    try:
        outcome, more = play(client, schedule)
        counts.update(more, schedules=1, messages=len(schedule.messages))
        check(outcome, undisturbed, counts)
        return more["records"]
    except Broken as broken:
        print(f"seed {schedule.seed}, {schedule.profile}, crashes {schedule.crashes}: {broken}")
        counts["broken"] += 1
        return 0


def crash_everywhere(client, schedule, undisturbed, counts):
    records = try_schedule(client, replace(schedule, crashes=[]), undisturbed, counts)
    for at in range(1, records + 1):
        for keeps in (True, False):
            try_schedule(client, replace(schedule, crashes=[(at, keeps)]), undisturbed, counts)


def enough(counts, total):
    """Whether the schedules have met what they should prove something about, at least once in so many schedules."""
    wanted = {"crashes": 2, "settled": 2, "exactly once": 1, "items as undisturbed": 1, "sent": 1, "due-differs": 1,
              "there-already": 2, "moved-on": 10, "refused": 20, "unconfirmed": 5, "took-from-another": 150,
              "sent-as-renewal": 100, "unsent": 2, "staff hear of it": 150, "fault cut-before": 10, "fault cut-after": 20,
              "fault cut-answer": 20, "fault cut-request": 50, "fault late": 200, "fault late-closed": 20, "fault kill": 20,
              "payments booked once": 3, "payments unconfirmed": 10, "payments refused": 400, "payments unsent": 10,
              "fault silent": 60, "fault desk": 5, "fault resend": 50, "fault other-item": 100, "too late, not reported": 400}
    wanted["schedules"] = 1
    missing = [name for name, rate in wanted.items() if counts[name] < total // rate]
    for name in missing:
        print(f"too few: {name}, {counts[name]} in {total} schedules")
    return not missing


def main():
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    total = int(sys.argv[3]) if len(sys.argv) > 3 else int(os.environ.get("OFFCIRC_SEEDS", "1300"))
    counts = Counter()
    with Client(sys.argv[1]) as client:
        for seed in range(first, first + total):
            schedule = random_schedule(seed)
            undisturbed, _ = play(client, schedule, is_disturbed=False)
            try_schedule(client, schedule, undisturbed, counts)
            if seed % 40 == 0:
                crash_everywhere(client, schedule, undisturbed, counts)
    for name, count in sorted(counts.items()):
        print(f"{count:7} {name}")
    is_enough = total < 500 or enough(counts, total)
    return 0 if counts["broken"] == 0 and is_enough else 1


if __name__ == "__main__":
    sys.exit(main())
