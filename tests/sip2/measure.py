#!/usr/bin/env python3
"""Measures the processor time that the SIP2 client needs for a message, questions included. Not a test.

Usage: measure.py SIP2_DRIVE [MESSAGES]
"""

import sys
import time

from client import DAY, NOON, Client, Message, Setup

USERS = [f"21221{number:09}" for number in range(500)]


def main():
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
    items = {f"31221{number:09}": {} for number in range(count)}
    messages = [Message(number, "checkout", USERS[number % len(USERS)], item, due=NOON + 14 * DAY)
                for number, item in enumerate(items, 1)]
    with Client(sys.argv[1]) as client:
        client.reset({"profile": "koha-2025", "items": items, "users": USERS})
        started = time.monotonic()
        _, result = client.run(messages, setup=Setup((("silent", 1),)))
        elapsed = time.monotonic() - started
    [counts] = result.words("count")
    milliseconds = int(result.words("done")[0][1])
    print(f"{counts[1]} of {count} messages {counts[0]}; processor time {milliseconds / count:.3f} ms a message, "
          f"elapsed {1000 * elapsed / count:.2f} ms with the fake server")


if __name__ == "__main__":
    main()
