"""Runs the benchmarks that are asked for and prints what they measured."""

from __future__ import annotations

import argparse
import dataclasses
import importlib
import os
import pkgutil
import sys
from pathlib import Path

from benchmarks.load import Load
from benchmarks.measurement import FULL, SHORT, heading, row

DESCRIPTION = "Measure everything, or what is named, and print ratios to baselines; exit 1 if a target is missed."


def names() -> list[str]:
    """The benchmarks there are: the modules of this folder that measure something."""
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
    met, load = True, Load()
    print(load.words())
    print(heading())
    for name in options.names or names():
        module = importlib.import_module(f"benchmarks.{name}")
        for measurement in module.measure(thoroughness):
            print(row(measurement), flush=True)
            met = met and measurement.is_met
    print(load.words())
    return 0 if met else 1
