"""A small library system in its own folder, for end-to-end tests of the program."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

NOW = "2026-06-12T20:00:00-05:00"
SYSTEM = """[system]
name = "Example Library System"
timezone = "America/Chicago"
database = "circ.db"
circulation_map = "circmap.csv"
"""
MAP = "library,user_profile,item_type,rule\n*,*,*,21D-10D-5M\n"


class SmallSystem:
    """A configuration and an empty database; `with` deletes them at its end."""

    offcirc = None  # the program

    def __init__(self, config, below="."):
        """`config` is appended to the [system] section; `below` is a subfolder of the folder that is deleted."""
        self.top = Path(tempfile.mkdtemp(prefix="offcirc-test-"))
        self.folder = self.top / below
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "offcirc.toml").write_text(SYSTEM + config)
        (self.folder / "circmap.csv").write_text(MAP)
        self.must("init")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.top)

    def start(self, *arguments, under=(), **options):
        """Starts the program; `under` is a command prefix, the options are Popen's."""
        kept = {name: value for name, value in os.environ.items() if name.startswith(("ASAN", "UBSAN"))}
        return subprocess.Popen([*under, self.offcirc, *arguments, "--now", NOW], cwd=self.folder,
                                stdin=subprocess.DEVNULL, env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", **kept},
                                **options)

    def run(self, *arguments, **options):
        """Exit status, standard output, and standard error."""
        process = self.start(*arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)
        output, said = process.communicate()
        return process.returncode, output, said

    def must(self, *arguments):
        """The standard output of a run that must succeed."""
        status, output, said = self.run(*arguments)
        assert status == 0, said.decode()
        return output
