"""Draws pinned runs, that is, runs kept for comparison, in the plots of a stage, behind the current run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPointF, Signal

from engine.contract.table import Series
from engine.contract.text import Text
from gui.style.api import translate

if TYPE_CHECKING:
    from gui.plots.learning.pinned_curves import PinnedCurve


@dataclass(frozen=True, eq=False)
class PinnedRun:
    """A pinned run with its name and its parameters ``params``.

    ``series`` returns its curves for given parameters; for equal parameters the same objects, so that nothing is drawn
    again.
    """

    name: Text
    series: Callable[[Any], Sequence[Series]]
    params: Any = None


@dataclass(frozen=True)
class _Behind:
    plot: Any
    solid: tuple[str, ...]
    dashed: tuple[str, ...]
    when: Callable[[Any], bool]
    first_only: bool
    alike: Callable[[Any], object]


class PinnedRuns(QObject):
    """The pinned runs that a stage draws: ``behind`` registers a plot, ``show`` sets the runs, ``apply`` draws them.

    ``pointed`` is emitted with the number of the run whose curve is under the pointer, or None.
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
        alike: Callable[[Any], object] = lambda params: None,
    ) -> None:
        """Have a plot draw those series of each run whose keys begin with one of these names; those in ``dashed`` as
        dashed lines.

        ``when`` tells for which parameters the plot's axis is the one over which the series were recorded; with
        ``first_only`` only the first learner is drawn. ``alike`` returns what two runs must have in common to be
        compared: a run is not drawn if it returns something else for its parameters than for those shown.
        """
        self._plots.append(_Behind(plot, solid, tuple(dashed), when, first_only, alike))

    @property
    def plots(self) -> tuple[Any, ...]:
        """All plots that draw pinned runs."""
        return tuple(one.plot for one in self._plots)

    def show(self, runs: Sequence[PinnedRun], lit: int | None) -> None:
        """Set the pinned runs and the number of the highlighted one; drawn by the next ``apply``."""
        self._runs, self._lit = tuple(runs), lit

    def apply(self, params: Any, plain: bool) -> None:
        """Have the plots draw the runs for these parameters; if ``plain``, none is highlighted."""
        for one in self._plots:
            one.plot.show_pinned(self._curves(one, params, plain) if self._runs and one.when(params) else ())

    def point_at(self, scene_place: QPointF | None) -> None:
        """Emit ``pointed`` if another run's curve is under the pointer now; ``scene_place`` is None if the pointer has
        left.
        """
        found = None
        if scene_place is not None and self._runs:
            plots = (one.plot for one in self._plots if one.plot.scene() is not None)
            found = next((run for plot in plots if (run := plot.pinned.run_at(scene_place)) is not None), None)
        if found != self._pointed:
            self._pointed = found
            self.pointed.emit(found)

    def _curves(self, one: _Behind, params: Any, plain: bool) -> list[PinnedCurve]:
        from gui.plots.learning.pinned_curves import PinnedCurve  # where runs are pinned, there are such curves

        found = []
        for number, run in enumerate(self._runs):
            if run.params is not None and one.alike(run.params) != one.alike(params):
                continue
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
