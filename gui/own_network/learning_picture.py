"""The plots of a training: losses and test accuracies of the learner's network, with those of the program's."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.contract.numerals import format_real, percent
from engine.contract.text import Text
from engine.own_network.learning import UPDATES, Curves
from gui.plots.drawing.curve_ink import curve_pen
from gui.plots.learning.run_plot import RunPlot, Series, share_plot
from gui.stage.stage import Stage
from gui.style.appearance import appearance, connect_while_visible
from gui.style.language import translate
from gui.style.typography import px

_YOURS, _OURS = Text("yours"), Text("ours")
_LOSS, _UPDATES = Text("loss"), Text("updates")
_ACCURACY = Text("test accuracy")
_TOPS = (2.5, 5.0, 10.0)
_HEIGHT = 230


class LearningPicture(QWidget):
    """Two plots side by side, loss and test accuracy over the updates."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stage = Stage(self)
        self.losses = RunPlot(_TOPS, "0.0000", shortest=UPDATES)
        self.accuracies = share_plot(shortest=UPDATES, key_at=0.6)
        self._curves = Curves()
        for column, plot in enumerate((self.losses, self.accuracies)):
            self.stage.place(plot, 0, column)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stage)
        self._restyle()
        connect_while_visible(self, appearance().changed, self._restyle)

    def sizeHint(self) -> QSize:
        return QSize(px(420), px(_HEIGHT))

    def show_training(self, curves: Curves) -> None:
        """Show the training curves so far."""
        self._curves = curves
        last = max((*curves.updates[-1:], *curves.tested[-1:]), default=0)
        for plot in (self.losses, self.accuracies):
            plot.show_span(last, curves.updates_per_epoch, curves.planned)
        self.losses.show_top(np.array(curves.losses))
        self.losses.show_series(_series(curves.updates, curves.losses, curves.our_losses, is_band=True))
        self.accuracies.show_top(np.array(curves.accuracies))
        self.accuracies.show_series(_series(curves.tested, curves.accuracies, curves.our_accuracies, is_band=False))

    def _restyle(self) -> None:
        self.stage.restyle()
        self.setMinimumHeight(px(_HEIGHT))
        self.losses.set_names(translate(_UPDATES), translate(_LOSS))
        self.accuracies.set_names(translate(_UPDATES), translate(_ACCURACY))
        self.show_training(self._curves)


def _series(updates: Sequence[int], yours: Sequence[float], ours: Sequence[float], is_band: bool) -> list[Series]:
    """The learner's curve and the program's; the latter is drawn above, thin and dashed, so that both are visible where
    they coincide. ``is_band`` is for losses, whose lines jump up and down.
    """
    at, found = np.array(updates, dtype=float), [(_YOURS, curve_pen(1, 2.6), yours), (_OURS, curve_pen(2, 1.2), ours)]

    def value_of(values: Sequence[float]) -> str:
        # A single value would be written large, beyond the edge of so narrow a plot.
        if not ours:
            return ""
        return format_real(values[-1], 3) if is_band else percent(values[-1], 1)

    return [
        Series(translate(name), pen, at[: len(values)], np.array(values), value_of(values), band=is_band)
        for name, pen, values in found if values
    ]  # fmt: skip
