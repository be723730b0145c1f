"""Measures size, seconds to the first painting and memory, compared with the checkout and the same packages."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep

from tools.bundle.check.place import Place
from tools.bundle.check.report import Report
from tools.bundle.folder import DIST, size_of

_STARTS = 5


def measure(report: Report, place: Place, checkout: Place, folder: Path) -> None:
    """Adds the measurements, alternating between both, so that other load on the machine affects both alike."""
    report.add("size of the folder", "measured", f"{size_of(folder) / 1e6:.0f} MB")
    for path in sorted(DIST.iterdir()):
        if path.is_file():
            report.add(f"size of {path.name}", "measured", f"{path.stat().st_size / 1e6:.0f} MB")
    seconds: dict[str, list[float]] = {"bundle": [], "checkout": []}
    for _ in range(_STARTS):
        seconds["bundle"].append(first_painting(place))
        seconds["checkout"].append(first_painting(checkout))
    ours, theirs = (statistics.median(seconds[one]) for one in ("bundle", "checkout"))
    words = f"{ours:.2f} s, checkout {theirs:.2f} s: {ours / theirs:.2f} of it (medians of {_STARTS} starts)"
    report.add("first painting", "measured", words)
    if sys.platform.startswith("linux"):
        ours, theirs = (memory(one) for one in (place, checkout))
        report.add("memory, window and companion, training", "measured", f"{ours:.0f} MB, checkout {theirs:.0f} MB")


def first_painting(place: Place) -> float:
    """Seconds from the start of the process until its window has been painted."""
    began = monotonic()
    process = place.start("self-check", "--json", "--seconds", "0", "--experiment", "gates")
    assert process.stdout is not None
    line = process.stdout.readline()
    painted = monotonic() - began
    process.communicate(timeout=60)
    json.loads(line)
    return painted


def memory(place: Place) -> float:
    """The peak memory in megabytes of both processes while a network trains, shared pages split between them."""
    process = place.start("self-check", "--json", "--seconds", "4", "--experiment", "training")
    most = 0.0
    while process.poll() is None:
        most = max(most, sum(_held(one) for one in _family(process.pid)))
        sleep(0.2)
    process.communicate(timeout=60)
    return most / 1000


def _family(process: int) -> list[int]:
    done = subprocess.run(["ps", "-e", "-o", "pid=,ppid="], capture_output=True, text=True)
    parents = {int(pid): int(parent) for pid, parent in (line.split() for line in done.stdout.splitlines())}
    found = [process]
    for one in found:
        found += [pid for pid, parent in parents.items() if parent == one]
    return found


def _held(process: int) -> float:
    """The memory of a process in kilobytes, as Linux's PSS."""
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0
    return sum(float(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:"))
