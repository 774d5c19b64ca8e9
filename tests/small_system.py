"""A small library system in a folder of its own, for tests that run the program as a whole."""

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
    """A configuration and an empty database; `with` removes them again."""

    offcirc = None  # the program

    def __init__(self, config, below="."):
        """`config` goes on where [system] ends; `below` is a folder within the one that is removed."""
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
        """The process; `under` is a command line to go in front of the program, the options are Popen's."""
        kept = {name: value for name, value in os.environ.items() if name.startswith(("ASAN", "UBSAN"))}
        return subprocess.Popen([*under, self.offcirc, *arguments, "--now", NOW], cwd=self.folder,
                                stdin=subprocess.DEVNULL, env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", **kept},
                                **options)

    def run(self, *arguments, **options):
        """Status, standard output, standard error."""
        process = self.start(*arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)
        output, said = process.communicate()
        return process.returncode, output, said

    def must(self, *arguments):
        """Standard output of a run that has to end with 0."""
        status, output, said = self.run(*arguments)
        assert status == 0, said.decode()
        return output
