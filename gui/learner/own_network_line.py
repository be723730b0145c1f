"""The end of the path in the overview: the learner's own network, how far it has grown and what comes next."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from engine.contract.text import Text
from engine.own_network.stations import stations
from gui.learner.progress import Progress
from gui.spoken.interfaces import make_heading
from gui.style.foreground import use_secondary_ink
from gui.style.language import translate
from gui.style.plain import PlainLabel
from gui.style.tokens import GRID
from gui.style.typography import font

_TITLE = Text("Your own network")
_NOT_BEGUN = Text("From an empty file to a network that reads your own digits, in {all} stations.")
_HELD = Text("{held} of {all} stations hold. Next: {title}")
_DONE = Text("All {all} stations hold.")
_BEGIN, _GO_ON = Text("Begin"), Text("Go on", context="network")


class OwnNetworkLine(QWidget):
    """Heading, sentence and button; emits ``wanted``."""

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._written: frozenset[str] = frozenset()
        self.heading, self.line, self.button = PlainLabel(), PlainLabel(), QPushButton()
        make_heading(self.heading, 2)
        self.line.setWordWrap(True)
        self.button.clicked.connect(self.wanted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        for part in (self.heading, self.line):
            layout.addWidget(part)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.restyle()

    def show_progress(self, progress: Progress) -> None:
        """Show which stations held."""
        self._written = progress.written
        self.restyle()

    def restyle(self) -> None:
        """Apply the style's fonts and colours and the language."""
        every = stations()
        left = [one for one in every if one.id not in self._written]
        said = _NOT_BEGUN(all=len(every))
        if not left:
            said = _DONE(all=len(every))
        elif len(left) < len(every):
            said = _HELD(held=len(every) - len(left), all=len(every), title=left[0].title)
        self.heading.setFont(font("headline"))
        self.heading.setText(translate(_TITLE))
        self.line.setFont(font("text"))
        self.line.setText(translate(said))
        use_secondary_ink(self.line)
        self.button.setFont(font("text"))
        self.button.setText(translate(_BEGIN if len(left) == len(every) else _GO_ON))
        self.button.setAccessibleDescription(translate(said))
