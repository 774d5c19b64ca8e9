#!/usr/bin/env python3
"""Compares the shells' completions with what --help lists.

Usage: test_completions.py OFFCIRC COMPLETIONS_FOLDER

bash is driven as readline drives it, and once as by a user on a terminal; fish and zsh are tested if installed.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from terminal import Terminal, why_no_terminal

OFFCIRC = ""
FOLDER = Path()

# compopt works only during completion, so its arguments are printed instead.
DRIVER = r"""
source "$1"; shift
COMP_WORDBREAKS=$1; shift
compopt() { echo "compopt $*"; }
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
_offcirc
printf '%s\n' "${COMPREPLY[@]}"
"""


def bash(*words, breaks=" \t\n\"'><=;|&(:"):
    """What bash offers for the last of these words; each word is one of readline's."""
    done = subprocess.run(["bash", "--norc", "-c", DRIVER, "bash", FOLDER / "offcirc.bash", breaks, "offcirc", *words],
                          capture_output=True, text=True, check=True)
    assert done.stderr == "", done.stderr
    return done.stdout.split("\n")[:-1] if done.stdout.strip() else []


def fish(line):
    done = subprocess.run(["fish", "--no-config", "-c", f"source {FOLDER}/offcirc.fish; complete -C '{line}'"],
                          capture_output=True, text=True, check=True, env={**os.environ, "HOME": "/nonexistent"})
    return [offer.split("\t")[0] for offer in done.stdout.splitlines()]


def help_of(*command):
    return subprocess.run([OFFCIRC, *command, "--help"], capture_output=True, text=True, check=True).stdout


def section(text, heading):
    lines = text.split("\n")
    start = next((i for i, line in enumerate(lines) if line.startswith(heading)), None)
    if start is None:
        return []
    return lines[start + 1:lines.index("", start)]


def names(text, heading):
    return [line.split()[0] for line in section(text, heading)]


def options_with_value(text, heading):
    return [line.split()[0] for line in section(text, heading) if re.match(r"  \S+ \S", line)]


def expect(what, found, expected):
    assert found == expected, f"{what}: offered {found}, expected {expected}"


def test_bash_offers_what_help_says():
    program = help_of()
    commands = names(program, "Commands:")
    common = names(program, "Options of all commands")
    assert len(commands) > 10 and "--config" in common
    expect("commands", bash(""), commands)
    expect("before the command", bash("-"), common)
    for command in commands:
        own = names(help_of(command), "Options:")
        offered = bash(command, "-")
        expect(f"options of {command}", offered, own + common)
        for option in options_with_value(help_of(command), "Options:"):
            assert bash(command, option, "-") != offered, f"{command} {option} takes a value"


def test_bash_values():
    formats = [line.split()[0] for line in subprocess.run([OFFCIRC, "formats"], capture_output=True, text=True,
                                                          check=True).stdout.splitlines()]
    for command in ("load", "check", "sort"):
        expect(f"{command} --format", bash(command, "--format", ""), formats)
    expect("report --format", bash("report", "--format", ""), ["text", "html", "csv", "json"])
    expect("begun", bash("load", "--format", "sy"), ["symphony"])
    expect("behind an equals sign", bash("load", "--format", "=", "k"), ["koc"])
    expect("no equals sign ends a word", bash("load", "--format=k", breaks=" "), ["--format=koc"])
    expect("nothing behind it yet", bash("report", "--format", "="), ["text", "html", "csv", "json"])
    expect("before the command", bash("--color", "a"), ["auto", "always"])
    expect("its value is no command", bash("--color", "never", "exp"), ["export", "explain"])
    expect("behind a value", bash("load", "--format", "koc", "--arc"), ["--archive"])
    expect("a word with colons", bash("load", "--clock", "0202", "=", "+00", ":", "07", ":", "00", "--json"), ["--json"])
    expect("a list", bash("load", "--override", "too-old,user-b"), ["compopt -o nospace", "too-old,user-barred",
                                                                    "too-old,user-blocked"])
    expect("words of a command", bash("config", "c"), ["check"])
    expect("not known", bash("load", "--library", ""), [])
    expect("logs", bash("load", ""), ["compopt -o default", ""])
    expect("a file", bash("--config", ""), ["compopt -o default", ""])
    expect("folders", bash("load", "--report", ""), ["compopt -o dirnames", ""])
    expect("a folder is its argument", bash("export", ""), ["compopt -o dirnames", ""])
    expect("behind --", bash("load", "--", "--fo"), ["compopt -o default", ""])


