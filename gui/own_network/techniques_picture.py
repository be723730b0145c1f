"""The plots of three trainings with few digits: accuracies on training and on test data, with each technique."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.contract.numerals import percent
from engine.contract.text import Text
from engine.own_network.generalizing import BATCH, IMAGES, TECHNIQUES, UPDATES, TechniqueCurves
from gui.plots.drawing.curve_ink import curve_pen
from gui.plots.learning.run_plot import Series, share_plot
from gui.stage.stage import Stage
from gui.style.appearance import appearance, connect_while_visible
from gui.style.language import translate
from gui.style.typography import px

_UPDATES, _TRAIN, _TEST = Text("updates"), Text("training accuracy"), Text("test accuracy")
_HEIGHT = 400
_KEY_AT = 0.55


class TechniquesPicture(QWidget):
    """Two plots, one below the other; side by side they would have no room for the names of three curves."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stage = Stage(self)
        self.train, self.test = (share_plot(shortest=UPDATES, key_at=_KEY_AT) for _ in range(2))
        self._curves = TechniqueCurves()
        for row, plot in enumerate((self.train, self.test)):
            self.stage.place(plot, row, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stage)
        self._restyle()
        connect_while_visible(self, appearance().changed, self._restyle)

    def sizeHint(self) -> QSize:
        return QSize(px(420), px(_HEIGHT))

    def show_training(self, curves: TechniqueCurves) -> None:
        """Show the training curves so far."""
        self._curves = curves
        last = max((row[-1] for row in curves.updates.values() if row), default=0)
        for plot, rows in ((self.train, curves.train), (self.test, curves.test)):
            plot.show_span(last, IMAGES // BATCH)
            plot.show_top(np.ones(1))
            plot.show_series([
                Series(translate(TECHNIQUES[name]), curve_pen(look, 2.0), np.array(curves.updates[name], dtype=float),
                       np.array(row), percent(row[-1], 1))
                for look, (name, row) in enumerate(rows.items(), start=1) if row
            ])  # fmt: skip

    def _restyle(self) -> None:
        self.stage.restyle()
        self.setMinimumHeight(px(_HEIGHT))
        for plot, name in ((self.train, _TRAIN), (self.test, _TEST)):
            plot.set_names(translate(_UPDATES), translate(name))
        self.show_training(self._curves)
