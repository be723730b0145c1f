"""The dialog with all packs: what each brings or why it is left out, adding and removing packs."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from engine.contract.text import Text
from engine.packs.installed import Installed, named
from engine.packs.pack import Pack
from gui.packs.words import what_it_brings
from gui.style.appearance import appearance, connect_while_visible
from gui.style.foreground import use_secondary_ink
from gui.style.language import translate
from gui.style.plain import PlainLabel
from gui.style.tokens import GRID
from gui.style.typography import font, px
from gui.window.dialogs import ask_before_losing, row_table

_TITLE = Text("Packs")
_HEADINGS = Text("pack"), Text("what it brings")
_NONE_YET = Text("There is none yet. A pack is a .zip that a teacher has made; it may also be dropped onto the window.")
_LEFT_OUT = Text("left out", context="a pack")
_TRUST, _TRUST_NO_LONGER = Text("Trust its Python…"), Text("Trust it no longer")
_ADD, _AWAY = Text("Add…"), Text("Take away…")
_ASK = Text("Take away “{title}”?")
_LOST = Text("Its file is deleted, and so is what was answered in it. This cannot be undone.")
_YES, _NO = Text("Take away"), Text("Keep")


class PacksDialog(QDialog):
    """Lists the packs that ``installed()`` returns; below the list stands a description of the selected one.
    ``add_wanted()`` asks for a file dialog, ``away_wanted(installed)``, after a confirmation, to remove a pack. For a
    pack with Python code, ``trust_wanted(pack)`` asks the user whether it is trusted, and ``distrusted(pack)`` says
    that it no longer is; ``trusts(pack)`` returns whether it is, None if undecided. Deleted when closed.
    """

    add_wanted = Signal()
    away_wanted = Signal(object)
    trust_wanted = Signal(object)
    distrusted = Signal(object)

    def __init__(
        self, installed: Callable[[], tuple[Installed, ...]], trusts: Callable[[Pack], bool | None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._installed, self._trusts = installed, trusts
        self._shown: tuple[Installed, ...] = ()
        self.table = row_table(len(_HEADINGS))
        self.table.itemSelectionChanged.connect(self._look)
        self.note = PlainLabel()
        self.note.setWordWrap(True)
        self.add_button, self.away_button, self.trust_button = QPushButton(), QPushButton(), QPushButton()
        below = QHBoxLayout()
        below.setSpacing(GRID)
        for button, call in (
            (self.add_button, self.add_wanted.emit),
            (self.away_button, self._take_away),
            (self.trust_button, self._turn_trust),
        ):
            button.setAutoDefault(False)
            button.clicked.connect(call)
            below.addWidget(button)
        below.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.note)
        layout.addLayout(below)
        self.refresh()
        connect_while_visible(self, appearance().changed, self.refresh)

    @Slot()
    def refresh(self) -> None:
        """Update the list, in the current language and zoom."""
        self._shown = self._installed()
        self.setWindowTitle(translate(_TITLE))
        self.table.setHorizontalHeaderLabels([translate(text) for text in _HEADINGS])
        self.table.setFont(font("text"))
        self.table.horizontalHeader().setFont(font("notes"))
        self.table.setRowCount(len(self._shown))
        for row, one in enumerate(self._shown):
            for column, words in enumerate(self._row(one)):
                self.table.setItem(row, column, QTableWidgetItem(words))
        self.table.resizeColumnsToContents()
        self.table.resizeRowsToContents()
        if self._shown:
            self.table.selectRow(min(max(self.table.currentRow(), 0), len(self._shown) - 1))
        for button, text in ((self.add_button, _ADD), (self.away_button, _AWAY)):
            button.setText(translate(text))
        for button in (self.add_button, self.away_button, self.trust_button):
            button.setFont(font("text"))
        self._look()

    def sizeHint(self) -> QSize:
        width = sum(self.table.sizeHintForColumn(column) for column in range(len(_HEADINGS))) + 12 * GRID
        height = self.table.verticalHeader().length() + self.table.horizontalHeader().sizeHint().height() + px(150)
        screen = self.screen().availableSize()
        return QSize(min(max(width, px(560)), round(0.9 * screen.width())), min(max(height, px(260)), screen.height()))

    def _chosen(self) -> Installed | None:
        rows = self.table.selectionModel().selectedRows()
        return self._shown[rows[0].row()] if rows and rows[0].row() < len(self._shown) else None

    @Slot()
    def _look(self) -> None:
        one = self._chosen()
        self.away_button.setEnabled(one is not None)
        said = _NONE_YET if one is None else one.fault if one.pack is None else one.pack.manifest.about.text
        pack = one.pack if one is not None else None
        self.trust_button.setVisible(pack is not None and bool(pack.python))
        if pack is not None:
            self.trust_button.setText(translate(_TRUST_NO_LONGER if self._trusts(pack) else _TRUST))
        self.note.setFont(font("notes"))
        use_secondary_ink(self.note)
        self.note.setText(translate(said) if said is not None else "")
        self.note.setVisible(bool(self.note.text()))

    @Slot()
    def _turn_trust(self) -> None:
        one = self._chosen()
        if one is not None and one.pack is not None:
            (self.distrusted if self._trusts(one.pack) else self.trust_wanted).emit(one.pack)

    def _row(self, one: Installed) -> tuple[str, str]:
        brings = what_it_brings(one.pack, self._trusts(one.pack)) if one.pack is not None else _LEFT_OUT
        return _title(one), translate(brings)

    @Slot()
    def _take_away(self) -> None:
        one = self._chosen()
        if one is None:
            return
        question = translate(_ASK(title=_title(one)))
        ask_before_losing(self, question, translate(_LOST), _YES, _NO, lambda: self.away_wanted.emit(one))


def _title(one: Installed) -> str:
    return translate(one.pack.manifest.title.text) if one.pack is not None else named(one.path)
