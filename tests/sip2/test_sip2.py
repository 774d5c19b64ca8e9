#!/usr/bin/env python3
"""The SIP2 client against the fake server, which is sometimes in another state than expected.

Usage: test_sip2.py SIP2_DRIVE [SCENE...]
"""

import sys

from client import DAY, NOON, Message, Setup
from scenes import (DUE, DUE_LOCAL, PAYING, actions, charged, checkin, checkout, equal, fault, outcome, payment, renewal,
                    run_scenes, scene, state)

# Nothing goes wrong.


@scene
def checkout_checkin_and_renewal(client):
    start = state(A={}, B=charged("U2"), C=charged("U3"))
    states, texts, result = outcome(client, start, [checkout(1), checkin(2, "U2", "B"), renewal(3, "U3", "C", due=DUE)])
    equal(states, {1: "sent", 2: "sent", 3: "due-differs"})
    equal(texts[3], "Due 2026-12-22 there, 2026-12-15 here.")
    equal(actions(client), [("lent", "A", "U1"), ("returned", "B", "U2"), ("renewed", "C", "U3")])
    equal(client.server.circulation.dump()["A"]["due"], DUE_LOCAL, "the due date that was sent")
    equal(result.words("done")[0][0], "asked")


@scene
def each_profile_takes_a_checkout(client):
    expected = {"koha-2019": "due-differs", "koha-2025": "sent", "evergreen": "due-differs", "mediator": "due-differs",
                "alma": "sent", "sloppy": "due-differs"}
    for profile, wanted in expected.items():
        states, _, result = outcome(client, state(profile, A={}), [checkout()])
        equal(states, {1: wanted}, profile)
        equal(actions(client), [("lent", "A", "U1")], profile)
        equal(result.words("done")[0][0], "asked", profile)


@scene
def from_another_user(client):
    """The item is still charged to V: two messages."""
    messages = [checkin(1, "U2", flags="f"), checkout(2, "U1")]
    states, _, _ = outcome(client, state(A=charged("U2")), messages)
    equal(states, {1: "sent", 2: "sent"})
    equal(actions(client), [("returned", "A", "U2"), ("lent", "A", "U1")])


@scene
def the_checkout_goes_right_behind_its_checkin(client):
    messages = [checkin(1, "U2", flags="f"), checkout(3, "U3", "B"), checkout(2, "U1")]
    outcome(client, state(A=charged("U2"), B={}), messages)
    equal(actions(client), [("returned", "A", "U2"), ("lent", "A", "U1"), ("lent", "B", "U3")])


@scene
def a_checkin_before_a_checkout_is_not_sent_without_need(client):
    messages = [checkin(1, "U2", flags="f"), checkout(2, "U1")]
    states, _, _ = outcome(client, state(A={"hold": "U3"}), messages)
    equal(states, {1: "there-already", 2: "sent"})
    equal(actions(client), [("lent", "A", "U1")])


@scene
def holds_and_alerts(client):
    messages = [checkin(1, "U2", flags="f"), checkout(2, "U1"), checkin(3, "U2", "B")]
    states, texts, result = outcome(client, state(A=charged("U2", hold="U3"), B=charged("U2", hold="U3")), messages)
    equal(states, {1: "sent", 2: "sent", 3: "sent"})
    equal(texts[1], "Alert 01: a hold was captured by mistake. Release it, and tell the patron.")
    equal(texts[3], "Alert 01: route-for-hold.")
    equal(result.words("captured"), [["1"]])


@scene
def a_cleared_status_is_sent_once(client):
    states, _, _ = outcome(client, state(A={"status": "transit"}), [checkin(1, "", flags="c")])
    equal(states, {1: "sent"})
    equal(actions(client), [("cleared", "A", "")])
    states, _, _ = outcome(client, state(A={"status": "transit"}, faults=[fault("09", 1, "cut-before")]),
                           [checkin(1, "", flags="c")])
    equal(states, {1: "unconfirmed"})


@scene
def renewals_as_checkouts(client):
    setup = Setup((("renewal_as_checkout", 1),))
    states, _, _ = outcome(client, state(A=charged("U1")), [renewal()], setup)
    equal(states, {1: "sent"})
    equal(actions(client), [("renewed", "A", "U1")])


