"""All experiments of all chapters at a glance: a picture and a line each."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPixmap
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QToolButton, QVBoxLayout, QWidget

from engine.contract.catalogue import RESOURCES, Chapter, Entry
from gui.shell import words
from gui.style.appearance import appearance
from gui.style.language import language, show
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import font, scaled

THUMBNAILS = RESOURCES / "images" / "overview"
_PICTURE = QSize(300, 200)


class Overview(QScrollArea):
    """``experiment_chosen`` carries an id; ``closed`` follows Escape."""

    experiment_chosen = Signal(str)
    closed = Signal()

    def __init__(self, chapters: tuple[Chapter, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self._chapters = chapters
        self._grids: list[QGridLayout] = []
        self._headings: list[QLabel] = []
        self._lines: list[QLabel] = []
        self._cards: dict[str, QToolButton] = {}
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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

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
        card = QToolButton()
        card.setAutoRaise(True)
        card.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        card.setProperty("experiment", entry.id)
        card.clicked.connect(self._card_clicked)
        return card

    def _card_clicked(self) -> None:
        self.experiment_chosen.emit(self.sender().property("experiment"))

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
            line.setText(show(chapter.line if chapter.entries else words.COMING.with_values(line=chapter.line)))
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
