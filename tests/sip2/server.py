#!/usr/bin/env python3
"""A fake SIP2 server on 127.0.0.1 with a circulation state of its own, for the tests of `offcirc send`.

Usage: server.py STATE.json [--port-file FILE]

STATE.json: {"profile": "koha-2025", "accounts": {USER: PASSWORD}, "users": [ID...], "offset": SECONDS,
             "items": {ID: {"holder": ID, "due": "2026-12-20T23:59:00", "hold": ID, "status": "lost"}},
             "faults": [FAULT...], "mute": [ID of an item about which a question closes the connection...]}
The server prints its port. Each line on its standard input is a command: `state` prints the items as one line of JSON,
`effects` what has happened, `reset FILE` begins again with another state, `desk ACTION ITEM [USER]` lets a desk lend,
renew or return. It ends with its input.

A FAULT is {"on": CODE, "nth": N, "fault": NAME, ...}: it hits the Nth request (from 1) with that code, for example "11".
NAME is one of
  cut-before      closes the connection, nothing is done
  cut-after       does it, and closes the connection without an answer
  cut-answer      does it, sends "bytes" bytes of the answer, and closes
  cut-request     the connection breaks after "bytes" bytes of the request; some servers carry out what has come
  silent          does it, and never answers
  late            never answers, and does it "seconds" later
  late-closed     closes the connection, and does it "seconds" later
  kill            calls kill(), by which a test kills the client, and does it "seconds" later
  wrong-sequence  answers with another AY
  no-sequence     answers without AY and AZ
  wrong-checksum  answers with a wrong AZ
  resend          answers 96 and does nothing
  other-item      does it, and answers OK for "item"
  control         puts control characters into its texts
  garbage         does it, and answers with nonsense
  endless         does it, and answers with 300 KB without an end
  two-answers     does it, and answers twice
  close-idle      answers, and then closes the connection
  login-refused   answers 940
  clock           98 is "seconds" off
  ok-not-done     says OK and "Issue failed", and does nothing
  done-not-ok     does it and says no
  desk            lets a desk work just before the request is carried out: "action" (lend, renew, return, or swap: return
                  and lend), "item", "user"
"""

import argparse
import json
import selectors
import socket
import sys
import time
from pathlib import Path

from circulation import PROFILES, Answer, Circulation, local_time
from datetime import datetime

FIXED = {"93": 2, "99": 8, "17": 18, "63": 31, "09": 37, "11": 38, "29": 38, "37": 25}
SILENT = None


class Request:
    """A message, split. Parts that are missing are empty."""

    def __init__(self, text):
        self.code = text[:2]
        end = 2 + FIXED.get(self.code, 0)
        self.fixed = text[2:end]
        self.fields = {}
        for part in text[end:].split("|"):
            self.fields.setdefault(part[:2], part[2:])
        tail = text[-9:]
        self.sequence = tail[2] if tail.startswith("AY") and tail[3:5] == "AZ" else ""

    def __getitem__(self, code):
        return self.fields.get(code, "")

    @property
    def stamp(self):
        return self.fixed[:18] if self.code == "37" else self.fixed[-36:-18]

    @property
    def nb_due(self):
        try:
            return datetime.strptime(self.fixed[-18:], "%Y%m%d    %H%M%S")
        except ValueError:
            return None


def checksum(text):
    return f"{-sum(text.encode('latin-1', 'replace')) & 0xFFFF:04X}"


class Connection:
    def __init__(self, sock):
        self.sock = sock
        self.unread = b""
        self.logged_in = False
        self.used_at = 0
        self.last_answer = b""


