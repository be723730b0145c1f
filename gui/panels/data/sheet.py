"""A small popup that explains something in one sentence, and the Qt model of data tables."""

from __future__ import annotations

from collections.abc import Mapping
from numbers import Real

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QMouseEvent, QPalette
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from engine.contract.numerals import format_real
from engine.contract.table import Table
from engine.contract.text import Text
from gui.panels.copying import full_value
from gui.style.appearance import appearance
from gui.style.language import translate
from gui.style.plain import PlainLabel, plain_tip
from gui.style.running import running_application
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import Role, font, px

_WIDTH = 280


class Sheet(QFrame):
    """A popup inside ``window``, closed by Escape or a click elsewhere; ``followed`` is emitted when its link is
    clicked.

    ``name``, the heading, and ``link``, the link's text, may be empty. When closed, it returns the focus to the widget
    that had it.
    """

    followed = Signal()

    def __init__(self, name: str, sentence: str, window: QWidget, link: str = "") -> None:
        super().__init__(window)
        self._focused_before = QApplication.focusWidget()
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.ToolTipBase)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name or sentence)
        self.setAccessibleDescription(sentence)
        layout = QVBoxLayout(self)
        margin = px(GRID + GRID // 2)
        layout.setContentsMargins(margin, margin, margin, px(GRID // 2) if link else margin)
        layout.setSpacing(px(GRID // 2))
        roles: tuple[tuple[str, Role], ...] = ((name, "strong"), (sentence, "text"))
        for words, role in roles:
            if words:
                layout.addWidget(_words(words, role))
        self.link_button = _link(link)
        self.link_button.clicked.connect(self._link_clicked)
        self.link_button.setVisible(bool(link))
        layout.addWidget(self.link_button, 0, Qt.AlignmentFlag.AlignRight)
        self._window = window
        width = min(px(_WIDTH), window.width())
        frame = 2 * self.frameWidth()
        self.setFixedSize(width, layout.heightForWidth(width - frame) + frame)
        # It is visible only for a moment: when the style changes, it closes instead of being restyled.
        appearance().changed.connect(self.dismiss)

    def show_below(self, place: QPoint) -> None:
        """Show the popup below a point of the screen, or above it if there is no room, wholly inside the window."""
        window = self._window
        point = window.mapFromGlobal(place)
        top = point.y() + px(GRID)
        if top + self.height() > window.height():
            top = point.y() - px(2 * GRID) - self.height()
        left = min(point.x() - px(2 * GRID), window.width() - self.width())
        self.move(max(0, left), max(0, top))
        self.show()
        self.raise_()
        focused = self if self.link_button.isHidden() else self.link_button
        focused.setFocus(Qt.FocusReason.PopupFocusReason)
        running_application().installEventFilter(self)

    def focusNextPrevChild(self, forward: bool) -> bool:
        # Tab stays in the popup, at its link, instead of going to the widgets behind it.
        link = self.link_button
        (self if link.isHidden() else link).setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def dismiss(self) -> None:
        """Close, and return the focus."""
        focus = QApplication.focusWidget()
        had_focus = focus is not None and (focus is self or self.isAncestorOf(focus))
        self.hide()
        if had_focus and self._focused_before is not None:
            self._focused_before.setFocus(Qt.FocusReason.PopupFocusReason)
        self.deleteLater()

    def hideEvent(self, event: QHideEvent) -> None:
        running_application().removeEventFilter(self)
        super().hideEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # ShortcutOverride comes first, even if the window uses Escape for something else.
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.dismiss()
                return True
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            place = self.mapFromGlobal(event.globalPosition().toPoint())
            if not self.rect().contains(place):
                self.dismiss()
        return False

    def _link_clicked(self) -> None:
        self.dismiss()
        self.followed.emit()


def _words(words: str, role: Role) -> QLabel:
    label = PlainLabel(words)
    label.setFont(font(role))
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setWordWrap(True)
    return label


def _link(words: str) -> QPushButton:
    button = QPushButton(words)
    button.setFont(font("text"))
    button.setFlat(True)
    palette = button.palette()
    palette.setColor(QPalette.ColorRole.ButtonText, theme().accent)
    button.setPalette(palette)
    return button


Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class TableModel(QAbstractTableModel):
    """The model of one table; a table of the same shape replaces the values and keeps the selection."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.table: Table | None = None
        self.names: Mapping[str, Text] = {}
        """Display names of words in cells, such as ReLU for relu. Exported files and copies contain the words
        themselves.
        """

    def set_table(self, table: Table | None) -> bool:
        """Show this table; True if its shape differs from the one before."""
        if self.table is not None and table is not None and _shape(table) == _shape(self.table):
            self.table = table
            # Views repaint only visible cells, so that reporting all cells as changed is cheap.
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            if last.isValid():  # there may be no rows yet
                self.dataChanged.emit(self.index(0, 0), last, [Qt.ItemDataRole.DisplayRole])
            return False
        self.beginResetModel()
        self.table = table
        self.endResetModel()
        return True

    def headings_changed(self) -> None:
        """Tell the views that the headings changed, such as after a change of language."""
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
    """A value as displayed in a cell: a real number rounded to few digits, an integer with all of them."""
    plain = value.item() if hasattr(value, "item") else value
    if isinstance(plain, bool):
        return str(plain).lower()
    if isinstance(plain, int):
        return str(plain).replace("-", "\N{MINUS SIGN}")
    return format_real(float(plain)) if isinstance(plain, Real) else str(plain)


def _shape(table: Table) -> tuple[object, ...]:
    headings = tuple(column.heading for column in table.columns)
    return table.name, headings, len(table.columns[0].values)
