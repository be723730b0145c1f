"""Runs the learner's network on a thread beside the window: its checks, its training, what it reads."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from engine.contract.text import Refused
from engine.exercises.verdict import RUNS
from engine.own_network.any_network import AnyNetworkCheck
from engine.own_network.checking import NetworkCheck, StationResult
from engine.own_network.station import Station
from engine.own_network.stations import stations
from gui.run.check_runner import CheckRunner


class Updates(NamedTuple):
    """How far a network has learned: the updates done, all of them, and the last loss."""

    done: int
    of: int
    loss: float


class OwnRunner(CheckRunner):
    """``came`` carries a ``StationResult`` or a ``Finding`` each, or how far a training is."""

    def check(self, path: Path, source: str, station: Station) -> None:
        """Check a station, and then the others that the file has begun; training with digits is left out."""
        check = NetworkCheck(path, source)

        def work() -> None:
            others = tuple(one.order for one in stations() if one.order != station.order)
            try:
                for orders in ((station.order,), others):
                    for result in check.results(orders, with_digits=False):
                        self.tell(check, result)
                        if result.verdict is not None and result.verdict.steps < RUNS:
                            return  # Python cannot read the file
            except Refused:
                self.tell(check, StationResult(station, None))

        self.start(check, work)

    def check_class(self, path: Path, source: str, name: str) -> None:
        """Check a class of the file as it is; ``came`` carries a ``Finding`` each, and ``Updates`` while it learns."""
        check = AnyNetworkCheck(path, source, name)

        def work() -> None:
            for finding in check.findings(lambda *told: self.tell_drawn(check, lambda: Updates(*told))):
                self.tell(check, finding)

        self.start(check, work)

    def do(self, path: Path, source: str, station: Station) -> None:
        """Have the network do what it does at a station; ends with what came of it."""
        check = NetworkCheck(path, source)
        self.start(check, lambda: check.do(station, lambda curves: self.tell_drawn(check, curves.copy)))

    def ask(self, path: Path, source: str, question: Callable[[NetworkCheck], object]) -> None:
        """Ask something else of the network; ends with the answer."""
        check = NetworkCheck(path, source)
        self.start(check, lambda: question(check))
