"""Rotates a relief by mouse and keys: turns its plot's signals into changes of the fields ``turn`` and ``tilt``."""

from __future__ import annotations

from typing import Any

from engine.contract.fields.numbers import Integer
from engine.contract.params import field_of
from engine.contract.text import Text
from gui.plots.surface.relief_plot import ReliefPlot
from gui.stage.view import View
from gui.style.language import translate

_GESTURE = "turn"
_SEEN = Text("turned by {turn}, seen from {tilt} above")


class ReliefRotation:
    """Makes a relief a control of the fields ``turn`` and ``tilt`` of a view's parameters, in whole degrees."""

    def __init__(self, view: View[Any, Any], plot: ReliefPlot) -> None:
        self._view = view
        self._begun: tuple[int, int] | None = None
        view.add_control(plot)
        view.probe_plot(plot)
        plot.turned.connect(self._turn)
        plot.let_go.connect(self._let_go)
        plot.first_wanted.connect(self._first)

    def words(self, params: Any) -> str:
        """The direction from which the relief is seen, as text."""
        fields = {name: field_of(type(params), name) for name in ("turn", "tilt")}
        return translate(_SEEN(**{name: field.spell(getattr(params, name)) for name, field in fields.items()}))

    def _turn(self, turn: float, tilt: float, by_key: bool) -> None:
        if self._view.current is None:
            return
        params = self._view.current.params
        start = (params.turn, params.tilt)
        if not by_key:
            start = self._begun = self._begun or start
        heights = field_of(type(params), "tilt", Integer)
        wanted = {
            "turn": _around(round(start[0] + turn)),
            "tilt": round(min(max(start[1] + tilt, heights.minimum), heights.maximum)),
        }
        if any(getattr(params, name) != value for name, value in wanted.items()):
            self._view.change(wanted, _GESTURE)
        if by_key:
            self._view.pause_of_keys.start()

    def _let_go(self) -> None:
        self._begun = None
        self._view.gesture_ended.emit()

    def _first(self) -> None:
        if self._view.current is not None:
            first = self._view.experiment.params_type()
            self._view.change({name: getattr(first, name) for name in ("turn", "tilt")})


def _around(degrees: int) -> int:
    """The same angle between −180 and 180 degrees."""
    return (degrees + 179) % 360 - 179
