"""Computes an experiment without a window, as fast as possible, in a process that measures on request."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from time import perf_counter
from types import MappingProxyType

ROOT = Path(__file__).resolve().parents[1]
FROM = 1000
"""The update from which on is measured: before it the experiments look at themselves more often."""


class Alone:
    """The process ``python -m benchmarks.alone ID``, idle until asked; to be ended by ``close``."""

    def __init__(self, experiment_id: str, changes: Mapping[str, object] = MappingProxyType({})) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.alone", experiment_id, json.dumps(dict(changes))],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdin is not None and self._process.stdout is not None  # pipes were asked for
        self._asks, self._answers = self._process.stdin, self._process.stdout

    def updates_per_second(self, seconds: float) -> float:
        """The updates a second, measured for ``seconds``."""
        self._asks.write(f"{seconds}\n")
        self._asks.flush()
        return float(self._answers.readline())

    def close(self) -> None:
        """End the process."""
        self._asks.close()
        self._process.wait()
        self._answers.close()


def main(experiment_id: str, changes: str) -> None:
    """Read durations from standard input, measure, and print updates a second, line by line."""
    from engine.contract.catalogue import load
    from engine.contract.run import Run
    from engine.playing import OVERTAKEN, FullSpeed, Player

    experiment = load(experiment_id)
    for line in sys.stdin:
        player = Player(experiment, Run(experiment.id, experiment.params_type.from_json(json.loads(changes))))
        player.go(FROM)
        began, ends = perf_counter(), perf_counter() + float(line)
        # As many frames wait as may: none is made, and all the time goes into the updates.
        for _ in player.follow(FullSpeed(), lambda: OVERTAKEN, is_wanted=partial(_is_before, ends)):
            pass
        print((player.update - FROM) / (perf_counter() - began), flush=True)


def _is_before(moment: float) -> bool:
    return perf_counter() < moment


if __name__ == "__main__":
    main(*sys.argv[1:])
