"""Uses strace to make one of the program's system calls fail, or to kill the program there."""

import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

SKIPPED = 77  # CTest takes this exit status for a test that was skipped

# The calls that a run makes on files, where a full or broken disk causes errors.
CALLS = ("openat", "write", "pwrite64", "ftruncate", "fsync", "fdatasync", "unlink", "rename", "renameat2", "link", "linkat",
         "mkdir", "flock")


def skip_without_strace():
    """Prints the reason and skips the test if strace is missing or may not trace."""
    try:
        trial = subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True, text=True)
        reason = trial.stderr.strip() if trial.returncode else ""
    except OSError as error:
        reason = str(error)
    if reason:
        print(f"SKIPPED: strace can't be used here: {reason}")
        sys.exit(SKIPPED)


def injecting(call, at, what):
    """The command prefix that makes `what` happen (error=EIO, signal=KILL) at the `at`th such call."""
    return ["strace", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:{what}:when={at}"]


def places(run):
    """How often `run`, called with a command prefix, makes each call, and from which number on the call is the
    program's and not the dynamic loader's: call -> range."""
    with tempfile.NamedTemporaryFile("r") as log:
        run(["strace", "-qq", "-o", log.name, "-e", "trace=" + ",".join(CALLS)])
        lines = Path(log.name).read_text(encoding="utf-8", errors="replace").splitlines()
    count, first = Counter(), {}
    begun = False
    for line in lines:
        call = re.match(r"\w+", line)
        if not call:
            continue
        count[call[0]] += 1
        begun = begun or "offcirc.toml" in line
        if begun:
            first.setdefault(call[0], count[call[0]])
    return {call: range(first[call], count[call] + 1) for call in first if call in CALLS}
