"""The end of the path in the overview: the learner's own network, its progress, and the next step."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from engine.contract.text import Text, notation
from engine.own_network.station import Station
from engine.own_network.stations import stations
from gui.learner.progress import Progress
from gui.learner.records import SIDE, OwnDigit
from gui.plots.drawing.ink_image import ink_image
from gui.spoken.interfaces import make_heading
from gui.style.foreground import use_secondary_ink
from gui.style.language import translate
from gui.style.plain import PlainLabel
from gui.style.tokens import GRID
from gui.style.typography import font, px

_TITLE = Text("Your own network")
_NOT_BEGUN = Text("From an empty file to a network that reads your own digits, in {all} stations.")
_STATION = notation("{sign} {number} {title}")
_BEST = Text("At best it read {share:.1%} of the test digits.")
_DIGIT = Text("Your digit: it reads {answer}, with a probability of {probability:.0%}.")
_PIXEL = 2
"""The side of a pixel of the learner's drawn digit, in screen pixels at zoom 1."""
_NEXT = Text("Next: station {number}, “{title}”.")
_TRAIN = Text("Next: let it train, and see how many digits it reads.")
_DRAW = Text("All stations hold. Next: let it read a digit that you draw.")
_BEGIN, _GO_ON = Text("Begin"), Text("Go on", context="network")
_HOLDS, _OPEN = "✓", "○"


class OwnNetworkLine(QWidget):
    """A heading, the stations, of which those that passed their checks are marked, the best accuracy, the drawn digit,
    the next step, and a button; emits ``wanted``.
    """

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._progress = Progress()
        self.heading, self.stations, self.best, self.line, self.picture, self.digit = (PlainLabel() for _ in range(6))
        self.button = QPushButton()
        make_heading(self.heading, 2)
        self.button.clicked.connect(self.wanted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self.heading)
        for part in (self.stations, self.best, self.line):
            part.setWordWrap(True)
            layout.addWidget(part)
        drawn = QHBoxLayout()
        drawn.addWidget(self.picture)
        drawn.addWidget(self.digit, 1)
        layout.insertLayout(layout.indexOf(self.line), drawn)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.restyle()

    def show_progress(self, progress: Progress) -> None:
        """Show which stations passed their checks, the best accuracy and the digit read."""
        self._progress = progress
        self.restyle()

    def restyle(self) -> None:
        """Apply the style's fonts and colours and the language."""
        is_begun = self._is_begun
        self.heading.setFont(font("headline"))
        self.heading.setText(translate(_TITLE))
        for part in (self.stations, self.best, self.digit, self.line):
            part.setFont(font("text"))
        self.stations.setText("\n".join(self._marked(one) for one in stations()))
        self.stations.setVisible(is_begun)
        self.best.setText(translate(_BEST(share=self._progress.best_accuracy)))
        self.best.setVisible(self._progress.best_accuracy > 0)
        self._show_digit(self._progress.digit)
        self.line.setText(translate(self._next_step()))
        use_secondary_ink(self.line)
        self.button.setFont(font("text"))
        self.button.setText(translate(_GO_ON if is_begun else _BEGIN))
        self.button.setAccessibleDescription(self.line.text())

    def _show_digit(self, digit: OwnDigit | None) -> None:
        for part in (self.picture, self.digit):
            part.setVisible(digit is not None)
        if digit is None:
            return
        side = _PIXEL * SIDE
        image = ink_image(np.frombuffer(digit.picture, np.uint8).reshape(SIDE, SIDE))
        self.picture.setPixmap(QPixmap.fromImage(image).scaled(px(side), px(side)))
        self.digit.setText(translate(_DIGIT(answer=digit.answer, probability=digit.probability)))

    @property
    def _is_begun(self) -> bool:
        return any(one.id in self._progress.written for one in stations())

    def _marked(self, station: Station) -> str:
        """A station's title with its number and ✓ or ○."""
        sign = _HOLDS if station.id in self._progress.written else _OPEN
        return translate(_STATION(sign=sign, number=station.order, title=station.title))

    def _next_step(self) -> Text:
        left = [one for one in stations() if one.id not in self._progress.written]
        if not self._is_begun:
            return _NOT_BEGUN(all=len(stations()))
        can_train = any(one.does == "trains" and one not in left for one in stations())
        if can_train and not self._progress.best_accuracy:
            return _TRAIN
        return _NEXT(number=left[0].order, title=left[0].title) if left else _DRAW