# The live system is not as expected.


@scene
def what_is_there_already(client):
    start = state(A=charged("U1"), B={}, C=charged("U3", "2026-12-15T23:59:00"))
    start["items"]["D"] = charged("U1", DUE_LOCAL)
    states, texts, _ = outcome(client, start, [checkout(1), checkin(2, "U2", "B"), renewal(3, "U3", "C"),
                                               checkout(4, item="D"), checkout(5, item="A", due=None)])
    equal(states, {1: "due-differs", 2: "there-already", 3: "there-already", 4: "there-already", 5: "there-already"})
    equal(texts[1], "The loan was there already. Due 2026-12-10 there, 2026-12-15 here.")
    equal(actions(client), [])


@scene
def what_has_moved_on_holds_back_the_rest(client):
    start = state(A=charged("U2"), B=charged("U3"), C={})
    messages = [checkout(1), checkin(2, "U1"), checkin(3, "U2", "B"), renewal(4, "U3", "C"), checkout(5, "U1", "C")]
    states, texts, result = outcome(client, start, messages)
    equal(states, {1: "moved-on", 3: "moved-on", 4: "moved-on"})
    equal(texts[1], "Nothing was sent: the item is checked out to another patron there.")
    equal(texts[4], "Nothing was sent: the patron does not have the item there.")
    equal(result.words("unsent"), [["2", "An earlier transaction of the item is moved-on."],
                                   ["5", "An earlier transaction of the item is moved-on."]])
    equal(actions(client), [])


@scene
def an_unknown_item_and_a_new_user(client):
    start = state(B={}, C=charged("U2"))
    states, texts, result = outcome(client, start, [checkout(1), checkout(2, "NEW", "B"), checkin(3, "NEW", "B")])
    equal(states, {1: "refused"})
    equal(texts[1], "Nothing was sent: the server does not know the item.")
    equal(result.words("unsent"), [["2", "Nothing was sent: the server does not know the user yet."],
                                   ["3", "An earlier transaction of the item is unsent."]])


@scene
def a_refusal_holds_back_the_rest(client):
    start = state("koha-2019", A={"hold": "U3"}, B={})
    states, texts, result = outcome(client, start, [checkout(1), checkin(2, "U1"), checkout(3, "U2", "B")])
    equal((states[1], texts[1]), ("refused", "This item is on hold for another patron."))
    equal(result.words("unsent"), [["2", "An earlier transaction of the item is refused."]])
    equal(states[3], "due-differs")


@scene
def a_library_without_a_login(client):
    start = state(A={}, B={}, C={})
    messages = [checkout(1, library="WEST"), checkout(2, "U2", "B"), checkin(3, "U1", "A"), checkin(4, "U2", "B")]
    states, _, result = outcome(client, start, messages)
    equal(states, {2: "sent", 4: "sent"})
    equal([word[0] for word in result.words("unsent")], ["1", "3"])
    equal(result.words("note"), [["WEST has no SIP2 account: add 'user' and 'password_file' to its [library.send]."]])


@scene
def a_refused_login(client):
    start = state(faults=[fault("93", 1, "login-refused")], A={}, B={})
    messages = [checkout(1, library="EAST"), checkin(2, "U1", library="OSH"), checkout(3, "U2", "B")]
    states, _, result = outcome(client, start, messages)
    equal(states, {3: "sent"})
    equal([word[0] for word in result.words("unsent")], ["1", "2"])
    equal(result.words("note"), [[f"The SIP2 server 127.0.0.1:{client.server.port} does not accept the account desk-east of "
                                  "EAST: check its password."]])


