"""Runs the SIP2 client against the fake server, in one event loop with one clock, and plays the journal for it."""

import os
import selectors
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from server import FakeServer

NOON = 1_796_148_000           # 2026-12-01 18:00 UTC, noon in Chicago
OFFSET = -6 * 3600
DAY = 86_400
HELD = {"refused", "moved-on", "unconfirmed"}
SETTLE = 60


@dataclass
class Message:
    id: int
    kind: str
    user: str = ""
    item: str = ""
    holder: str = ""
    library: str = "OSH"
    occurred: int = NOON - DAY
    due: object = None          # seconds since 1970 UTC, or "never"
    returned: object = None
    flags: str = ""             # f followed by a checkout, c clears a status, r resend
    cents: int = 0              # of a payment

    @property
    def chain(self):
        """Messages of one item follow one another; a payment stands alone."""
        return self.item or self.id

    def line(self, flags="", sending_text=""):
        words = ["message", self.id, self.kind, self.library, self.user, self.item, self.holder, self.occurred,
                 "" if self.due is None else self.due, "" if self.returned is None else self.returned,
                 self.flags + flags, sending_text, self.cents]
        return "\t".join(str(word) for word in words)


@dataclass
class Journal:
    """What SendLog has made durable: the last state and text of each message, and all of them in order."""

    state: dict = field(default_factory=dict)
    text: dict = field(default_factory=dict)
    history: list = field(default_factory=list)
    all_asked: bool = False

    def record(self, message, state, text):
        self.state[message], self.text[message] = state, text
        self.history.append((message, state))


@dataclass
class Result:
    crashed: bool = False
    lines: list = field(default_factory=list)
    records: int = 0
    slept: int = 0

    def words(self, first):
        return [line.split("\t")[1:] for line in self.lines if line.split("\t")[0] == first]


@dataclass(frozen=True)
class Setup:
    settings: tuple = ()         # pairs of a setting of drive.cpp and its value
    libraries: tuple = ("OSH", "EAST")
    timeout: int = 1000          # milliseconds
    command: str = "send"


class Client:
    def __init__(self, drive):
        self.drive = drive
        self.now = NOON
        self.selector = selectors.DefaultSelector()
        self.server = FakeServer(lambda: self.now, self.selector)
        self.folder = tempfile.TemporaryDirectory(prefix="offcirc-sip2-")
        self.password_file = Path(self.folder.name) / "password"
        self.password_file.write_text("secret-of-the-desk\n", encoding="utf-8")
        self.password_file.chmod(0o600)
        self.process = None
        self.output = b""
        self.is_killed = False
        self.server.kill = self.kill

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
        self.folder.cleanup()

    def reset(self, state, now=NOON):
        self.now = now
        accounts = {"desk-osh": "secret-of-the-desk", "desk-east": "secret-of-the-desk"}
        self.server.reset({"accounts": accounts, "offset": OFFSET, "users": ["U1", "U2", "U3"], **state})

    def start(self):
        self.process = subprocess.Popen([self.drive], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
        os.set_blocking(self.process.stdout.fileno(), False)
        self.selector.register(self.process.stdout, selectors.EVENT_READ, self.read_output)
        self.output = b""

    def stop(self):
        if self.process is None:
            return
        self.selector.unregister(self.process.stdout)
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()
        self.process = None

    def read_output(self):
        received = self.process.stdout.read(65536)
        if received == b"":
            raise RuntimeError("the client has ended by itself")
        self.output += received or b""

    def tell(self, lines):
        self.process.stdin.write("".join(f"{line}\n" for line in lines).encode())

    def kill(self):
        self.is_killed = True

    def next_line(self):
        while b"\n" not in self.output:
            self.server.run_once(60)
            if self.is_killed:
                self.is_killed = False
                return "killed"
        line, _, self.output = self.output.partition(b"\n")
        return line.decode()

    def lines_of(self, setup, messages, journal):
        yield "reset"
        yield f"server\t127.0.0.1:{self.server.port}"
        yield f"now\t{self.now}"
        yield f"timeout\t{setup.timeout}"
        yield f"settle\t{SETTLE}"
        yield "zone\tAmerica/Chicago"
        for library in setup.libraries:
            yield f"library\t{library}\tdesk-{library.lower()}\t{self.password_file}"
        for name, value in setup.settings:
            yield f"{name}\t{value}"
        held = {message.chain for message in messages if journal.state.get(message.id) in HELD}
        for message in messages:
            state = journal.state.get(message.id, "unsent")
            if message.chain in held:
                continue
            if state == "unsent":
                yield message.line()
            elif state == "sending":
                yield message.line("l", journal.text[message.id])
            elif not journal.all_asked and state not in ("there-already", "by-hand"):
                yield message.line("s")
        yield setup.command

    def run(self, messages, journal=None, setup=Setup(), crash_at=None, keeps_crash=True):
        """Runs the client once. `crash_at`: kills it at that record, from 1, which is durable only if `keeps_crash`."""
        journal = journal if journal is not None else Journal()
        if self.process is None:
            self.start()
        self.tell(list(self.lines_of(setup, messages, journal)))
        journal.all_asked = False
        result = Result()
        while True:
            line = self.next_line()
            word, *words = line.split("\t")
            if word == "record":
                result.records += 1
                is_crash = result.records == crash_at
                if not is_crash or keeps_crash:
                    journal.record(int(words[0]), words[1], words[2])
                if is_crash:
                    return journal, self.crash(result)
            elif word == "killed":
                return journal, self.crash(result)
            elif word == "sleep":
                self.sleep(int(words[0]))
                result.slept += int(words[0])
            else:
                result.lines.append(line)
                if word == "done":
                    journal.all_asked = words[:1] == ["asked"]
                    return journal, result
                continue
            self.tell([str(self.now)])

    def crash(self, result):
        self.stop()
        self.server.drain()
        result.crashed = True
        return result

    def sleep(self, seconds):
        self.server.drain()
        self.now += seconds
        self.server.carry_out_delayed()
        self.server.close_idle(25)
