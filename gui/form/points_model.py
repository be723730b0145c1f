"""The Qt model of the points table: valid entries are applied at once, invalid ones are kept as drafts."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from engine.contract.fields import LabelledPoints
from engine.contract.numerals import format_real, parse_real
from engine.contract.text import Refused, Text, untranslated
from gui.form.widgets.class_mark import class_icon
from gui.style.api import font, px, theme, translate
from gui.style.plain import plain_tip

_HEADINGS = (untranslated("x1"), untranslated("x2"), Text("label"))
_LABEL = 2
_Index = QModelIndex | QPersistentModelIndex


class PointsModel(QAbstractTableModel):
    """A table model with a row (x1, x2, label) for each point. ``edited(points)`` carries all points after a valid
    change by the user; ``explained()`` is emitted when ``reason()`` may have changed.
    """

    edited = Signal(object)
    explained = Signal()

    def __init__(self, field: LabelledPoints) -> None:
        super().__init__()
        self._field = field
        self._points: tuple[tuple[float, float, int], ...] = ()
        self._drafts: dict[tuple[int, int], tuple[str, Text]] = {}

    def set_points(self, points: tuple[tuple[float, float, int], ...]) -> None:
        """Set the points, without emitting ``edited``; drafts (invalid entries) are kept only if nothing changes."""
        if points != self._points:
            self.beginResetModel()
            self._points = points
            self._drafts.clear()
            self.endResetModel()
            self.explained.emit()

    def reason(self) -> Text | None:
        """The row of the first draft and why it was refused, as a sentence; None if there are no drafts."""
        if not self._drafts:
            return None
        (row, _), (_, reason) = min(self._drafts.items())
        return Text("Row {row}: {reason}")(row=row + 1, reason=reason)

    def discard(self) -> None:
        """Discard all drafts (invalid entries)."""
        if self._drafts:
            self._drafts.clear()
            self.refresh()
            self.explained.emit()

    def can_add(self) -> bool:
        """Whether the field allows one more point."""
        return len(self._points) < self._field.most

    def can_remove(self, rows: set[int]) -> bool:
        """Whether the field allows the points that remain without these rows; False for no rows."""
        return bool(rows) and len(self._points) - len(rows) >= self._field.fewest

    def add_point(self) -> int:
        """Add a point in the middle, of the class that has fewest; returns its row."""
        middle = (self._field.minimum + self._field.maximum) / 2
        labels = [point[_LABEL] for point in self._points]
        label = min(range(self._field.classes), key=labels.count)
        row = len(self._points)
        self.beginInsertRows(QModelIndex(), row, row)
        self._points = self._field.check((*self._points, (middle, middle, label)))
        self.endInsertRows()
        self.edited.emit(self._points)
        return row

    def replace_points(self, points: tuple[tuple[float, float, int], ...]) -> None:
        """Replace all points by ``points``, which the field must allow, and emit ``edited``."""
        self.set_points(points)
        self.edited.emit(points)

    def remove_points(self, rows: set[int]) -> None:
        """Remove the points in these rows and emit ``edited``; drafts in other rows are kept."""
        kept = [row for row in range(len(self._points)) if row not in rows]
        self.beginResetModel()
        self._points = self._field.check(tuple(self._points[row] for row in kept))
        places = {row: place for place, row in enumerate(kept)}
        self._drafts = {(places[row], column): draft for (row, column), draft in self._drafts.items() if row in places}
        self.endResetModel()
        self.edited.emit(self._points)
        self.explained.emit()

    def refresh(self) -> None:
        """Have the views draw all cells and headings again, after a change of language or style."""
        if self._points:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._points) - 1, _LABEL))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, _LABEL)

    # What Qt asks

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._points)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(_HEADINGS)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsEditable

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return translate(_HEADINGS[section]) if orientation == Qt.Orientation.Horizontal else str(section + 1)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        place = (index.row(), index.column())
        draft = self._drafts.get(place)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            number = self._points[index.row()][index.column()]
            return draft[0] if draft else format_real(number)
        if role == Qt.ItemDataRole.DecorationRole and index.column() == _LABEL and not draft:
            return class_icon(int(self._points[index.row()][_LABEL]), px(12))
        if role == Qt.ItemDataRole.ForegroundRole and draft:
            return QColor(theme().wrong)
        if role == Qt.ItemDataRole.ToolTipRole and draft:
            return plain_tip(translate(draft[1]))
        if role == Qt.ItemDataRole.FontRole:
            return font("number")
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() != _LABEL:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def setData(self, index: _Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or str(value) == self.data(index):
            return False
        row, column = index.row(), index.column()
        try:
            points = self._with(row, column, parse_real(str(value)))
        except Refused as refusal:
            self._drafts[row, column] = (str(value), refusal.text)
        else:
            self._drafts.pop((row, column), None)
            if points != self._points:
                self._points = points
                self.edited.emit(points)
        self.dataChanged.emit(index, index)
        self.explained.emit()
        return True

    def _with(self, row: int, column: int, number: float) -> tuple[tuple[float, float, int], ...]:
        point = list(self._points[row])
        point[column] = number
        return self._field.check((*self._points[:row], tuple(point), *self._points[row + 1 :]))