@scene
def what_sip2_cannot_say(client):
    start = state(A={}, B={}, C={}, D={})
    messages = [checkout(1, due="never"), checkout(2, "U|1", "B"), checkout(3, "U1", "C\x07"),
                Message(4, "in-house-use", "", "D"), checkout(5, "U\u00e4", "D"), payment(6)]
    states, texts, _ = outcome(client, start, messages, Setup((("encoding", "ASCII"),)))
    equal(set(states.values()), {"by-hand"})
    equal(texts, {1: "SIP2 can't say that a loan is never due.",
                  2: "SIP2 can't send the patron's ID: it has a | in it.",
                  3: "SIP2 can't send the item's ID: it has a control character in it.",
                  4: "SIP2 has no message for it.",
                  5: "SIP2 can't send the patron's ID: it has a character that the server's encoding lacks.",
                  6: "[send] has no payments = true."})


@scene
def payments(client):
    messages = [payment(1), checkout(2, "U1", "A"), payment(3, "U2", 50), payment(4, "NOBODY"), payment(5, cents=0)]
    states, texts, result = outcome(client, state(A={}), messages, PAYING)
    equal(states, {1: "sent", 2: "sent", 3: "sent", 5: "by-hand"})
    equal(texts[5], "SIP2 can't send a payment without an amount.")
    equal(result.words("unsent"), [["4", "Nothing was sent: the server does not know the user yet."]])
    equal([(effect.user, effect.amount) for effect in client.server.circulation.effects if effect.action == "paid"],
          [("U1", "12.05"), ("U2", "0.50")])


@scene
def a_payment_of_which_nothing_is_known(client):
    """Servers do not show whether a payment has been booked, so it is never sent again without being asked."""
    for name in ("cut-before", "cut-after", "cut-answer", "silent"):
        start = state(faults=[fault("37", 1, name, bytes=3)], A={})
        states, texts, _ = outcome(client, start, [payment(1), payment(2, "U1"), payment(3, "U2", 5)],
                                   Setup(PAYING.settings, timeout=80))
        equal(states, {1: "unconfirmed", 2: "sent", 3: "sent"}, name)
        equal(texts[1], "The answer was lost, and the server does not show whether it was done.", name)
    client.reset(state())
    _, result = client.run([payment(1, flags="r")], setup=PAYING)
    equal(result.words("count"), [["sent", "1"]])
    client.reset(state())
    journal, _ = client.run([payment(1)], setup=PAYING, crash_at=1)
    journal, _ = client.run([payment(1)], journal, PAYING)
    equal((journal.state, len(client.server.circulation.effects)), ({1: "unconfirmed"}, 0))


@scene
def a_payment_for_another(client):
    start = state(faults=[fault("37", 1, "other-item", item="U9"), fault("37", 2, "ok-not-done"),
                          fault("37", 3, "resend"), fault("37", 5, "done-not-ok")], A={})
    states, texts, _ = outcome(client, start, [payment(1), payment(2), payment(3), payment(4)], PAYING)
    equal(states, {1: "unconfirmed", 2: "sent", 3: "sent", 4: "refused"})
    equal(texts[1], "The server says that it was paid for U9.")


@scene
def lists_of_titles(client):
    start = state("evergreen", A=charged("U1"), B=charged("U2"), C={})
    messages = [checkin(1), checkout(2, "U3", "C")]
    states, texts, _ = outcome(client, start, messages)
    equal(states, {1: "unconfirmed", 2: "due-differs"})
    equal(texts[1], "Nothing was sent: the server does not say who has the item.")
    states, _, _ = outcome(client, start, messages, Setup((("trusts_status", 1),)))
    equal(states, {1: "sent", 2: "due-differs"})


@scene
def due_dates_that_cannot_be_read(client):
    start = state("sloppy", A=charged("U1", "2026-12-10T12:00:00"), B=charged("U2", "2026-12-13T12:00:00"))
    states, _, _ = outcome(client, start, [renewal(1), renewal(2, "U2", "B", due=NOON + 30 * DAY)])
    equal(states, {1: "unconfirmed", 2: "due-differs"})


# A desk works meanwhile.


@scene
def a_desk_lends_it_between_question_and_message(client):
    start = state(faults=[fault("09", 1, "desk", action="return", item="A"),
                          fault("11", 1, "desk", action="lend", item="B", user="U1")], A=charged("U1"), B={})
    states, _, _ = outcome(client, start, [checkin(1), checkout(2, "U1", "B")])
    equal(states, {1: "sent", 2: "sent-as-renewal"})


