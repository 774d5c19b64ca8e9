"""The setting for test_mail.py: copies of a folder in which the sample outage is loaded and its mail is unsent."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from email import policy
from email.parser import BytesParser
from pathlib import Path

NOW = "2026-06-12T20:00:00-05:00"
PATIENCE_SECONDS = 300  # a busy machine may be slow
DEAD_SERVER = 'smtp = "smtp://127.0.0.1:1"\n'
FROM = 'from = "offcirc@example.org"\n'


class Outage:
    """A copy of the prepared folder, deleted at the end."""

    offcirc = None  # the program
    prepared = None  # the folder that is copied

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="offcirc-mail-"))
        shutil.copytree(self.prepared, self.folder, dirs_exist_ok=True)
        self.config = self.folder / "offcirc.toml"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder)

    def configure(self, mail):
        """Replaces the section [mail] of the configuration."""
        text = self.config.read_text().split("[mail]\n")[0]
        self.config.write_text(f"{text}[mail]\n{FROM}{mail}")

    def replace_in_config(self, old, new):
        text = self.config.read_text()
        assert old in text
        self.config.write_text(text.replace(old, new))

    def environment(self, more):
        kept = {name: value for name, value in os.environ.items() if name.startswith(("ASAN", "UBSAN"))}
        return {"PATH": os.defpath, "LC_ALL": "C.UTF-8", **kept, **more}

    def start(self, *arguments, **environment):
        return subprocess.Popen([self.offcirc, *map(str, arguments)], cwd=self.folder, stdin=subprocess.DEVNULL,
                                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                                env=self.environment(environment))

    def run(self, *arguments, **environment):
        """Exit status and standard error."""
        process = self.start(*arguments, **environment)
        said = process.communicate(timeout=PATIENCE_SECONDS)[1]
        return process.returncode, said

    def report(self, form, *whose):
        """The output of 'offcirc report'."""
        return subprocess.run([self.offcirc, "report", "1", "--format", form, *whose], cwd=self.folder, check=True,
                              stdout=subprocess.PIPE, env=self.environment({})).stdout

    def rows(self, sql):
        with sqlite3.connect(self.folder / "lakecountry.db") as database:
            return database.execute(sql).fetchall()

    def unsent(self):
        return [row[0] for row in self.rows("SELECT library FROM mails WHERE done_at IS NULL ORDER BY mail")]


def prepare(offcirc, project, folder):
    """Loads the sample outage with all addresses that the tests need and no server that could be reached."""
    shutil.copytree(project / "samples" / "outage", folder, dirs_exist_ok=True)
    config = folder / "offcirc.toml"
    config.write_text(config.read_text().split("[mail]\n")[0] + "[mail]\n" + FROM + DEAD_SERVER)
    Outage.offcirc = offcirc
    Outage.prepared = folder
    quiet = {"cwd": folder, "check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run([offcirc, "init"], **quiet)
    subprocess.run([offcirc, "import", "data"], **quiet)
    done = subprocess.run([offcirc, "load", "logs", "--mail", "--now", NOW], cwd=folder, stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE, text=True)
    return done.returncode, done.stderr


class MailServer:
    """The process that runs smtp_server.py."""

    def __init__(self, *arguments):
        self.folder = Path(tempfile.mkdtemp(prefix="offcirc-mail-server-"))
        script = Path(__file__).with_name("smtp_server.py")
        self.process = subprocess.Popen([sys.executable, script, self.folder, *map(str, arguments)],
                                        stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())
        self.smtp = f'smtp = "smtp://127.0.0.1:{self.port}"\n'

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        shutil.rmtree(self.folder)

    def mails(self):
        """Envelope, bytes, and parsed message of each mail, in order of arrival."""
        found = []
        for path in sorted(self.folder.glob("*.json"), key=lambda path: int(path.stem)):
            content = path.with_suffix(".eml").read_bytes()
            found.append((json.loads(path.read_text()), content, parse(content)))
        return found


def parse(content):
    """Parses the message with Python's parser, which must find no defects."""
    message = BytesParser(policy=policy.default).parsebytes(content)
    for part in message.walk():
        assert not part.defects, part.defects
    return message


def message_ids(server):
    return [message["Message-ID"] for _, _, message in server.mails()]
