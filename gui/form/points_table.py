"""The non-modal dialog in which labelled points are edited as numbers."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from engine.contract.fields import LabelledPoints
from engine.contract.fields.labelled_points import decoded
from engine.contract.text import Refused, Text
from engine.data.plain_file import Unreadable, read_plain_file
from gui.form.points_model import PointsModel
from gui.form.row import Notice
from gui.style.api import GRID, font, px, translate
from gui.style.plain import PlainLabel

_ADD = Text("Add point")
_DELETE = Text("Delete")
_CLOSE = Text("Close")
_READ = Text("From CSV…")
_FILES = "CSV (*.csv *.txt *.tsv)"
_UNREAD = Text("it cannot be read: {reason}.")
_OF_FILE = Text("{name}: {reason}")
_LARGEST_FILE = 1_000_000
_LIMITS = Text(
    "{fewest} to {most} points; coordinates {low} to {high}; labels 0 to {last}. Delete removes, Insert adds."
)


class PointsTable(QDialog):
    """A table with a row for each point; valid changes are applied at once and can be undone."""

    def __init__(self, field: LabelledPoints, model: PointsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field, self._model = field, model
        self.setModal(False)
        self.view = QTableView()
        self.view.setModel(model)
        # Tab goes on to the buttons; inside the table there are the arrow keys.
        self.view.setTabKeyNavigation(False)
        self.view.setAlternatingRowColors(False)
        self.view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.view.horizontalHeader().setHighlightSections(False)
        self.notice = Notice()
        self._limits = PlainLabel()
        self._limits.setWordWrap(True)
        self.add_button, self.delete_button, self._close_button = QPushButton(), QPushButton(), QPushButton()
        self.read_button = QPushButton()
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        buttons.addWidget(self.add_button)
        buttons.addWidget(self.delete_button)
        buttons.addWidget(self.read_button)
        buttons.addStretch(1)
        buttons.addWidget(self._close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.notice)
        layout.addWidget(self._limits)
        layout.addLayout(buttons)
        for button in (self.add_button, self.delete_button, self.read_button, self._close_button):
            # Enter belongs to the cells.
            button.setAutoDefault(False)
        self.add_button.clicked.connect(self.add_point)
        self.delete_button.clicked.connect(self.delete_selected)
        self.read_button.clicked.connect(self.choose_file)
        self._close_button.clicked.connect(self.close)
        keys = {Qt.Key.Key_Delete: self.delete_selected, Qt.Key.Key_Insert: self.add_point}
        for key, action in keys.items():
            shortcut = QShortcut(QKeySequence(key), self.view)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(action)
        self.view.selectionModel().selectionChanged.connect(self._update_buttons)
        model.modelReset.connect(self._update_buttons)
        model.rowsInserted.connect(self._update_buttons)
        model.explained.connect(self._explain)
        self.retranslate()
        self.restyle()

    def add_point(self) -> None:
        """Add a point, if the field allows one more, and select its first cell."""
        if self._model.can_add():
            row = self._model.add_point()
            self.view.setCurrentIndex(self._model.index(row, 0))
            self.view.setFocus()

    def delete_selected(self) -> None:
        """Remove the points of all rows in which a cell is selected, if the field allows it."""
        rows = self._selected_rows()
        if self._model.can_remove(rows):
            self._model.remove_points(rows)
            row = min(min(rows), self._model.rowCount() - 1)
            self.view.setCurrentIndex(self._model.index(row, 0))

    def choose_file(self) -> None:
        """Open the file dialog for a CSV file that replaces all points; cancelling changes nothing."""
        name, _ = QFileDialog.getOpenFileName(self, translate(self._field.label), "", _FILES)
        if name:
            self.read_file(Path(name))

    def read_file(self, path: Path) -> None:
        """Replace all points by those of a CSV file; if it is invalid, nothing changes and the reason is shown."""
        try:
            points = self._field.parse(decoded(read_plain_file(path, _LARGEST_FILE)))
        except (Refused, Unreadable) as error:
            reason = error.text if isinstance(error, Refused) else _UNREAD(reason=error.reason)
            self._say(_OF_FILE(name=path.name, reason=reason))
        else:
            self._model.replace_points(points)
            self._explain()

    def retranslate(self) -> None:
        """Set all texts in the language in use."""
        field = self._field
        self.setWindowTitle(translate(field.label))
        self.view.setAccessibleName(translate(field.label))
        self.add_button.setText(translate(_ADD))
        self.delete_button.setText(translate(_DELETE))
        self.read_button.setText(translate(_READ))
        self._close_button.setText(translate(_CLOSE))
        limits = _LIMITS(
            fewest=field.fewest,
            most=field.most,
            low=float(field.minimum),
            high=float(field.maximum),
            last=field.classes - 1,
        )
        self._limits.setText(translate(limits))
        self._explain()
        self._model.refresh()

    def restyle(self) -> None:
        """Apply the style's fonts, sizes and colours."""
        self.notice.restyle()
        self._limits.setFont(font("notes"))
        self.view.setIconSize(QSize(px(12), px(12)))
        self.view.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + px(GRID))
        self._model.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            # What was wrong with a file was said when it was read.
            self._explain()

    def sizeHint(self) -> QSize:
        return QSize(px(360), px(420))

    def _selected_rows(self) -> set[int]:
        return {index.row() for index in self.view.selectionModel().selectedIndexes()}

    def _explain(self) -> None:
        self._say(self._model.reason())
        self._update_buttons()

    def _say(self, reason: Text | None) -> None:
        """Show ``reason`` (what is wrong), or for None the text on what is allowed, in the same place."""
        self.notice.set_text(reason)
        self.notice.retranslate()
        self._limits.setVisible(reason is None)

    def _update_buttons(self) -> None:
        self.add_button.setEnabled(self._model.can_add())
        self.delete_button.setEnabled(self._model.can_remove(self._selected_rows()))