def test_bash_on_a_terminal():
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "afternoon logs").mkdir()
        Path(folder, "rc").write_text("PS1=\nbind 'set bell-style none'\nbind 'set enable-bracketed-paste off'\n"
                                      f"offcirc() {{ printf '<%s>' \"$@\"; }}\nsource {FOLDER}/offcirc.bash\necho ready\n")
        with Terminal(["bash", "--noprofile", "--rcfile", "rc", "-i"], output=None, cwd=folder) as shell:
            shell.wait_for("ready")
            shell.type("offcirc loa\t--form\tkoc --report=aft\t aft\t\n")
            shell.wait_for("<load><--format><koc><--report=afternoon logs/><afternoon logs/>")
            shell.type("exit\n")
            shell.finish()


def test_fish():
    commands = names(help_of(), "Commands:")
    expect("commands", sorted(fish("offcirc ")), sorted(commands))
    common = names(help_of(), "Options of all commands")
    for command in commands:
        own = names(help_of(command), "Options:")
        expect(f"options of {command}", sorted(fish(f"offcirc {command} -")), sorted(own + common))
    expect("a format", fish("offcirc load --format sy"), ["symphony"])
    expect("its value is no command", sorted(fish("offcirc --color never exp")), ["explain", "export"])
    expect("not known", fish("offcirc load --library "), [])
    expect("the first of a list", sorted(fish("offcirc load --override user-b")), ["user-barred", "user-blocked"])
    expect("a list", fish("offcirc load --override too-old,user-ba"), ["too-old,user-barred"])


def test_zsh():
    script = FOLDER / "_offcirc"
    subprocess.run(["zsh", "-f", "-n", script], check=True)
    text = script.read_text()
    for command in names(help_of(), "Commands:"):
        part = text.split(f"\n    {command})\n", 1)[1].split(";;", 1)[0]
        offered = re.findall(r"^ +'\*?(--?[a-z-]+)", part, re.MULTILINE)
        expect(f"options of {command}", offered, names(help_of(command), "Options:"))


def test_zsh_on_a_terminal():
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "rc").write_text(f"PS1=\nfpath=({FOLDER} $fpath)\nautoload -Uz compinit\ncompinit -u -D\n"
                                      "offcirc() { printf '<%s>' \"$@\"; }\necho ready\n")
        with Terminal(["zsh", "-f", "-i"], output=None, cwd=folder) as shell:
            shell.type("source ./rc\n")
            shell.wait_for("ready")
            shell.type("offcirc loa\t--form\tko\t\n")
            shell.wait_for("<load><--format=koc>")
            shell.type("offcirc mai\t--outb\tx 3\n")
            shell.wait_for("<mail><--outbox=x><3>")
            shell.type("exit\n")
            shell.finish()


def main():
    global OFFCIRC, FOLDER
    OFFCIRC, FOLDER = sys.argv[1], Path(sys.argv[2]).resolve()
    test_bash_offers_what_help_says()
    test_bash_values()
    for shell, test in (("fish", test_fish), ("zsh", test_zsh)):
        if shutil.which(shell):
            test()
        else:
            print(f"{shell} is not installed: its completions are not tried.")
    if reason := why_no_terminal():
        print(f"Nothing is tried on a terminal: {reason}")
        return
    test_bash_on_a_terminal()
    if shutil.which("zsh"):
        test_zsh_on_a_terminal()


if __name__ == "__main__":
    main()
