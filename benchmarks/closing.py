"""Whether closing the window during a run ends both processes cleanly, and how long it takes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import QTimer

from benchmarks.measurement import Measurement, Options

ROOT = Path(__file__).resolve().parents[1]


def measure(options: Options) -> Iterator[Measurement]:
    """The share of closings with exit status 0, each in a process of its own, and the slowest closing."""
    good, slowest = 0, 0.0
    for index in range(options.closings):
        # Each time a little later, so that the run is caught in every state: before the companion is ready, too.
        command = [sys.executable, "-m", "benchmarks.closing", str(5 + 19 * (index % 25))]
        # Until nobody holds its output any more, a companion that was left behind neither.
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
        if done.returncode == 0 and "closed after" in done.stdout and not done.stderr:
            good += 1
            slowest = max(slowest, float(done.stdout.split("closed after")[1].split()[0]))
        else:
            print(f"closing {index + 1}: status {done.returncode}\n{done.stdout}{done.stderr}", file=sys.stderr)
    if options.closings:
        yield Measurement("closings with exit status 0", good, "", "closings", options.closings, 1, True, True)
    if good:
        yield Measurement("slowest closing", slowest, "ms", "the last resort", 1000, 1, of_ratio=True)


def close_in_the_middle(milliseconds: int) -> int:
    """Open ``training``, run at full speed and close after this time; returns the application's exit status."""
    from benchmarks.stage import Show

    show = Show("training", wait=False)
    show.runner.full_speed(True)
    show.runner.play()
    QTimer.singleShot(milliseconds, show.application.exit)  # unlike quit, this leaves the runner to the line below
    status = show.application.exec()
    began = perf_counter()
    show.close()
    print(f"closed after {(perf_counter() - began) * 1000:.3f} ms")
    return status


if __name__ == "__main__":
    sys.exit(close_in_the_middle(int(sys.argv[1])))
