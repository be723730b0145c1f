"""Runs the chosen benchmarks and prints their results."""

from __future__ import annotations

import argparse
import dataclasses
import importlib
import os
import pkgutil
import subprocess
import sys
from pathlib import Path

from benchmarks.load import Load
from benchmarks.measurement import FULL, SHORT, Options, heading, row

ROOT = Path(__file__).resolve().parents[1]
DESCRIPTION = "Measure everything, or what is named, and print ratios to baselines; exit 1 if a target is missed."


def names() -> list[str]:
    """The names of all benchmarks: the modules of this folder that measure something."""
    found = [info.name for info in pkgutil.iter_modules([str(Path(__file__).parent)])]
    return [name for name in found if hasattr(importlib.import_module(f"benchmarks.{name}"), "measure")]


def main(arguments: list[str]) -> int:
    """Measure and print; returns 1 if a target is missed, otherwise 0."""
    parser = argparse.ArgumentParser(prog="python3 -m benchmarks", description=DESCRIPTION)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"what to measure: {', '.join(names())}; or all")
    parser.add_argument("--short", action="store_true", help="everything in less than a minute, less exactly")
    parser.add_argument(
        "--long", action="store_true", help="also watch cnn and playground at full speed for an hour each"
    )
    parser.add_argument("--rows", action="store_true", help="print the rows alone, without heading and load")
    parser.add_argument("--seconds", type=float, help="how long each smoothness is watched")
    parser.add_argument("--repeats", type=int, help="how often each latency is taken")
    parser.add_argument("--closings", type=int, help="how often the program is closed in a running loop")
    parser.add_argument("--starts", type=int, help="how often the program is started to see its first paint")
    options = parser.parse_args(arguments)
    usual = SHORT if options.short else FULL
    if options.long:
        usual = dataclasses.replace(usual, minutes=60.0)
    given = {name: getattr(options, name) for name in vars(usual) if getattr(options, name, None) is not None}
    thoroughness = dataclasses.replace(usual, **given)
    unknown = sorted(set(options.names) - set(names()))
    if unknown:
        parser.error(f"no benchmark {', '.join(unknown)}; there are {', '.join(names())}")
    if sys.platform == "linux" and not any(name in os.environ for name in ("DISPLAY", "WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    chosen, load = options.names or names(), Load()
    if not options.rows:
        print(load.words())
        print(heading(), flush=True)
    if len(chosen) > 1 and not options.short:
        missed = _each_by_itself(chosen, [one for one in arguments if one not in chosen])
    else:
        missed = [name for name in chosen if not _measure(name, thoroughness)]
    if not options.rows:
        print(load.words())
    return 1 if missed else 0


def _measure(name: str, options: Options) -> bool:
    """Run a benchmark and print its results; False if a target is missed."""
    met = True
    for measurement in importlib.import_module(f"benchmarks.{name}").measure(options):
        print(row(measurement), flush=True)
        met = met and measurement.is_met
    return met


def _each_by_itself(chosen: list[str], others: list[str]) -> list[str]:
    """Run each benchmark in a process of its own; returns those that missed a target.

    In one process, what earlier ones leave behind would slow down every picture: 26 ms instead of 20 for the slowest
    repaint, gaps of 25 ms instead of 16.
    """
    command = [sys.executable, "-m", "benchmarks", *others, "--rows"]
    return [name for name in chosen if subprocess.run([*command, name], cwd=ROOT).returncode]
