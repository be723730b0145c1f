"""The dialog with the table of differences: a row for every pinned run, sortable by any column, that can be copied."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from engine.contract.numerals import NONE
from engine.contract.text import Text
from engine.shelf.differences import MARKUPS, TITLE, sorted_rows, table_of_differences
from gui.panels.copying import copy_text
from gui.panels.data.sheet import Index, TableModel
from gui.shelf.shelf import Shelf
from gui.style.appearance import appearance, connect_while_visible
from gui.style.foreground import use_secondary_ink
from gui.style.language import language, translate
from gui.style.plain import PlainLabel
from gui.style.tokens import GRID
from gui.style.typography import font, px

COPY_AS = Text("Copy as {form}")
_WIDEST_NAME = 240
_COPIED = Text("Copied as {form}.")
_FIGURE = Text("Export as a figure…")
_HOW = Text("A click on a heading sorts by it, and so does Enter in its column.")


class TableDialog(QDialog):
    """The dialog with the table of how the pinned runs differ, updated with the shelf; deleted when closed.

    ``figure_wanted(table, caption)`` asks for an image of the table, as it is sorted at present.
    """

    figure_wanted = Signal(object, str)

    def __init__(self, shelf: Shelf, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._shelf = shelf
        self._sorted: tuple[str, bool] | None = None
        self.model = _Model(self)
        self.view = _View(self.model)
        header = self.view.horizontalHeader()
        header.setSectionsClickable(True)
        header.sectionClicked.connect(self.sort_by)
        self.view.entered_in.connect(self.sort_by)
        self._note = PlainLabel()
        self._note.setWordWrap(True)
        self.buttons = {form: QPushButton() for form in MARKUPS}
        below = QHBoxLayout()
        below.setSpacing(GRID)
        for form, button in self.buttons.items():
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, form=form: self.copy_as(form))
            below.addWidget(button)
        self.figure = QPushButton()
        self.figure.setAutoDefault(False)
        self.figure.clicked.connect(self._want_figure)
        below.addWidget(self.figure)
        below.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        layout.addWidget(self.view, 1)
        layout.addWidget(self._note)
        layout.addLayout(below)
        shelf.changed.connect(self.refresh)
        self.refresh()
        connect_while_visible(self, appearance().changed, self.refresh)

    @Slot()
    def refresh(self) -> None:
        """Update the table, in the current language and zoom."""
        table = table_of_differences(self._shelf.experiment, self._shelf.stood, language())
        names = [column.name for column in table.columns]
        if self._sorted is not None and self._sorted[0] in names:
            name, descending = self._sorted
            table = sorted_rows(table, names.index(name), descending)
            order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
            self.view.horizontalHeader().setSortIndicator(names.index(name), order)
        self.view.horizontalHeader().setSortIndicatorShown(self._sorted is not None)
        self.model.set_table(table)
        self.model.headings_changed()
        self.setWindowTitle(translate(TITLE))
        self.view.restyle()
        self._note.setFont(font("notes"))
        self._note.setText("\n".join(translate(text) for text in (*self._shelf.orders(), _HOW)))
        use_secondary_ink(self._note)
        for form, button in self.buttons.items():
            button.setText(translate(COPY_AS(form=form)))
            button.setFont(font("text"))
        self.figure.setText(translate(_FIGURE))
        self.figure.setFont(font("text"))

    @Slot(int)
    def sort_by(self, column: int) -> None:
        """Sort by a column in ascending order, or, if sorted so already, in descending order."""
        assert self.model.table is not None
        name = self.model.table.columns[column].name
        self._sorted = (name, not self._sorted[1] if self._sorted and self._sorted[0] == name else False)
        current = self.view.currentIndex()
        self.refresh()
        self.view.setCurrentIndex(current)

    def copy_as(self, form: str) -> None:
        """Copy the table, as it is sorted, to the clipboard in the format ``form``."""
        assert self.model.table is not None
        copy_text(MARKUPS[form](self.model.table, language()))
        self._note.setText(translate(_COPIED(form=form)))

    def _want_figure(self) -> None:
        assert self.model.table is not None
        self.figure_wanted.emit(self.model.table, " ".join(translate(text) for text in self._shelf.orders()))

    def sizeHint(self) -> QSize:
        header, rows = self.view.horizontalHeader(), self.view.verticalHeader()
        width = header.length() + 6 * GRID
        height = rows.length() + header.sizeHint().height() + px(130)
        screen = self.screen().availableSize()
        return QSize(min(max(width, px(480)), round(0.9 * screen.width())), min(height, screen.height()))


class _Model(TableModel):
    """A table model that shows missing values as dashes."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        shown = super().data(index, role)
        return NONE if shown == "nan" and role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole) else shown


class _View(QTableView):
    """A table view; emits ``entered_in(column)`` on Enter."""

    entered_in = Signal(int)

    def __init__(self, model: TableModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().setHighlightSections(False)
        self.verticalHeader().hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.entered_in.emit(self.currentIndex().column())
        else:
            super().keyPressEvent(event)

    def restyle(self) -> None:
        """Apply the style's fonts and sizes, and fit every column to its content."""
        self.horizontalHeader().setFont(font("notes"))
        self.verticalHeader().setDefaultSectionSize(QFontMetrics(font("number")).height() + px(GRID))
        self.resizeColumnsToContents()
        # What a run is called says again what stands beside it; all of it is in its tip.
        self.setColumnWidth(0, min(self.columnWidth(0), px(_WIDEST_NAME)))
