"""The pinned runs as the plots of a stage draw them: behind the run that is shown, where a plot has that figure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QPointF, Signal

from engine.contract.output.measure import Series
from engine.contract.text.text import Text
from gui.plots.learning.pinned_curves import PinnedCurve
from gui.style.api import translate


@dataclass(frozen=True, eq=False)
class PinnedRun:
    """``series`` gives the run's figures, seen as these parameters say; the same ones for the same parameters."""

    name: Text
    series: Callable[[Any], Sequence[Series]]


@dataclass(frozen=True)
class _Behind:
    plot: Any
    solid: tuple[str, ...]
    dashed: tuple[str, ...]
    when: Callable[[Any], bool]
    first_only: bool


class PinnedRuns(QObject):
    """``behind`` says which figures a plot has, ``translate`` which runs there are, ``apply`` has the plots draw them.

    ``pointed`` follows the pointer: the number of the run whose curve it is on, or None.
    """

    pointed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._plots: list[_Behind] = []
        self._runs: tuple[PinnedRun, ...] = ()
        self._lit: int | None = None
        self._pointed: int | None = None

    def behind(
        self,
        plot: Any,
        *solid: str,
        dashed: Sequence[str] = (),
        when: Callable[[Any], bool] = lambda params: True,
        first_only: bool = False,
    ) -> None:
        """A plot draws these figures of a run over the same axis, as their keys begin; some of them ``dashed``.

        ``when`` says for which parameters the axis is that of the record; ``first_only`` that of several learners the
        plot draws the first.
        """
        self._plots.append(_Behind(plot, solid, tuple(dashed), when, first_only))

    @property
    def plots(self) -> tuple[Any, ...]:
        """All plots that draw pinned runs."""
        return tuple(one.plot for one in self._plots)

    def show(self, runs: Sequence[PinnedRun], lit: int | None) -> None:
        """These runs, and the number of the one that stands out; drawn with the next ``apply``."""
        self._runs, self._lit = tuple(runs), lit

    def apply(self, params: Any, plain: bool) -> None:
        """Have the plots draw them as these parameters say; where ``plain``, none stands out."""
        for one in self._plots:
            one.plot.show_pinned(self._curves(one, params, plain) if self._runs and one.when(params) else ())

    def point_at(self, scene_place: QPointF | None) -> None:
        """The pointer is at a place of the scene, or has left."""
        found = None
        if scene_place is not None and self._runs:
            plots = (one.plot for one in self._plots if one.plot.scene() is not None)
            found = next((run for plot in plots if (run := plot.pinned.run_at(scene_place)) is not None), None)
        if found != self._pointed:
            self._pointed = found
            self.pointed.emit(found)

    def _curves(self, one: _Behind, params: Any, plain: bool) -> list[PinnedCurve]:
        found = []
        for number, run in enumerate(self._runs):
            drawn: set[str] = set()
            for series in run.series(params):
                figure = _beginning(series.key, (*one.solid, *one.dashed))
                if figure is None or not len(series.at) or (one.first_only and figure in drawn):
                    continue
                drawn.add(figure)
                lit = number == self._lit and not plain
                found.append(
                    PinnedCurve(number, translate(run.name), series.at, series.values, figure in one.dashed, lit)
                )
        return found


def _beginning(key: str, figures: Sequence[str]) -> str | None:
    return next((one for one in figures if key == one or key.startswith(f"{one}.")), None)
