"""Passes the pinned runs of a shelf to the stage, whose plots draw them as background curves, and highlights the run
under the pointer.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Slot

from engine.contract.frame import required
from gui.shelf.pinned import Pinned
from gui.shelf.shelf import Shelf
from gui.stage.pinned_runs import PinnedRun
from gui.stage.view import View


class BehindCurves(QObject):
    """Connects a shelf and a view, whose main plot draws the curves of the pinned runs behind its own. A child of the
    view, since the shelf may exist longer.
    """

    def __init__(self, shelf: Shelf, view: View) -> None:
        super().__init__(view)
        self._shelf, self._view = shelf, view
        shelf.changed.connect(self.refresh)
        shelf.lit_changed.connect(self.refresh)
        view.pinned.pointed.connect(self._point)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Have the main plot draw the present runs of the shelf, with the highlighted one."""
        shelf, view = self._shelf, self._view
        runs = self._runs()
        lit = next((number for number, one in enumerate(runs) if one is shelf.lit), None)
        view.pinned.show(
            [
                PinnedRun(name, partial(one.series_seen_as, shelf.experiment), one.stood.params)
                for one, name in zip(runs, (*shelf.names(), shelf.name_of_before), strict=False)
            ],
            lit,
        )
        if view.current is not None and view.isVisible():
            view.draw(view.current.params, view.current.frame, view.ghost, view.newest)

    def _runs(self) -> list[Pinned]:
        """The runs to draw. The run before the last change is among them only while it is highlighted, since the plot
        shows it as a ghost anyway.
        """
        shelf = self._shelf
        is_meant = shelf.before is not None and shelf.lit is shelf.before
        return [*shelf.runs, *([required(shelf.before)] if is_meant else [])]

    @Slot(object)
    def _point(self, number: int | None) -> None:
        runs = self._runs()
        self._shelf.light(runs[number] if number is not None and number < len(runs) else None)