@scene
def a_desk_lends_it_to_somebody_else_meanwhile(client):
    """The check-in ends a loan that a desk has just made: staff must hear of it at once."""
    swap = fault("09", 1, "desk", action="swap", item="A", user="U2")
    states, texts, _ = outcome(client, state(faults=[swap], A=charged("U1")), [checkin(1)])
    equal((states, texts), ({1: "took-from-another"}, {1: "It was checked out to U2 there."}))
    states, texts, _ = outcome(client, state(faults=[swap, fault("09", 2, "cut-after")], A=charged("U1"), B=charged("U3")),
                               [checkin(1), checkin(2, "U3", "B")])
    equal(states, {1: "took-from-another", 2: "sent"})
    equal(texts[2], "The answer was lost, but the item is checked in. If a desk had just checked it out, that loan has ended.")


@scene
def a_loan_that_is_gone_at_the_end(client):
    start = state(faults=[fault("17", 2, "desk", action="return", item="A")], A={})
    states, texts, _ = outcome(client, start, [checkout(1)])
    equal((states[1], texts[1]), ("unconfirmed", "When it was asked again at the end, the server had it otherwise."))


# The clocks, the other commands.


@scene
def the_clocks_must_agree(client):
    for seconds, end in ((119, ""), (-119, ""), (121, "Correct the clock that is wrong; until then all times that are sent "
                                                 "would be wrong."),
                         (-3600, "A whole number of hours means another time zone than America/Chicago: correct [send] "
                                 "timezone.")):
        start = state(faults=[fault("99", 1, "clock", seconds=seconds)], A={})
        states, _, result = outcome(client, start, [checkout()])
        equal(states, {} if end else {1: "sent"})
        equal([words[0].split(" ours. ")[1] for words in result.words("stopped")], [end] if end else [])


@scene
def a_dry_run_sends_nothing(client):
    start = state(A={}, B=charged("U2"), C=charged("U2"))
    messages = [checkout(1), checkin(2, "U2", "B"), checkout(3, "U1", "C"), checkin(4)]
    states, _, result = outcome(client, start, messages, Setup(command="ask"))
    equal(states, {1: "unsent", 2: "unsent", 3: "moved-on"})
    equal(result.words("unsent"), [["4", "Depends on an earlier transaction of the item."]])
    equal((actions(client), client.server.counts.get("11")), ([], None))


@scene
def a_probe(client):
    client.reset(state("evergreen", A=charged("U1"), faults=[fault("93", 1, "login-refused")]))
    _, result = client.run([], setup=Setup(command="probe\tA\tU1"))
    libraries = result.words("library")
    equal([words[0] for words in libraries], ["EAST", "OSH"])
    equal(libraries[1][1:], ["", "The fake server", "2.00", "0"])
    equal("does not accept the account desk-east" in libraries[0][1], True)
    equal(result.words("answer"), [['Item A: checked out (status 04), due "2026-12-10".'],
                                   ["User U1: has 1 items, 1 of them listed."]])
    equal(result.words("lack"), [["Lists: the server lists titles and not item IDs, so check-ins are unconfirmed unless "
                                  "[send] has ask = \"status\"."]])
    equal(result.words("done"), [["unusable"]])


@scene
def nobody_listens(client):
    setup = Setup((("server", "127.0.0.1:1"),))
    states, _, result = outcome(client, state(A={}), [checkout()], setup)
    equal((states, result.words("stopped")),
          ({}, [["The SIP2 server 127.0.0.1:1 can't be reached: Connection refused."]]))


@scene
def settings_that_cannot_be_used(client):
    for setting, start in ((("server", "sip.example.org"), '[send] server: "sip.example.org" is not a server and its port'),
                           (("encoding", "none-such"), '[send] encoding: there is no text encoding "none-such".'),
                           (("encoding", "UTF-16"), "[send] encoding: SIP2 messages can't be in UTF-16")):
        _, _, result = outcome(client, state(A={}), [checkout()], Setup((setting,)))
        equal(result.words("error")[0][0].startswith(start), True, result.words("error"))


if __name__ == "__main__":
    sys.exit(run_scenes())
