#!/usr/bin/env python3
"""The SIP2 client against the fake server, while connections break, answers are nonsense, and the client ends early.

Usage: test_faults.py SIP2_DRIVE [SCENE...]
"""

import sys

from client import DAY, NOON, Journal, Setup
from scenes import SOON, actions, charged, checkin, checkout, equal, fault, outcome, renewal, run_scenes, scene, state


@scene
def lost_answers_are_asked_about(client):
    for name in ("cut-before", "cut-after", "silent", "garbage", "wrong-sequence", "wrong-checksum", "two-answers",
                 "endless", "resend", "no-sequence", "control", "close-idle"):
        for code, message, item in (("11", checkout(), {}), ("09", checkin(), charged("U1")),
                                    ("29", renewal(), charged("U1", SOON))):
            start = state(faults=[fault(code, 1, name)], A=item)
            states, _, result = outcome(client, start, [message], Setup(timeout=100))
            equal(states, {1: "due-differs" if code == "29" else "sent"}, f"{name} {code}")
            equal(len(actions(client)), 1, f"{name} {code}")
            is_lost = name not in ("resend", "no-sequence", "control", "close-idle", "two-answers")
            equal(result.slept > 0, is_lost, f"{name} {code} waits")


@scene
def an_answer_cut_after_each_byte(client):
    for length in range(0, 80):
        start = state(faults=[fault("11", 1, "cut-answer", bytes=length)], A={})
        states, _, _ = outcome(client, start, [checkout()])
        equal((states, actions(client)), ({1: "sent"}, [("lent", "A", "U1")]), f"{length} bytes")


@scene
def a_request_cut_after_each_byte_lends_nothing_else(client):
    """The server carries out what has come of a request: an ID that is cut may be another item's."""
    for length in range(0, 80):
        faults = [fault("11", 1, "cut-request", bytes=length)]
        start = {**state(faults=faults), "items": {"6601": {}, "660": {}, "66": {}}}
        states, _, _ = outcome(client, start, [checkout(1, "U1", "6601")])
        equal((states, actions(client)), ({1: "sent"}, [("lent", "6601", "U1")]), f"{length} bytes")


@scene
def questions_are_asked_again(client):
    for code, count in (("17", 2), ("63", 2), ("99", 1), ("93", 1)):
        for name in ("cut-after", "silent", "garbage", "wrong-sequence", "wrong-checksum"):
            start = state(faults=[fault(code, nth, name) for nth in range(1, count + 1)], A={})
            states, _, _ = outcome(client, start, [checkout()], Setup(timeout=100))
            equal((states, actions(client)), ({1: "sent"}, [("lent", "A", "U1")]), f"{name} {code}")


@scene
def an_item_that_the_server_cannot_be_asked_about(client):
    """It is left, with all that depends on it, and so is the next; others are sent. Three in a row end the run."""
    start = state(A=charged("U1"), B={}, C={}, D={}, E={})
    start["mute"] = ["A", "C"]
    messages = [checkin(1, "U1", "A"), checkout(2, "U2", "A"), checkout(3, "U1", "B"), checkout(4, "U1", "C")]
    states, _, result = outcome(client, start, messages)
    equal(states, {3: "sent"})
    reason = "The server gives no answer about {}: the server closed the connection."
    equal(result.words("unsent"), [["1", reason.format("A")], ["2", "An earlier transaction of the item is unsent."],
                                   ["4", reason.format("C")]])
    equal((result.words("stopped"), result.words("done")[0][0]), ([], "asked"))
    start["mute"] = list("ABCDE")
    states, _, result = outcome(client, start, [checkout(n, "U1", item) for n, item in enumerate("BCDE", 1)])
    equal(states, {})
    equal(result.words("stopped"), [[reason.format("D") + " It is the last of 3 in a row, so the run ended."]])
    equal([word[0] for word in result.words("unsent")], ["1", "2", "3", "4"])


