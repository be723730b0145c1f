"""All experiments of all chapters at a glance: a picture and a line each."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QToolButton, QVBoxLayout, QWidget

from engine.contract.catalogue import RESOURCES, Chapter, Entry
from gui.plots.drawing.ink import pen
from gui.shell import words
from gui.style.appearance import appearance
from gui.style.language import language, show
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import font, scaled

THUMBNAILS = RESOURCES / "images" / "overview"
_PICTURE = QSize(300, 200)
_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class Overview(QScrollArea):
    """``experiment_chosen`` carries an id. Tab and the arrow keys go from card to card, Enter and Space choose one."""

    experiment_chosen = Signal(str)

    def __init__(self, chapters: tuple[Chapter, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        # The cards take the keys; a stop of Tab on the area itself would not be seen.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._chapters = chapters
        self._grids: list[QGridLayout] = []
        self._headings: list[QLabel] = []
        self._lines: list[QLabel] = []
        self._cards: dict[str, _Card] = {}
        self._entries = {entry.id: entry for chapter in chapters for entry in chapter.entries}
        self._columns = 0
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 3 * GRID)
        layout.setSpacing(GRID)
        for chapter in chapters:
            self._add_chapter(layout, chapter)
        layout.addStretch(1)
        self.setWidget(page)
        self._restyle()
        appearance().changed.connect(self._restyle)

    def focus_card(self, experiment_id: str | None) -> None:
        """Give the keys to the card of an experiment, or to the first one."""
        card = self._cards.get(experiment_id) or next(iter(self._cards.values()), None)
        if card is not None:
            card.setFocus(Qt.FocusReason.TabFocusReason)
            self.ensureWidgetVisible(card)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _add_chapter(self, layout: QVBoxLayout, chapter: Chapter) -> None:
        heading, line, grid = QLabel(), QLabel(), QGridLayout()
        line.setWordWrap(True)
        grid.setSpacing(2 * GRID)
        grid.setAlignment(Qt.AlignmentFlag.AlignLeft)
        for entry in chapter.entries:
            self._cards[entry.id] = self._card(entry)
        layout.addWidget(heading)
        layout.addWidget(line)
        layout.addLayout(grid)
        layout.addSpacing(GRID)
        self._headings.append(heading)
        self._lines.append(line)
        self._grids.append(grid)

    def _card(self, entry: Entry) -> QToolButton:
        card = _Card()
        card.setAutoRaise(True)
        card.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        card.setProperty("experiment", entry.id)
        card.clicked.connect(self._card_clicked)
        card.stepped.connect(self._card_stepped)
        return card

    def _card_clicked(self) -> None:
        self.experiment_chosen.emit(self.sender().property("experiment"))

    def _card_stepped(self, across: int, down: int) -> None:
        self._step_from(self.sender(), across, down)

    def _step_from(self, card: _Card, across: int, down: int) -> None:
        """Give the keys to the card beside, above or below one; rows of different chapters follow one another."""
        rows = [
            [self._cards[entry.id] for entry in chapter.entries[start : start + self._columns]]
            for chapter in self._chapters
            for start in range(0, len(chapter.entries), self._columns)
        ]
        row = next(index for index, cards in enumerate(rows) if card in cards)
        column = rows[row].index(card)
        if across:
            line = [one for cards in rows for one in cards]
            index = line.index(card) + across
        else:
            line = [cards[min(column, len(cards) - 1)] for cards in rows]
            index = row + down
        if 0 <= index < len(line):
            line[index].setFocus(Qt.FocusReason.TabFocusReason)
            self.ensureWidgetVisible(line[index])

    def _arrange(self) -> None:
        card_width = scaled(_PICTURE.width()) + 4 * GRID
        columns = max(1, (self.viewport().width() - 6 * GRID) // card_width)
        if columns == self._columns:
            return
        self._columns = columns
        for chapter, grid in zip(self._chapters, self._grids, strict=True):
            for index, entry in enumerate(chapter.entries):
                grid.addWidget(self._cards[entry.id], index // columns, index % columns)

    def _restyle(self) -> None:
        for chapter, heading, line in zip(self._chapters, self._headings, self._lines, strict=True):
            heading.setFont(font("headline"))
            heading.setText(f"{chapter.number}  {show(chapter.title)}")
            line.setFont(font("text"))
            line.setText(show(chapter.line if chapter.entries else words.COMING(line=chapter.line)))
            palette = line.palette()
            palette.setColor(line.foregroundRole(), theme().muted_text)
            line.setPalette(palette)
        size = QSize(scaled(_PICTURE.width()), scaled(_PICTURE.height()))
        for experiment_id, card in self._cards.items():
            entry = self._entries[experiment_id]
            card.setFont(font("text"))
            card.setIcon(QIcon(QPixmap(str(THUMBNAILS / f"{experiment_id}.{language()}.{theme().name}.png"))))
            card.setIconSize(size)
            card.setText(f"{entry.number} {show(entry.name)}\n{show(entry.line)}")
            card.setAccessibleName(show(entry.title))
        self._columns = 0
        self._arrange()


class _Card(QToolButton):
    """One experiment; ``stepped(across, down)`` by the arrow keys."""

    stepped = Signal(int, int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in _STEPS:
            self.stepped.emit(*_STEPS[event.key()])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(pen(theme().accent, 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 4, 4)
