"""A mail server for test_mail.py that disconnects, stops responding, or refuses at a chosen moment."""

import socket
import threading


class RudeServer:
    """Speaks SMTP until `answers` intervenes. At the moments `greeting`, `EHLO`, `MAIL`, `RCPT`, `DATA`, `text` (a
    line of the message), and `message` (its end), it does what `answers` says: sends that line, disconnects (None),
    or stops responding ("silence"). It accepts everything else."""

    def __init__(self, **answers):
        self.answers = answers
        self.messages = []
        self.lines = []
        self.reached = threading.Event()  # set once the server has gone silent
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.connections = 0
        threading.Thread(target=self.serve, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def serve(self):
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self.talk, args=(connection,), daemon=True).start()

    def talk(self, connection):
        with connection, connection.makefile("rwb") as stream:
            try:
                if self.answer(stream, "greeting", "220 rude.example.org"):
                    self.take_commands(stream)
            except OSError:
                pass

    def answer(self, stream, moment, usual):
        """Returns whether the session continues."""
        said = self.answers.get(moment, usual)
        if said == "silence":
            self.reached.set()
            stream.read()  # until the client gives up
        if said in (None, "silence"):
            return False
        if said:
            stream.write(said.encode() + b"\r\n")
            stream.flush()
        return True

    def take_commands(self, stream):
        for line in stream:
            self.lines.append(line.decode())
            command = line[:4].decode().upper()
            if command == "QUIT":
                return
            if command == "EHLO":
                usual = "250-rude.example.org\r\n250 SIZE"
            else:
                usual = "354 Go on" if command == "DATA" else "250 OK"
            if not self.answer(stream, command, usual):
                return
            if command == "DATA" and self.answers.get("DATA", "354").startswith("354"):
                if not self.take_message(stream):
                    return

    def take_message(self, stream):
        message = b""
        for line in stream:
            if line == b".\r\n":
                self.messages.append(message)
                return self.answer(stream, "message", "250 Kept")
            message += line
            if not self.answer(stream, "text", ""):
                return False
        return False
