"""The contestants: how each loads a world's logs into a fresh copy of its database, and what that cost."""
import os
import pathlib
import shutil
import subprocess
import sys
import time

NOW = 1781384400
NOW_TEXT = "2026-06-13T16:00:00-05:00"


class Cost:
    def __init__(self, cpu, wall, megabytes=None):
        self.cpu, self.wall, self.megabytes = cpu, wall, megabytes


def run(command, cwd=None, allowed=(0,), stdout=subprocess.DEVNULL):
    """Runs a process and returns what it and its children cost, as the kernel counts it."""
    began = time.monotonic()
    process = subprocess.Popen([str(word) for word in command], cwd=cwd, stdout=stdout, stderr=subprocess.PIPE)
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stderr.close()
    if process.returncode not in allowed:
        sys.exit(f"{' '.join(map(str, command))}: exit status {process.returncode}\n{errors.decode()}")
    return Cost(usage.ru_utime + usage.ru_stime, time.monotonic() - began, usage.ru_maxrss * 1024 / 1e6)


def copy_of(database, to):
    """Copies the database, synced to disk and cached, so that no contestant pays for earlier writes or a cold file."""
    for old in (to, pathlib.Path(f"{to}-journal")):
        old.unlink(missing_ok=True)
    shutil.copyfile(database, to)
    with open(to, "rb+") as copy:
        os.fsync(copy.fileno())
        while copy.read(1 << 24):
            pass
    return to


class Bench:
    """The locations of the programs, and the folder of one world."""

    def __init__(self, build, world):
        self.build, self.world = pathlib.Path(build).resolve(), pathlib.Path(world).resolve()
        self.offcirc_program = self.build / "cli/offcirc"
        self.finished = self.world / "finished.db"  # the database after offcirc's load

    def program(self, name):
        return self.build / "tests/bench/load" / name

    def fresh(self):
        return copy_of(self.world / "circ.db", self.world / "run.db")

    def offcirc(self):
        database = self.fresh()
        cost = run([self.offcirc_program, "load", "--db", database, "--now", NOW_TEXT, "logs"], cwd=self.world,
                   allowed=(0, 1))
        os.replace(database, self.finished)
        return cost

    def floor(self):
        answer = subprocess.run([self.program("bench_floor"), self.finished, "1", self.fresh()], check=True,
                                capture_output=True, text=True).stdout
        return Cost(*map(float, answer.split()))

    def rival(self, *options):
        return run([self.program("bench_rival"), *options, self.world / "offcirc.toml", self.fresh(), NOW,
                    self.world / "logs"])

    def durable(self):
        return self.rival("--durable-lines")

    def script(self):
        return run([sys.executable, pathlib.Path(__file__).with_name("script.py"), self.fresh(), self.world / "logs"])

    def undo(self):
        """Undoes the load in `finished`."""
        database = copy_of(self.finished, self.world / "run.db")
        return run([self.offcirc_program, "undo", "1", "--db", database, "--now", NOW_TEXT], cwd=self.world)

    def copies(self):
        """Only finds out which records are copies."""
        seconds = subprocess.run([self.program("bench_copies"), self.world / "offcirc.toml", self.fresh(), str(NOW),
                                  self.world / "logs"], check=True, capture_output=True, text=True).stdout
        return Cost(float(seconds), float(seconds))

    def stages(self):
        return subprocess.run([self.program("bench_stages"), self.world / "offcirc.toml", self.fresh(), str(NOW),
                               self.world / "logs"], check=True, capture_output=True, text=True).stdout
