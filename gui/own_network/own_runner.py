"""Runs the learner's network on a thread beside the window: its checks, its training, what it reads."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Signal

from engine.contract.text import Refused, Text
from engine.exercises.verdict import RUNS
from engine.own_network.any_network import AnyNetworkCheck
from engine.own_network.checking import CancellableCheck, Cancelled, NetworkCheck, StationResult
from engine.own_network.station import Station
from engine.own_network.stations import stations
from gui.run.aside import start_thread

_NO_PROCESS = Text("Your network runs in a process of its own, and none can be started now.")


class Updates(NamedTuple):
    """How far a network has learned: the updates done, all of them, and the last loss."""

    done: int
    of: int
    loss: float


class OwnRunner(QObject):
    """Does one thing at a time; a new one cancels it.

    ``came(value)`` carries what is found on the way: a ``StationResult`` or a ``Finding`` each, or how far a training
    is. ``ended(value)`` carries what came of it, None for a check, or a ``Text`` that says why nothing did. ``unheld``
    is emitted before, with the restrictions that this system cannot impose on the code.
    """

    came = Signal(object)
    ended = Signal(object)
    unheld = Signal(object)
    _told = Signal(object, object, bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._check: CancellableCheck | None = None
        self._is_drawn = True
        self._told.connect(self._take)

    @property
    def is_running(self) -> bool:
        """Whether something is under way."""
        return self._check is not None

    def check(self, path: Path, source: str, station: Station) -> None:
        """Check a station, and then the others that the file has begun; training with digits is left out."""
        check = NetworkCheck(path, source)

        def work() -> None:
            others = tuple(one.order for one in stations() if one.order != station.order)
            try:
                for orders in ((station.order,), others):
                    for result in check.results(orders, with_digits=False):
                        self._tell(check, result)
                        if result.verdict is not None and result.verdict.steps < RUNS:
                            return  # Python cannot read the file
            except Refused:
                self._tell(check, StationResult(station, None))

        self._start(check, work)

    def check_class(self, path: Path, source: str, name: str) -> None:
        """Check a class of the file as it is; ``came`` carries a ``Finding`` each, and ``Updates`` while it learns."""
        check = AnyNetworkCheck(path, source, name)

        def work() -> None:
            for finding in check.findings(lambda *told: self._tell_drawn(check, lambda: Updates(*told))):
                self._tell(check, finding)

        self._start(check, work)

    def do(self, path: Path, source: str, station: Station) -> None:
        """Have the network do what it does at a station; ends with what came of it."""
        check = NetworkCheck(path, source)
        self._start(check, lambda: check.do(station, lambda curves: self._tell_drawn(check, curves.copy)))

    def ask(self, path: Path, source: str, question: Callable[[NetworkCheck], object]) -> None:
        """Ask something else of the network; ends with the answer."""
        check = NetworkCheck(path, source)
        self._start(check, lambda: question(check))

    def cancel(self) -> None:
        """End what is under way, without a word."""
        if self._check is not None:
            self._check.cancel()
            self._check = None

    def _start(self, check: CancellableCheck, work: Callable[[], object]) -> None:
        self.cancel()
        self._check = check
        start_thread(lambda: self._run(check, work), "own network")

    def _run(self, check: CancellableCheck, work: Callable[[], object]) -> None:
        value: object
        try:
            value = work()
        except Refused as refusal:
            value = refusal.text
        except Cancelled:
            return
        except OSError:
            value = _NO_PROCESS
        self._tell(check, value, ends=True)

    def _tell_drawn(self, check: CancellableCheck, value: Callable[[], object]) -> None:
        """Tell how far it is, once the window has taken what was told before."""
        if self._is_drawn:
            self._is_drawn = False
            self._tell(check, value())

    def _tell(self, check: CancellableCheck, value: object, ends: bool = False) -> None:
        with suppress(RuntimeError):  # the window may be gone
            self._told.emit(check, value, ends)

    def _take(self, check: CancellableCheck, value: Any, ends: bool) -> None:
        self._is_drawn = True
        if check is not self._check:
            return
        if not ends:
            self.came.emit(value)
            return
        self._check = None
        if check.lacks:
            self.unheld.emit(check.lacks)
        self.ended.emit(value)
