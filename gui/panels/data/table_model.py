"""An engine's table as a Qt model: headings with units, short numbers, and the whole number as a tip."""

from __future__ import annotations

from collections.abc import Mapping
from numbers import Real

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from engine.contract.output.table import Table
from engine.contract.text.numerals import format_real
from engine.contract.text.text import Text
from gui.panels.copying import full_value
from gui.style.language import translate
from gui.style.plain_tip import plain_tip
from gui.style.typography import font

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class TableModel(QAbstractTableModel):
    """Shows one table at a time; a table of the same shape replaces the values and leaves the selection."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.table: Table | None = None
        self.names: Mapping[str, Text] = {}
        """What words in cells are called for people, such as ReLU for relu; files and copies have them as they are."""

    def set_table(self, table: Table | None) -> bool:
        """Show this table; True if its shape is another than that of the one before."""
        if self.table is not None and table is not None and _shape(table) == _shape(self.table):
            self.table = table
            # Views repaint only what is in sight, so that telling everything is cheap.
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            if last.isValid():  # there may be no rows yet
                self.dataChanged.emit(self.index(0, 0), last, [Qt.ItemDataRole.DisplayRole])
            return False
        self.beginResetModel()
        self.table = table
        self.endResetModel()
        return True

    def headings_changed(self) -> None:
        """Say that the columns are called something else now, as in another language."""
        if self.columnCount():
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)

    def value(self, row: int, column: int) -> object:
        """The value in a cell as the engine gave it."""
        if self.table is None:
            raise IndexError("there is no table")
        return self.table.columns[column].values[row]

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() or self.table is None else len(self.table.columns[0].values)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() or self.table is None else len(self.table.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        value = self.value(index.row(), index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return (
                translate(self.names[value]) if isinstance(value, str) and value in self.names else shown_value(value)
            )
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(full_value(value))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if isinstance(value, str) else Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        return font("number") if role == Qt.ItemDataRole.FontRole else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if self.table is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (
                translate(self.table.columns[section].title)
                if orientation == Qt.Orientation.Horizontal
                else str(section)
            )
        return font("notes") if role == Qt.ItemDataRole.FontRole else None


def shown_value(value: object) -> str:
    """A value in a few digits; a whole number has all of its own."""
    plain = value.item() if hasattr(value, "item") else value
    if isinstance(plain, bool):
        return str(plain).lower()
    if isinstance(plain, int):
        return str(plain).replace("-", "\N{MINUS SIGN}")
    return format_real(float(plain)) if isinstance(plain, Real) else str(plain)


def _shape(table: Table) -> tuple[object, ...]:
    headings = tuple(column.heading for column in table.columns)
    return table.name, headings, len(table.columns[0].values)
