"""The command line: sets up what is missing, then runs the rows, and at last the tests."""

from __future__ import annotations

import argparse
import getpass
import os
import pwd
import subprocess
import sys
from pathlib import Path
from time import monotonic

from tools.bundle.check.report import Report
from tools.wine import installing, rows
from tools.wine.machine import Machine, screen
from tools.wine.setting_up import NotPossible, install_packages, missing_packages

PARTS = ("start", "commands", "hostile", "windows", "installer", "tests")


def main(arguments: list[str]) -> int:
    """Runs the command and returns its exit status: 0 if every row is as it should be, otherwise 1."""
    parser = argparse.ArgumentParser(prog="python3 -m tools.wine", description=__doc__)
    parser.add_argument(
        "--prefix", type=Path, help="the folder for all that is made; ~/.cache/layerwise-wine unless given"
    )
    parser.add_argument("--user", default=getpass.getuser(), help="as root: who starts Wine, who is to be another one")
    parser.add_argument("--apt", action="store_true", help="have apt install what is missing")
    parser.add_argument("--part", action="append", choices=PARTS, help="only this part of the rows; may be repeated")
    parser.add_argument("--set-up-only", action="store_true", help="run no rows")
    parser.add_argument("--minutes", type=float, default=30, help="the tests may take so long, 30 unless given")
    parser.add_argument("--tests", action="append", metavar="FOLDER", help="these tests instead of all that can run")
    given = parser.parse_args(arguments)
    try:
        began = monotonic()
        machine = _machine(given)
        print(f"set up in {monotonic() - began:.0f} s: {machine.folder}", flush=True)
    except NotPossible as reason:
        print(reason, file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as error:
        print(f"{error.cmd[0]} ended with code {error.returncode}; what it said is above.", file=sys.stderr)
        return 1
    return 0 if given.set_up_only else _report(machine, given)


def _machine(given: argparse.Namespace) -> Machine:
    missing = missing_packages()
    if missing and given.apt:
        install_packages(missing)
    elif missing:
        raise NotPossible(f"Missing: `apt install {' '.join(missing)}`, or start this with --apt.")
    if os.geteuid() == 0 and given.user == "root":
        raise NotPossible("Root starts nothing under Wine: name somebody else with --user.")
    home = Path(pwd.getpwnam(given.user).pw_dir)
    machine = Machine(given.prefix or home / ".cache" / "layerwise-wine", given.user)
    machine.make()
    return machine


def _report(machine: Machine, given: argparse.Namespace) -> int:
    parts = given.part or PARTS
    report = Report()
    with screen() as display:
        machine = Machine(machine.folder, machine.user, display)
        if "start" in parts or not machine.own_python.exists():
            rows.try_first_start(report, machine)
        if "commands" in parts:
            rows.try_commands(report, machine)
            rows.try_scripts(report, machine)
        if "hostile" in parts:
            rows.try_hostile_code(report, machine)
        if "windows" in parts:
            rows.try_windows(report, machine)
        if "installer" in parts:
            installing.try_installer(report, machine)
        if "tests" in parts:
            rows.try_tests(report, machine, given.minutes * 60, tuple(given.tests or ()))
    print(f"{report.failed} of {len(report.rows)} rows failed")
    return int(report.failed > 0)
