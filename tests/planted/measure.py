"""Plants one fault after the other in a copy of the checkout, runs the tests that should catch it, and counts: first
those that are run on one day, and where these pass, all of them.
"""

from __future__ import annotations

import argparse
import itertools
import os
import queue
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from tests.planted.chosen import Chosen, chosen
from tests.planted.faults import KINDS, ROOT, Fault, all_faults

WORKERS, LIMIT, ENOUGH = 2, 900, 0.95
"""Copies that are tested at a time, seconds for one fault, and the share that is to be caught."""
NOTHING_SELECTED = 5
"""The exit code of pytest where what is asked for is left to ``--whole``."""
_LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "__pycache__", ".pytest_cache", ".ruff_cache", ".hypothesis")
_FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+)", re.MULTILINE)
_moments = itertools.count(int(time.time()))


@dataclass(frozen=True)
class Outcome:
    """``first`` is the first test that failed, or why nothing could be said.

    ``when`` it is run: on the day that was asked for, on another one of nine, or with ``--whole`` only.
    """

    fault: Fault
    caught: bool
    seconds: float
    first: str
    when: str = ""


def main(arguments: Sequence[str]) -> int:
    """The exit code: 0 where at least 95 % of the faults are caught."""
    parser = argparse.ArgumentParser(prog="python3 -m tests.planted", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="the faults to plant; all where none is named")
    parser.add_argument("--kind", choices=KINDS, help="all faults of one kind")
    parser.add_argument("--day", type=int, default=date.today().toordinal(), help="the day whose tests are run first")
    asked = parser.parse_args(arguments)
    faults = [one for one in all_faults() if asked.kind in (None, one.kind)]
    unknown = set(asked.names) - {one.name for one in faults}
    if unknown:
        parser.error(f"there is no fault {', '.join(sorted(unknown))}")
    faults = [one for one in faults if not asked.names or one.name in asked.names]
    outcomes = measured(faults, asked.day)
    return _report(outcomes)


def measured(faults: Sequence[Fault], day: int) -> list[Outcome]:
    """What came of each, in their order; printed as it comes."""
    all_chosen = cache(chosen)
    copies: queue.Queue[Path] = queue.Queue()
    lock = threading.Lock()

    def one(fault: Fault) -> Outcome:
        copy = copies.get()
        try:
            outcome = _try_out(fault, copy, day, all_chosen)
        finally:
            copies.put(copy)
        with lock:
            print(_line(outcome), flush=True)
        return outcome

    with tempfile.TemporaryDirectory(prefix="layerwise-planted-") as folder:
        for number in range(min(WORKERS, len(faults))):
            copies.put(_copy(Path(folder) / str(number)))
        with ThreadPoolExecutor(WORKERS) as pool:
            return list(pool.map(one, faults))


def _copy(place: Path) -> Path:
    shutil.copytree(ROOT, place, ignore=_LEFT_OUT, symlinks=True)
    if (ROOT / ".venv").exists():
        (place / ".venv").symlink_to((ROOT / ".venv").resolve())
    return place


def _try_out(fault: Fault, copy: Path, day: int, all_chosen: Callable[[], dict[str, Chosen]]) -> Outcome:
    file = copy / fault.file
    text = file.read_text(encoding="utf-8")
    _write(file, fault.planted_in(text))
    began = time.monotonic()
    try:
        code, said = _tests(fault, copy, f"--day={day}")
        when = "this day"
        if code in (0, NOTHING_SELECTED):
            code, said = _tests(fault, copy, "--whole")
            when = ""
    finally:
        _write(file, text)
    seconds = time.monotonic() - began
    first = _FAILED.search(said)
    # One that hangs ends its process with code 1 too, and names no test.
    if code == 1 and first is not None:
        when = when or ("in turn" if first[1] in all_chosen()[fault.name].some_day else "whole")
        return Outcome(fault, True, seconds, first[1], when)
    if code == 0:
        return Outcome(fault, False, seconds, "all passed")
    # What cannot even be collected is seen by whoever runs the tests, but a selection without tests is a mistake here.
    broken = code == 2 and first is not None
    return Outcome(fault, broken, seconds, first[1] if broken else f"pytest ended with {code}: {said[-300:]}")


def _write(file: Path, text: str) -> None:
    """Write with a time that no compiled file of Python knows, however soon it follows the last one."""
    file.write_text(text, encoding="utf-8")
    moment = next(_moments)
    os.utime(file, (moment, moment))


def _tests(fault: Fault, copy: Path, *options: str) -> tuple[int, str]:
    """The exit code of pytest and what it printed; code −1 where it took too long."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-n", "0", "-p", "no:cacheprovider", *fault.tests, *options]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    try:
        done = subprocess.run(
            command, cwd=copy, env=environment, capture_output=True, text=True, timeout=LIMIT, check=False
        )
    except subprocess.TimeoutExpired:
        return -1, f"longer than {LIMIT} s"
    return done.returncode, done.stdout + done.stderr


def _line(outcome: Outcome) -> str:
    word = (outcome.when or "broken") if outcome.caught else "SURVIVED"
    return f"{word:10}{outcome.seconds:6.0f} s  {outcome.fault.kind:12} {outcome.fault.name:34} {outcome.first}"


def _count(outcomes: Sequence[Outcome]) -> str:
    caught, now = sum(one.caught for one in outcomes), sum(one.when == "this day" for one in outcomes)
    in_turn = sum(one.when == "in turn" for one in outcomes)
    return f"{caught:3} of {len(outcomes)}, {now} of them this day, {in_turn} on another of nine"


def _report(outcomes: Sequence[Outcome]) -> int:
    print()
    for kind in KINDS:
        mine = [one for one in outcomes if one.fault.kind == kind]
        if mine:
            print(f"{kind:12} {_count(mine)}")
    share = sum(one.caught for one in outcomes) / len(outcomes) if outcomes else 1.0
    print(f"{'all':12} {_count(outcomes)}: {share:.0%}")
    for one in outcomes:
        if not one.caught:
            print(f"  survived: {one.fault.name}. {one.fault.does} ({one.first})")
    return 0 if share >= ENOUGH else 1
