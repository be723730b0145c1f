"""Brings the runs of a shelf to the stage, whose plots draw them behind the run that is shown, and lights the one that
the pointer means.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Slot

from engine.contract.required import required
from gui.shelf.pinned import Pinned
from gui.shelf.shelf import BEFORE, Shelf
from gui.stage.pinned_runs import PinnedRun
from gui.stage.view import View


class BehindCurves(QObject):
    """Belongs to the view; the shelf may outlive it."""

    def __init__(self, shelf: Shelf, view: View) -> None:
        super().__init__(view)
        self._shelf, self._view = shelf, view
        shelf.changed.connect(self.refresh)
        shelf.lit_changed.connect(self.refresh)
        view.pinned.pointed.connect(self._point)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Have the stage draw what stands on the shelf now."""
        shelf, view = self._shelf, self._view
        runs = self._runs()
        lit = next((number for number, one in enumerate(runs) if one is shelf.lit), None)
        view.pinned.show(
            [
                PinnedRun(name, partial(one.series_seen_as, shelf.experiment))
                for one, name in zip(runs, (*shelf.names(), BEFORE), strict=False)
            ],
            lit,
        )
        if view.current is not None and view.isVisible():
            view.draw(view.current.params, view.current.frame, view.ghost, view.newest)

    def _runs(self) -> list[Pinned]:
        """Those on the shelf; the one before, which the ghost stands for, only while it is meant."""
        shelf = self._shelf
        is_meant = shelf.before is not None and shelf.lit is shelf.before
        return [*shelf.runs, *([required(shelf.before)] if is_meant else [])]

    @Slot(object)
    def _point(self, number: int | None) -> None:
        runs = self._runs()
        self._shelf.light(runs[number] if number is not None and number < len(runs) else None)
