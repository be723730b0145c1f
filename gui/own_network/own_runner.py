"""Runs the learner's network on a thread: its checks, its training, and the reading of digits."""

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
    """The state of a training: the number of updates done, the number of all updates, and the last loss."""

    done: int
    of: int
    loss: float


class OwnRunner(CheckRunner):
    """Runs one task at a time. ``came`` carries each ``StationResult`` or ``Finding``, and the state of a training."""

    def check(self, path: Path, source: str, station: Station) -> None:
        """Check the learner's network at a station (one task in building the network), then at all others of which the
        file has some code.

        Checks that train on MNIST are left out.
        """
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
        """Check a class of the file. ``came`` carries each ``Finding``, and ``Updates`` while it trains."""
        check = AnyNetworkCheck(path, source, name)

        def work() -> None:
            for finding in check.findings(lambda *told: self.tell_drawn(check, lambda: Updates(*told))):
                self.tell(check, finding)

        self.start(check, work)

    def do(self, path: Path, source: str, station: Station) -> None:
        """Run what the network does at a station, such as training; ``ended`` carries the result."""
        check = NetworkCheck(path, source)
        self.start(check, lambda: check.do(station, lambda curves: self.tell_drawn(check, curves.copy)))

    def ask(self, path: Path, source: str, question: Callable[[NetworkCheck], object]) -> None:
        """Call ``question`` with the check of the file, on the thread; ``ended`` carries what it returns."""
        check = NetworkCheck(path, source)
        self.start(check, lambda: question(check))
