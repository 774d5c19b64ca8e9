#!/usr/bin/env python3
"""The units in samples/systemd and samples/crontab: systemd accepts them, they run at the same times and do the same as
the crontab, and the sandbox lets offcirc do its work.

Usage: test_units.py OFFCIRC PROJECT_FOLDER

No unit is started: systemd-analyze reads a folder that looks like a machine, and this test runs the units' commands.
"""

import datetime
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

OFFCIRC = ""
PROJECT = Path()
UNITS = Path()
SYSTEM = "/lib/systemd/system"
JOBS = ("load", "delinquents", "mail")
# The sandbox refuses this call with an error that offcirc expects: it tries to keep a replaced file's owner.
DOES_WITHOUT = {"fchown"}


def run(*command, **options):
    return subprocess.run([str(word) for word in command], capture_output=True, text=True, **options)


def unit(name):
    """The unit's values by key; the values of a repeated key are a list in the order of the file."""
    values = {}
    for line in (UNITS / name).read_text(encoding="utf-8").splitlines():
        if "=" in line and not line.startswith("#"):
            key, value = line.split("=", 1)
            values.setdefault(key, []).append(value)
    return values


def make_machine(folder):
    """Creates what systemd-analyze needs: the system's own targets, the program, and the units."""
    system = Path(folder, SYSTEM[1:])
    system.mkdir(parents=True)
    for target in Path(SYSTEM).glob("*.target"):
        shutil.copy(target, system)
    program = Path(folder, "usr/bin/offcirc")
    program.parent.mkdir(parents=True)
    shutil.copy(OFFCIRC, program)
    for file in (*UNITS.glob("*.service"), *UNITS.glob("*.timer")):
        shutil.copy(file, system)
    return system


def verify(folder):
    names = sorted(file.name for pattern in ("offcirc*.service", "offcirc*.timer")
                   for file in Path(folder, SYSTEM[1:]).glob(pattern))
    return run("systemd-analyze", "verify", f"--root={folder}", "--man=no", *names, cwd=folder)


def test_systemd_takes_them():
    with tempfile.TemporaryDirectory() as folder:
        system = make_machine(folder)
        done = verify(folder)
        assert (done.returncode, done.stderr) == (0, ""), done.stderr
        for job in JOBS:
            done = run("systemd-analyze", "security", "--offline=yes", f"--root={folder}", "--threshold=15",
                       f"offcirc-{job}.service", cwd=folder)
            assert done.returncode == 0, f"offcirc-{job}.service is more exposed than 1.5:\n{done.stdout}"
        # The check can fail.
        service = system / "offcirc-load.service"
        service.write_text(service.read_text().replace("ProtectSystem=strict", "ProtectSystem=very"))
        assert "Failed to parse protect system value" in verify(folder).stderr


def test_pages_exist():
    for file in (*UNITS.glob("*.service"), *UNITS.glob("*.timer")):
        pages = re.findall(r"man:([a-z-]+)\((\d)\)", " ".join(unit(file.name)["Documentation"]))
        assert pages, file
        for name, section in pages:
            assert (PROJECT / f"man/{name}.{section}").exists(), f"{file.name} names {name}({section})"


def runs_of_timer(job, days):
    """The moments at which a timer runs from a Friday noon on, as systemd computes them."""
    moments = set()
    for expression in unit(f"offcirc-{job}.timer")["OnCalendar"]:
        done = run("systemd-analyze", "calendar", "--base-time=2026-06-12 12:00:00 UTC", f"--iterations={30 * days}", expression,
                   env={"TZ": "UTC", "PATH": "/usr/bin:/bin", "LC_ALL": "C"})
        assert done.returncode == 0, done.stderr
        for text in re.findall(r"(?:Next elapse|Iteration #\d+|Iter\. #\d+): \w+ (\S+ \S+) UTC", done.stdout):
            moments.add(datetime.datetime.fromisoformat(text))
    end = datetime.datetime(2026, 6, 12, 12) + datetime.timedelta(days=days)
    return sorted(moment for moment in moments if moment < end)


def numbers(field, lowest, highest):
    """The values that one of the five fields of a crontab stands for."""
    found = set()
    for part in field.split(","):
        match = re.fullmatch(r"(?:\*|(\d+)(?:-(\d+))?)", part)
        assert match, f"'{field}' is no field of a crontab that this test knows"
        first = lowest if match[1] is None else int(match[1])
        last = highest if match[1] is None else int(match[2] or match[1])
        assert lowest <= first <= last <= highest, field
        found.update(range(first, last + 1))
    return found


def crontab():
    """[fields, command] for each line, and the variables."""
    lines, variables = [], {}
    for line in (PROJECT / "samples/crontab").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        if re.match(r"[A-Z]+=", line):
            variables.update([line.split("=", 1)])
            continue
        parts = line.split(None, 5)
        assert len(parts) == 6 and "%" not in line, line
        fields = [numbers(field, *bounds) for field, bounds in
                  zip(parts, ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7)))]
        lines.append((fields, parts[5]))
    return lines, variables


def runs_of_cron(job, days):
    moments = []
    moment = datetime.datetime(2026, 6, 12, 12)
    for _ in range(days * 24 * 60):
        for (minutes, hours, dates, months, weekdays), command in crontab()[0]:
            if f" offcirc {job} " not in command:
                continue
            weekday = moment.isoweekday() % 7
            if (moment.minute in minutes and moment.hour in hours and moment.day in dates and moment.month in months
                    and (weekday in weekdays or (weekday == 0 and 7 in weekdays))):
                moments.append(moment)
        moment += datetime.timedelta(minutes=1)
    return moments