@scene
def an_item_that_cannot_be_asked_about_after_its_answer_was_lost(client):
    """Nothing is known about it, so it stays as it is recorded, and the next run asks again."""
    client.reset(state(A={}, B={}))
    journal, _ = client.run([checkout(1), checkout(2, "U2", "B")], crash_at=1)
    client.server.mute = {"A"}
    journal, result = client.run([checkout(1), checkout(2, "U2", "B")], journal)
    equal(journal.state, {1: "sending", 2: "sent"})
    client.server.mute = set()
    journal, _ = client.run([checkout(1), checkout(2, "U2", "B")], journal)
    equal((journal.state, actions(client)), ({1: "sent", 2: "sent"}, [("lent", "B", "U2"), ("lent", "A", "U1")]))


@scene
def an_item_that_cannot_be_asked_about_at_the_end(client):
    client.reset(state(A={}, B={}))
    client.server.mute_after = 2
    journal, result = client.run([checkout(1), checkout(2, "U2", "B")])
    equal(journal.state, {1: "unconfirmed", 2: "unconfirmed"})
    equal(journal.text[1], "When it was asked again at the end: The server gives no answer about A: the server closed the "
                           "connection.")


@scene
def ok_for_another_item_stops_the_run(client):
    start = state(faults=[fault("11", 2, "other-item", item="A")], A={}, B={}, C={})
    states, texts, result = outcome(client, start, [checkout(1), checkout(2, "U2", "B"), checkout(3, "U3", "C")])
    equal(states, {1: "unconfirmed", 2: "unconfirmed"})
    equal(texts[2], "The server answered that it was done with A.")
    equal(result.words("stopped")[0][0].split(". ")[0],
          "The SIP2 server was asked about item B and answered that it was done with item A")
    equal(result.words("unsent"), [["3", "The run ended before it."]])


@scene
def ok_without_effect_and_no_with_effect(client):
    start = state(faults=[fault("11", 1, "ok-not-done"), fault("11", 2, "done-not-ok")], A={}, B={})
    states, texts, _ = outcome(client, start, [checkout(1), checkout(2, "U2", "B")])
    equal(states, {1: "unconfirmed", 2: "sent"})
    equal(texts[2], "The server refused it, but it was done: The server gives no reason.")
    start = state(faults=[fault("11", 1, "ok-not-done")], A={})
    states, _, result = outcome(client, start, [checkout(1), checkin(2)])
    equal((states, actions(client)), ({1: "unconfirmed"}, []))
    equal(result.words("unsent"), [["2", "An earlier transaction of the item is unconfirmed."]])


@scene
def effects_within_the_settling_time_count_once(client):
    for seconds in (0, 1, 30, 59, 60):
        for name in ("late", "late-closed", "kill"):
            for code, message, item in (("11", checkout(), {}), ("09", checkin(), charged("U1")),
                                        ("29", renewal(), charged("U1", SOON))):
                start = state(faults=[fault(code, 1, name, seconds=seconds)], A=item)
                states, _, result = outcome(client, start, [message], Setup(timeout=50))
                equal(result.crashed, name == "kill")
                if result.crashed:
                    states = client.run([message], Journal(states, {1: "Was due 2026-12-05." if code == "29" else ""}))[0].state
                equal(states, {1: "due-differs" if code == "29" else "sent"}, f"{name} {code} {seconds}")
                equal(len(actions(client)), 1, f"{name} {code} {seconds}")


@scene
def an_effect_that_is_too_late_shows_at_the_end(client):
    """The first check-in is carried out after the second, and after the checkout that followed."""
    start = state(faults=[fault("09", 1, "late-closed", seconds=90)], A=charged("U1"))
    states, _, _ = outcome(client, start, [checkin(1), checkout(2, "U2")])
    equal(actions(client), [("returned", "A", "U1"), ("lent", "A", "U2"), ("returned", "A", "U2")])
    equal(states, {1: "sent", 2: "unconfirmed"})


@scene
def three_lost_answers_are_enough(client):
    start = state(faults=[fault("11", nth, "cut-before") for nth in (1, 2, 3)], A={})
    states, texts, _ = outcome(client, start, [checkout()])
    equal((states[1], texts[1]), ("unconfirmed", "Sent 3 times, and each answer was lost."))


@scene
def a_crash_counts_as_a_lost_answer(client):
    for keeps in (True, False):
        for crash_at in (1, 2):
            client.reset(state(A={}))
            journal, result = client.run([checkout()], crash_at=crash_at, keeps_crash=keeps)
            equal(result.crashed, True)
            journal, result = client.run([checkout()], journal)
            equal((journal.state, actions(client)), ({1: "sent"}, [("lent", "A", "U1")]), f"{keeps} {crash_at}")


