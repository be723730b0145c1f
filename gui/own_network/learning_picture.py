"""The picture of a training: losses and test accuracies of the learner's network, over those of ours."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.contract.text import Text
from engine.own_network.learning import EPOCHS, UPDATES, Curves
from gui.plots.curves.curves import Curve, CurvesPlot
from gui.stage.stage import Stage
from gui.style.appearance import appearance, connect_while_visible
from gui.style.language import translate
from gui.style.typography import px

_YOURS, _OURS = 1, 0
_LOSS, _UPDATES = Text("loss"), Text("updates")
_ACCURACY, _EPOCHS = Text("test accuracy"), Text("epochs")
_KEY = Text("solid: yours; dotted: ours, from the same first weights, with the same batches")
_HIGHEST = 2.5
"""Where a network that guesses begins, and a little more: −log(1/10) is 2.3."""


class LearningPicture(QWidget):
    """Two plots above one another; ``key`` says which curve is whose."""

    key = _KEY

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stage = Stage(self)
        self.losses, self.accuracies = CurvesPlot(0, UPDATES), CurvesPlot(0, EPOCHS)
        self.losses.show_range(0, _HIGHEST)
        self.accuracies.show_range(0, 1)
        self.stage.place(self.losses, 0, 0)
        self.stage.place(self.accuracies, 0, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stage)
        self._restyle()
        connect_while_visible(self, appearance().changed, self._restyle)

    def sizeHint(self) -> QSize:
        return QSize(px(420), px(210))

    def show_training(self, curves: Curves) -> None:
        """Show the curves so far; a loss above the axis leaves it at the top."""
        updates = np.array(curves.updates, dtype=float)
        self.losses.show_curves(_pair(updates, curves.losses, curves.our_losses))
        epochs = np.arange(1, len(curves.accuracies) + 1, dtype=float)
        self.accuracies.show_curves(_pair(epochs, curves.accuracies, curves.our_accuracies))

    def _restyle(self) -> None:
        self.stage.restyle()
        self.setMinimumHeight(px(210))
        self.losses.set_names(translate(_UPDATES), translate(_LOSS))
        self.accuracies.set_names(translate(_EPOCHS), translate(_ACCURACY))


def _pair(x: np.ndarray, yours: Sequence[float], ours: Sequence[float]) -> list[Curve]:
    """Both curves; ours lies above, dotted, so that both are seen where they coincide."""
    return [
        Curve(_YOURS, x, np.array(yours)),
        *([Curve(_OURS, x[: len(ours)], np.array(ours))] if len(ours) else []),
    ]