class FakeServer:
    """Call run_once() until the test is over; now() is its clock, in seconds since 1970 UTC."""

    def __init__(self, now, selector=None):
        self.now = now
        self.selector = selector or selectors.DefaultSelector()
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.listener.setblocking(False)
        self.kill = lambda: None
        self.port = self.listener.getsockname()[1]
        self.selector.register(self.listener, selectors.EVENT_READ, self.accept)
        self.connections = set()

    def reset(self, state):
        for connection in list(self.connections):
            self.close(connection)
        self.profile = PROFILES[state["profile"]]
        self.accounts = state["accounts"]
        self.offset = state.get("offset", 0)
        self.circulation = Circulation.load(self.profile, state)
        self.faults = {(fault["on"], fault["nth"]): fault for fault in state.get("faults", [])}
        self.mute = set(state.get("mute", []))
        self.mute_after = float("inf")  # no question about an item is answered after so many checkouts
        self.counts = {}
        self.fired = []
        self.delayed = []
        self.protocol_errors = []

    # Connections.

    def accept(self):
        try:
            sock, _ = self.listener.accept()
        except BlockingIOError:
            return
        sock.setblocking(False)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection = Connection(sock)
        connection.used_at = self.now()
        self.connections.add(connection)
        self.selector.register(sock, selectors.EVENT_READ, lambda: self.read(connection))

    def close(self, connection):
        if connection in self.connections:
            self.connections.discard(connection)
            self.selector.unregister(connection.sock)
            connection.sock.close()

    def close_idle(self, seconds):
        for connection in list(self.connections):
            if self.now() - connection.used_at >= seconds:
                self.close(connection)

    def read(self, connection):
        try:
            received = connection.sock.recv(65536)
        except BlockingIOError:
            return
        except OSError:
            received = b""
        if not received:
            self.close(connection)
            return
        connection.unread += received
        while b"\r" in connection.unread and connection in self.connections:
            frame, _, connection.unread = connection.unread.partition(b"\r")
            connection.used_at = self.now()
            self.handle(connection, frame)

    def drain(self):
        """Handles all that has arrived: what a client has sent before it went to sleep."""
        while events := self.selector.select(0):
            handled = False
            for key, _ in events:
                if key.fileobj is self.listener or any(key.fileobj is each.sock for each in self.connections):
                    key.data()
                    handled = True
            if not handled:
                return

    def carry_out_delayed(self):
        due = [each for each in self.delayed if each[0] <= self.now()]
        self.delayed = [each for each in self.delayed if each[0] > self.now()]
        for _, effect in sorted(due, key=lambda each: each[0]):
            effect()

    # Requests.

    def handle(self, connection, frame):
        self.carry_out_delayed()
        text = frame.decode("utf-8", "replace")
        if text[-9:-7] == "AY" and text[-4:] != checksum(text[:-4]):
            self.protocol_errors.append(f"wrong checksum: {text}")
        request = Request(text)
        self.circulation.requests += 1
        if request.code == "17":
            self.circulation.questions[request["AB"]] = self.circulation.requests
        number = self.counts[request.code] = self.counts.get(request.code, 0) + 1
        fault = self.faults.pop((request.code, number), {})
        if fault:
            self.fired.append(fault["fault"])
        if not connection.logged_in and request.code != "93":
            self.protocol_errors.append(f"{request.code} before the login")
            return self.close(connection)
        is_mute = request["AB"] in self.mute or self.counts.get("11", 0) >= self.mute_after
        if request.code == "17" and is_mute:
            return self.close(connection)
        if fault.get("fault") == "desk":
            self.desk(fault["action"], fault["item"], fault.get("user", ""))
        answer = self.faulty_answer(connection, request, text, fault)
        if answer is not SILENT and connection in self.connections:
            self.send(connection, answer)
            if fault.get("fault") in ("cut-answer", "close-idle"):
                self.close(connection)

    def send(self, connection, answer):
        connection.last_answer = answer
        try:
            connection.sock.sendall(answer)
        except OSError:
            self.close(connection)

    def faulty_answer(self, connection, request, text, fault):
        name = fault.get("fault", "")
        if name in ("cut-before", "late-closed", "cut-request"):
            if name == "late-closed":
                self.delay(request, fault["seconds"])
            elif name == "cut-request" and self.profile.cut_requests:
                self.answer_to(connection, Request(text[:fault["bytes"]]), {}, cut=True)
            self.close(connection)
            return SILENT
        if name in ("late", "kill"):
            self.delay(request, fault["seconds"])
            if name == "kill":
                self.kill()
            return SILENT
        if name == "resend":
            return self.framed("96", request)
        body = self.answer_to(connection, request, fault)
        if name == "cut-after":
            self.close(connection)
        if name in ("cut-after", "silent"):
            return SILENT
        if name == "garbage":
            return b"HASH(0x55d0c8)\x00\xff|||" + b"\r"
        if name == "endless":
            connection.sock.setblocking(True)  # the client reads as fast as this is written, or closes the connection
            return b"12" + b"x" * 300_000
        answer = self.framed(body, request, fault)
        if name == "cut-answer":
            return answer[:min(fault["bytes"], len(answer.rstrip()) - 1)]
        return answer * 2 if name == "two-answers" else answer

    def delay(self, request, seconds):
        self.delayed.append((self.now() + seconds, lambda: self.transact(request, late=True)))

    def framed(self, body, request, fault=None):
        name = (fault or {}).get("fault", "")
        if name == "control":
            body = body.replace("|AF", "|AF\x1b[31m\x07\n\u202e")
        if self.profile.sequence and request.sequence and name != "no-sequence":
            digit = str((int(request.sequence) + 5) % 10) if name == "wrong-sequence" else request.sequence
            body += f"AY{digit}AZ"
            digits = checksum(body) if name != "wrong-checksum" else "0000"
            body += digits.lower() if self.profile.sloppy else digits
        return body.encode("latin-1", "replace") + self.profile.line_end

    def answer_to(self, connection, request, fault, cut=False):
        if request.code == "93":
            refused = fault.get("fault") == "login-refused"
            connection.logged_in = not refused and self.accounts.get(request["CN"]) == request["CO"] != ""
            return f"94{int(connection.logged_in)}"
        if request.code == "99":
            return self.status(fault)
        if request.code == "17":
            return self.item(request)
        if request.code == "63":
            return self.user(request)
        if request.code in ("09", "11", "29"):
            return self.transaction(request, fault)
        if request.code == "37":
            return self.payment(request, fault, cut)
        if not cut:
            self.protocol_errors.append(f"unknown request {request.code}")
        return "96"

    def stamp(self, seconds=0):
        return local_time(self.now() + seconds, self.offset).strftime("%Y%m%d    %H%M%S")

    def status(self, fault):
        off = fault.get("seconds", 0) if fault.get("fault") == "clock" else 0
        clock = self.stamp(off) if self.profile.clock or off else " " * 18
        return f"98YYYYYN999003{clock}2.00AOFAKE|AMThe fake server|BXYYYYYYYYYYYYYYYY|"

    def fields(self, *pairs):
        """Fields with a value; a sloppy server has its own order, and fields that nobody understands."""
        pairs = [pair for pair in pairs if pair[1] is not None]
        if self.profile.sloppy:
            pairs = [("DA", "HASH(0x55d0c8a1b2c3)"), ("ZZ", "")] + pairs[::-1]
        return "".join(f"{code}{value}|" for code, value in pairs)

    def due_text(self, item):
        return item.due.strftime(self.profile.due_format) if item and item.due else None

    def item(self, request):
        name = request["AB"]
        item = self.circulation.items.get(name)
        status = self.circulation.circulation_status(name)
        return f"18{status}0001{self.stamp()}" + self.fields(("AB", name), ("AJ", item.title if item else ""),
                                                            ("AH", self.due_text(item)), ("AF", ""))

    def user(self, request):
        name = request["AA"]
        known = name in self.circulation.users
        charged = self.circulation.charged_to(name) if known else []
        count = f"{len(charged):04}" if self.profile.counts else "    "
        listed = {"items": charged, "titles": [self.circulation.items[each].title for each in charged],
                  "none": []}[self.profile.lists]
        fixed = f"64{' ' * 14}000{self.stamp()}00000000{count}000000000000"
        return fixed + self.fields(("AO", "FAKE"), ("AA", name), ("AE", "A. Patron" if known else ""),
                                   ("BL", "Y" if known else "N"), *[("AU", each) for each in listed], ("AF", ""))

    def transact(self, request, late=False):
        """Carries out a checkout, check-in, renewal or payment."""
        now = local_time(self.now(), self.offset)
        item, user, stamp = request["AB"], request["AA"], request.stamp
        forced = self.profile.no_block and request.fixed[:2].endswith("Y")
        nb_due = request.nb_due if forced else None
        if request.code == "37":
            return self.circulation.pay(user, request["BV"], stamp=stamp, late=late)
        if request.code == "09":
            return self.circulation.take_back(item, stamp=stamp, late=late)
        if request.code == "29":
            return self.circulation.renew(item, user, now, None, stamp=stamp, late=late)
        return self.circulation.lend(item, user, now, nb_due, stamp=stamp, late=late, forced=forced)

    def payment(self, request, fault, cut):
        name = fault.get("fault")
        if len(request.fixed) < FIXED[request.code]:
            return "96"
        if not cut and (request.fixed[18:] != "0100USD" or not request["BK"]):
            self.protocol_errors.append(f"payment {request.fixed!r} BK{request['BK']}")
        done = Answer(True) if name == "ok-not-done" else self.transact(request)
        done.ok = done.ok and name != "done-not-ok"
        user = fault["item"] if name == "other-item" else request["AA"]
        return f"38{'Y' if done.ok else 'N'}{self.stamp()}" + self.fields(("AO", "FAKE"), ("AA", user),
                                                                          ("AF", done.text or ""))

    def transaction(self, request, fault):
        name = fault.get("fault")
        if len(request.fixed) < FIXED[request.code]:
            return "96"
        if name == "ok-not-done":
            done = Answer(True, text="Issue failed")
        else:
            done = self.transact(request)
            done.ok = done.ok and name != "done-not-ok"
        code = {"09": "10", "11": "12", "29": "30"}[request.code]
        item = self.circulation.items.get(request["AB"])
        named = fault["item"] if name == "other-item" else request["AB"]
        flags = f"{int(done.ok)}{'Y' if code == '10' or done.renewed else 'N'}NN"
        holder = request["AA"] if code != "10" else done.holder if self.profile.names_holder else ""
        return f"{code}{flags}{self.stamp()}" + self.fields(
            ("AO", "FAKE"), ("AA", holder or None), ("AB", named), ("AJ", item.title if item else ""),
            ("AH", (self.due_text(item) or "") if code != "10" else None), ("CV", done.alert or None),
            ("AF", done.text or ""))

    def desk(self, action, item, user=""):
        now = local_time(self.now(), self.offset)
        if action == "lend":
            self.circulation.lend(item, user, now, source="desk", forced=True)
        elif action == "swap":
            self.desk("return", item)
            self.desk("lend", item, user)
        elif action == "return":
            if self.circulation.items[item].holder:
                self.circulation.take_back(item, source="desk")
        else:
            self.circulation.renew(item, self.circulation.items[item].holder, now, source="desk")

    def run_once(self, timeout=None):
        for key, _ in self.selector.select(timeout):
            key.data()


def command(server, line):
    words = line.split()
    if words[:1] == ["state"]:
        print(json.dumps(server.circulation.dump()), flush=True)
    elif words[:1] == ["effects"]:
        print(json.dumps([vars(effect) for effect in server.circulation.effects]), flush=True)
    elif words[:1] == ["reset"]:
        server.reset(json.loads(Path(words[1]).read_text(encoding="utf-8")))
        print("ok", flush=True)
    elif words[:1] == ["desk"]:
        server.desk(*words[1:])
        print("ok", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("state", type=Path)
    parser.add_argument("--port-file", type=Path)
    arguments = parser.parse_args()
    server = FakeServer(time.time)
    server.reset(json.loads(arguments.state.read_text(encoding="utf-8")))
    if arguments.port_file:
        arguments.port_file.write_text(f"{server.port}\n", encoding="utf-8")
    print(server.port, flush=True)
    open_input = True

    def read_command():
        nonlocal open_input
        line = sys.stdin.readline()
        open_input = bool(line)
        command(server, line)

    server.selector.register(sys.stdin, selectors.EVENT_READ, read_command)
    while open_input:
        server.run_once(1)
        server.carry_out_delayed()


if __name__ == "__main__":
    main()