@scene
def the_operator_ends_the_run(client):
    """At each record and each sleep in turn; a second run brings all to its end."""
    expected = {1: "sent", 2: "sent", 3: "sent"}
    for at in range(1, 10):
        client.reset(state(faults=[fault("09", 1, "cut-after")], A={}, B=charged("U2")))
        messages = [checkout(1), checkin(2, "U2", "B"), checkin(3, "U1")]
        journal, result = client.run(messages, setup=Setup((("interrupt", at),)))
        is_over = at > 7
        equal((result.words("interrupted") == [[]], result.words("done")[0][0] == "asked"), (not is_over, is_over), f"at {at}")
        journal, result = client.run(messages, journal)
        equal((journal.state, len(actions(client))), (expected, 3), f"at {at}")


@scene
def a_renewal_after_a_crash_needs_its_old_due_date(client):
    for faults in ([], [fault("29", 1, "cut-before")]):
        client.reset(state(faults=faults, A=charged("U1", SOON)))
        journal, _ = client.run([renewal()], crash_at=1)
        equal(journal.text[1], "Was due 2026-12-05.")
        journal, _ = client.run([renewal()], journal)
        equal((journal.state, len(actions(client))), ({1: "due-differs"}, 1))
    client.reset(state(A=charged("U1")))
    journal = Journal({1: "sending"}, {1: ""})
    journal, _ = client.run([renewal()], journal)
    equal((journal.state, actions(client)), ({1: "unconfirmed"}, []), "without the old due date")


@scene
def a_renewal_that_may_change_nothing_is_not_sent_again(client):
    """Lent today, and renewed today: the server may give it the same day, so a lost answer can't be made up for."""
    for name in ("cut-before", "cut-after"):
        start = state(faults=[fault("29", 1, name)], A=charged("U1", "2026-12-22T23:59:00"))
        states, texts, _ = outcome(client, start, [renewal(due=NOON + 28 * DAY)])
        equal((states[1], texts[1]),
              ("unconfirmed", "The answer was lost, and the server does not show whether it was done."), name)
    states, texts, _ = outcome(client, state("koha-2019", A={}), [checkout(1), renewal(2, due=NOON + 28 * DAY)])
    equal(states, {1: "due-differs", 2: "there-already"})
    equal(texts[2], "Nothing was sent: renewed on the same day, it would be due on the same day.")
    equal(actions(client), [("lent", "A", "U1")])


@scene
def times_that_come_twice(client):
    """On 2026-11-01 the clocks of Chicago went from 2:00 back to 1:00."""
    twice = 1_793_514_600            # 1:30, for the first time
    _, _, result = outcome(client, state(A={}, B={}), [checkout(1, occurred=twice), checkout(2, "U2", "B", occurred=twice - 3600)])
    equal(result.words("repeated"), [["1"]])


@scene
def resend_is_for_what_cannot_be_seen(client):
    start = state("evergreen", A=charged("U1"))
    states, _, _ = outcome(client, start, [checkin(1, flags="r")])
    equal((states, actions(client)), ({1: "sent"}, [("returned", "A", "U1")]))


@scene
def idle_connections_are_tried_first(client):
    """While one library waits for a lost answer, the server closes the other's connection."""
    start = state(faults=[fault("11", 2, "cut-after")], A={}, B={}, C={})
    messages = [checkout(1, library="EAST"), checkout(2, "U2", "B"), checkout(3, "U3", "C", library="EAST")]
    states, _, _ = outcome(client, start, messages)
    equal(states, {1: "sent", 2: "sent", 3: "sent"})
    equal(client.server.counts["93"], 4, "logins")
    start = state(faults=[fault("11", 2, "cut-after")], A={}, B={}, C={})
    close_idle, client.server.close_idle = client.server.close_idle, lambda seconds: None
    states, _, _ = outcome(client, start, messages)
    client.server.close_idle = close_idle
    equal(states, {1: "sent", 2: "sent", 3: "sent"})
    equal((client.server.counts["93"], client.server.counts["99"]), (3, 4), "the connection was tried")


if __name__ == "__main__":
    sys.exit(run_scenes())
