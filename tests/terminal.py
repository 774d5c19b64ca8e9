"""Runs the program on a real pseudo-terminal and reads its screen."""

import fcntl
import os
import pty
import re
import select
import signal
import subprocess
import termios
import time

PATIENCE_SECONDS = 300  # a busy machine may be slow


def why_no_terminal():
    """Why pseudo-terminals are unavailable here, as in a bare chroot; empty if they are available."""
    try:
        for end in pty.openpty():
            os.close(end)
    except OSError as error:
        return str(error)
    return ""


def screen(data):
    """The lines that a terminal shows after `data`, without colors and trailing spaces."""
    lines, column = [""], 0
    for token in re.findall(r"\x1b\[[0-9;]*[A-Za-z]|[^\x1b]", data):
        if token == "\n":
            lines.append("")
            column = 0
        elif token == "\r":
            column = 0
        elif token == "\x1b[K":
            lines[-1] = lines[-1][:column]
        elif token[0] == "\x1b" and token[-1] == "m":
            pass
        elif token[0] < " ":
            raise SystemExit(f"the terminal was sent {token!r}")
        else:
            lines[-1] = lines[-1].ljust(column)[:column] + token + lines[-1][column + 1:]
            column += 1
    return [line.rstrip() for line in lines]


class Terminal:
    """A program on its own terminal, except that its standard output is discarded by default."""

    def __init__(self, command, columns=80, env=None, output=subprocess.DEVNULL, **options):
        self.master, slave = pty.openpty()
        termios.tcsetwinsize(slave, (24, columns))
        self.data = ""

        def take_terminal():
            fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
            signal.signal(signal.SIGINT, signal.SIG_DFL)

        self.process = subprocess.Popen(command, stdin=slave, stdout=slave if output is None else output, stderr=slave,
                                        start_new_session=True, preexec_fn=take_terminal,
                                        env={**os.environ, "TERM": "xterm", **(env or {})}, **options)
        os.close(slave)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self.master)

    def read(self, until):
        """Reads more output; returns False at its end."""
        if not select.select([self.master], [], [], max(0, until - time.monotonic()))[0]:
            raise SystemExit(f"waited in vain; so far there was {self.data!r}")
        try:
            data = os.read(self.master, 65536)
        except OSError:  # Linux reports this when no process has the terminal open any more
            return False
        self.data += data.decode()
        return bool(data)

    def wait_for(self, text):
        until = time.monotonic() + PATIENCE_SECONDS
        while text not in self.data:
            if not self.read(until):
                raise SystemExit(f"ended without {text!r}: {self.data!r}")

    def type(self, text):
        os.write(self.master, text.encode())

    def finish(self):
        """Waits for the end and returns the exit status."""
        until = time.monotonic() + PATIENCE_SECONDS
        while self.read(until):
            pass
        return self.process.wait(PATIENCE_SECONDS)
