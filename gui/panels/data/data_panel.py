"""The panel with the data tables behind the plots: viewing, copying and saving."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QComboBox,
    QFrame,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from engine.contract.experiment import Experiment
from engine.contract.frame import Frame
from engine.contract.params import Params, option_names
from engine.contract.table import Table
from engine.contract.text import Text
from gui.panels.copying import COPY, COPY_NUMBER, MenuEntry, copy_text, full_value, make_menu, tsv
from gui.panels.data.sheet import TableModel
from gui.style.appearance import appearance, connect_while_visible
from gui.style.foreground import use_secondary_ink
from gui.style.language import translate
from gui.style.plain import PlainLabel
from gui.style.tokens import GRID
from gui.style.typography import font, px

NAME = Text("Data")
TABLE = Text("Table")
COPY_TABLE = Text("Copy table")
SAVE = Text("Save as CSV…")
NOTHING = Text("There are no tables here.")

# Faster than this no number can be read, and tables are made for every refresh.
_PAUSE_MS = 100


class DataPanel(QWidget):
    """Shows the tables of the current frame, one at a time; emits ``export_requested()`` when they are to be saved.
    Updates at most ten times a second.
    """

    export_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asked: tuple[Experiment, Params, Frame] | None = None
        self._tables: tuple[Table, ...] = ()
        self._wanted: str | None = None
        self._stale = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._refresh_if_stale)
        self.model = TableModel(self)
        self.chooser = QComboBox()
        self.chooser.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.chooser.setMinimumContentsLength(6)
        self.chooser.activated.connect(self._show_chosen)
        self.view = _DataView(self.model)
        self.view.customContextMenuRequested.connect(self._menu)
        self._empty = PlainLabel()
        self._empty.setWordWrap(True)
        self.copy_button, self.save_button = QPushButton(), QPushButton()
        self.copy_button.clicked.connect(self.copy_table)
        self.save_button.clicked.connect(self.export_requested)
        self._buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._buttons.addWidget(self.copy_button)
        self._buttons.addWidget(self.save_button)
        layout = self._layout = QVBoxLayout(self)
        layout.addWidget(self.chooser)
        layout.addWidget(self._empty)
        layout.addWidget(self.view, 1)
        layout.addLayout(self._buttons)
        self.setFocusProxy(self.view)
        self._restyle()
        self._show_tables(())
        connect_while_visible(self, appearance().changed, self._restyle)

    def show_snapshot(self, experiment: Experiment, params: Params, frame: Frame) -> None:
        """Schedule an update for a frame's tables; done only while the panel is visible."""
        if self._asked is not None and self._asked[0] is not experiment:
            self._pause.stop()
        self._asked = (experiment, params, frame)
        self._stale = True
        if self.isVisible() and not self._pause.isActive():
            self._refresh()

    def choose(self, name: str | None) -> None:
        """Show the table with this name as soon as there are tables; None for the one shown before."""
        self._wanted = name

    def copy_table(self) -> None:
        """Copy the whole table to the clipboard, with its headings."""
        table = self.model.table
        if table is not None:
            copy_text(tsv([[column.heading for column in table.columns], *table.rows]))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh_if_stale()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_buttons()

    def _refresh_if_stale(self) -> None:
        if self._stale and self.isVisible():
            self._refresh()

    def _refresh(self) -> None:
        self._stale = False
        if self._asked is None:
            return
        experiment, params, frame = self._asked
        self.model.names = option_names(type(params))
        self._show_tables(experiment.tables(params, frame))
        self._pause.start()

    def _show_tables(self, tables: tuple[Table, ...]) -> None:
        names = [table.name for table in tables]
        if names != [table.name for table in self._tables]:
            before, self._wanted = self._wanted or self.chooser.currentData(), None
            self.chooser.clear()
            for name in names:
                self.chooser.addItem("", name)
            self.chooser.setCurrentIndex(max(0, self.chooser.findData(before)))
        self._tables = tables
        self._name_tables()
        self.chooser.setVisible(len(tables) > 1)
        self._empty.setVisible(not tables)
        for widget in (self.view, self.copy_button, self.save_button):
            widget.setVisible(bool(tables))
        self._show_chosen()

    def _name_tables(self) -> None:
        for index, table in enumerate(self._tables):
            self.chooser.setItemText(index, translate(table.title))

    def _show_chosen(self) -> None:
        chosen = self._tables[self.chooser.currentIndex()] if self._tables else None
        if self.model.set_table(chosen):
            self._fit_columns()

    def _fit_columns(self) -> None:
        self.view.resizeColumnsToContents()
        # Later values with more digits must not need a wider column.
        least = QFontMetrics(font("number")).horizontalAdvance("−0.00000") + px(2 * GRID)
        for column in range(self.model.columnCount()):
            # For Chinese headings Qt computes too small a width.
            self.view.setColumnWidth(column, max(self.view.columnWidth(column) + px(GRID), least))

    def _menu(self, place: QPoint) -> None:
        index = self.view.indexAt(place)
        entries: list[MenuEntry] = []
        if index.isValid():
            value = full_value(self.model.value(index.row(), index.column()))
            # A copy of now: the run may have gone on before the menu is used.
            entries.append((COPY_NUMBER(number=_short(value)), lambda: copy_text(value), True))
        entries.append((COPY, self.view.copy_selection, self.view.selectionModel().hasSelection()))
        entries.append((COPY_TABLE, self.copy_table, True))
        menu = make_menu(self, entries)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.view.viewport().mapToGlobal(place))

    def _restyle(self) -> None:
        self.setFont(font("text"))
        self._layout.setContentsMargins(*[px(GRID)] * 4)
        self._layout.setSpacing(px(GRID))
        self._buttons.setSpacing(px(GRID))
        self.view.setAccessibleName(translate(NAME))
        self.chooser.setAccessibleName(translate(TABLE))
        self.chooser.setFont(font("text"))
        self._empty.setText(translate(NOTHING))
        self._empty.setFont(font("text"))
        use_secondary_ink(self._empty)
        for button, text in ((self.copy_button, COPY_TABLE), (self.save_button, SAVE)):
            button.setText(translate(text))
            button.setFont(font("text"))
        self._name_tables()
        self.model.headings_changed()
        self.view.restyle()
        self._fit_columns()
        self._place_buttons()

    def _place_buttons(self) -> None:
        """Place the buttons side by side if both fit, otherwise one above the other."""
        needed = self.copy_button.sizeHint().width() + self.save_button.sizeHint().width() + px(3 * GRID)
        fits = needed <= self.width()
        self._buttons.setDirection(QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom)


class _DataView(QTableView):
    """A table view that copies its selection as tab-separated lines."""

    def __init__(self, model: TableModel) -> None:
        super().__init__()
        self._model = model
        self.setModel(model)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.horizontalHeader().setHighlightSections(False)
        self.verticalHeader().hide()

    def copy_selection(self) -> None:
        """Copy the selected cells to the clipboard, with gaps between them left empty."""
        chosen = {(index.row(), index.column()) for index in self.selectionModel().selectedIndexes()}
        if not chosen:
            return
        columns = sorted({column for _, column in chosen})
        rows = [
            [self._model.value(row, column) if (row, column) in chosen else "" for column in columns]
            for row in sorted({row for row, _ in chosen})
        ]
        copy_text(tsv(rows))

    def restyle(self) -> None:
        """Apply the style's fonts and row heights."""
        self.horizontalHeader().setFont(font("notes"))
        self.verticalHeader().setDefaultSectionSize(QFontMetrics(font("number")).height() + px(GRID))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selection()
        else:
            super().keyPressEvent(event)


def _short(value: str) -> str:
    return value if len(value) <= 24 else value[:23] + "…"