def test_when_they_run():
    loads = [(m.strftime("%a"), m.strftime("%H:%M")) for m in runs_of_timer("load", 7)]
    assert loads == [("Fri", "20:00"), ("Sat", "16:00"), ("Sun", "16:00"), ("Mon", "20:00"), ("Tue", "20:00"),
                     ("Wed", "20:00"), ("Thu", "20:00")], loads
    assert [m.strftime("%H:%M") for m in runs_of_timer("delinquents", 2)] == ["02:30"] * 2
    assert len(runs_of_timer("mail", 1)) == 24
    for job in JOBS:
        assert runs_of_cron(job, 3) == runs_of_timer(job, 3), f"cron and systemd run {job} at different times"


def test_cron_does_the_same():
    lines, variables = crontab()
    assert "/usr/bin" in variables["PATH"].split(":") and "MAILTO" in variables
    for job in JOBS:
        service = unit(f"offcirc-{job}.service")
        expected = f"cd {service['WorkingDirectory'][0]} && {service['ExecStart'][0]}"
        commands = {command.removesuffix(" >/dev/null") for _, command in lines if f" offcirc {job} " in command}
        assert commands == {expected}, f"{commands}, and the unit: {expected}"


def set_of_calls(name):
    """The system calls in a set such as @system-service, including those in its subsets."""
    calls = set()
    for line in run("systemd-analyze", "syscall-filter", name, check=True).stdout.splitlines()[1:]:
        word = line.strip()
        if word.startswith("@"):
            calls |= set_of_calls(word)
        elif word and not word.startswith("#"):
            calls.add(word)
    return calls


def allowed_calls(service):
    allowed = set()
    for words in service["SystemCallFilter"]:
        sets = words.removeprefix("~").split()
        calls = set().union(*(set_of_calls(name) for name in sets))
        allowed = allowed - calls if words.startswith("~") else allowed | calls
    return allowed | set_of_calls("@default")


def prepare(folder):
    """Sets up the folder as /var/lib/offcirc is before the evening."""
    outage = PROJECT / "samples/outage"
    for name in ("logs", "data"):
        shutil.copytree(outage / name, Path(folder, name))
    shutil.copy(outage / "circmap.csv", folder)
    config = (outage / "offcirc.toml").read_text(encoding="utf-8")
    # No server is there, so mail stays unsent.
    mail = '\n[mail]\nsmtp = "smtp://127.0.0.1:1"\nfrom = "offcirc@example.org"\n'
    Path(folder, "offcirc.toml").write_text(re.sub(r"(?m)^\[mail\]\n(?:[^\[\n].*\n)*", "", config) + mail)
    for command in (["init"], ["import", "data"]):
        subprocess.run([OFFCIRC, "--quiet", *command], cwd=folder, check=True)
    Path(folder, "delinquents.txt").write_text("of yesterday\n")


def test_the_sandbox_lets_them_work():
    """Each unit's command does its work, using only system calls that its filter allows."""
    with tempfile.TemporaryDirectory() as folder:
        prepare(folder)
        for job in ("delinquents", "load", "mail"):
            service = unit(f"offcirc-{job}.service")
            words = service["ExecStart"][0].split()
            assert words[0] == "offcirc" and service["SystemCallErrorNumber"] == ["EPERM"]
            # The sample's logs are from a summer day, and were copied a moment ago.
            words = [OFFCIRC, "--now", "2026-06-12T20:00:00-05:00", *words[1:]]
            if job == "load":
                words[words.index("--settle") + 1] = "0"
            trace = Path(folder, f"{job}.trace")
            done = run("strace", "-f", "-qq", "-o", trace, "-e", "signal=none", *words, cwd=folder)
            # The sample has lines that must be rejected, and no mail is sent: status 1, which is not a failure of these
            # units.
            expected = 0 if job == "delinquents" else 1
            assert done.returncode == expected, f"{job}: {done.returncode}, {done.stderr}"
            assert expected == 0 or service["SuccessExitStatus"] == ["1"], job
            calls = set(re.findall(r"^\d+ +([a-z_0-9]+)\(", trace.read_text(errors="replace"), re.MULTILINE))
            assert "openat" in calls, calls
            refused = calls - allowed_calls(service) - DOES_WITHOUT
            assert not refused, f"offcirc-{job}.service refuses {sorted(refused)}"
        assert "of yesterday" not in Path(folder, "delinquents.txt").read_text()
        assert Path(folder, "done/OSH/standlog.0201").exists() and not Path(folder, "logs/OSH/standlog.0201").exists()


def test_the_user_and_the_folder():
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "etc").mkdir()
        for name, kind in (("offcirc.sysusers", "systemd-sysusers"), ("offcirc.tmpfiles", "systemd-tmpfiles")):
            config = UNITS / name
            words = ["--create"] if kind == "systemd-tmpfiles" else []
            done = run(kind, f"--root={folder}", *words, config)
            assert done.returncode == 0, done.stderr
        home = Path(folder, "var/lib/offcirc")
        passwd = Path(folder, "etc/passwd").read_text()
        assert re.search(r"^offcirc:x:\d+:\d+:Offline circulation loader:/var/lib/offcirc:/usr/sbin/nologin$", passwd, re.M), passwd
        assert (home.stat().st_mode & 0o7777, (home / "logs").stat().st_mode & 0o7777) == (0o750, 0o2770)


def main():
    global OFFCIRC, PROJECT, UNITS
    OFFCIRC, PROJECT = str(Path(sys.argv[1]).resolve()), Path(sys.argv[2]).resolve()
    UNITS = PROJECT / "samples/systemd"
    test_systemd_takes_them()
    test_pages_exist()
    test_when_they_run()
    test_cron_does_the_same()
    test_the_sandbox_lets_them_work()
    if os.geteuid() == 0:
        test_the_user_and_the_folder()


if __name__ == "__main__":
    main()
