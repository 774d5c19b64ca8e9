#!/usr/bin/env python3
"""Measures the processor time that the SIP2 client needs for a message, questions included, against a server that answers
at once. Not a test; the benchmark of a load calls it too.

Usage: message_time.py SIP2_DRIVE [MESSAGES]
"""

import sys
import time

from client import DAY, NOON, Client, Message, Setup

USERS = [f"21221{number:09}" for number in range(500)]
MESSAGES = 10_000


def milliseconds_per_message(drive, count=MESSAGES):
    """The client's own processor time, and the time that passed, each per message."""
    items = {f"31221{number:09}": {} for number in range(count)}
    messages = [Message(number, "checkout", USERS[number % len(USERS)], item, due=NOON + 14 * DAY)
                for number, item in enumerate(items, 1)]
    with Client(drive) as client:
        client.reset({"profile": "koha-2025", "items": items, "users": USERS})
        started = time.monotonic()
        _, result = client.run(messages, setup=Setup((("silent", 1),)))
        elapsed = time.monotonic() - started
    assert result.words("count") == [["sent", str(count)]], result.lines
    return int(result.words("done")[0][1]) / count, 1000 * elapsed / count


def main():
    own, elapsed = milliseconds_per_message(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else MESSAGES)
    print(f"processor time {own:.3f} ms a message, elapsed {elapsed:.2f} ms with the fake server")


if __name__ == "__main__":
    main()
