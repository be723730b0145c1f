"""The dialog with all kept networks: a description of each, export, import and deletion."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from engine.contract.catalogue import entry_of
from engine.contract.numerals import NONE
from engine.contract.text import Refused, Text
from engine.networks.archive import read_network
from engine.networks.folder import kept_files, name_of
from engine.networks.keeping import throw_away
from engine.networks.kept import KeptNetwork
from engine.networks.words import accuracy_words, kind_words, used_by
from gui.style.appearance import appearance, connect_while_visible
from gui.style.foreground import use_secondary_ink
from gui.style.language import translate
from gui.style.plain import PlainLabel
from gui.style.tokens import GRID
from gui.style.typography import font, px
from gui.window.dialogs import ask_before_losing, row_table

_TITLE = Text("My networks")
_HEADINGS = (
    Text("name"),
    Text("network"),
    Text("updates"),
    Text("test accuracy"),
    Text("can be chosen in"),
)
_NONE_YET = Text(
    "Nothing is kept yet. Train a network, then press the arrow into the tray beside the speed, or Ctrl+K."
)
_ONLY_A_FILE = Text("only as a file")
_UNREADABLE = Text("cannot be read")
_EXPORT, _IMPORT, _DELETE = Text("Export…"), Text("Import…"), Text("Delete…")
_ASK = Text("Delete the network “{name}”?")
_LOST = Text("Its file is deleted, which cannot be undone.")
_YES, _NO = Text("Delete"), Text("Keep")


class ListDialog(QDialog):
    """Lists the kept networks; ``export_wanted(path)`` and ``import_wanted()`` ask for a file dialog. Deleted when
    closed.
    """

    export_wanted = Signal(object)
    import_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._paths: tuple[Path, ...] = ()
        self.table = row_table(len(_HEADINGS))
        self.table.itemSelectionChanged.connect(self._look)
        self.note = PlainLabel()
        self.note.setWordWrap(True)
        self.buttons = {name: QPushButton() for name in ("export", "import", "delete")}
        below = QHBoxLayout()
        below.setSpacing(GRID)
        calls = {"export": self._export, "import": self.import_wanted.emit, "delete": self._delete}
        for name, button in self.buttons.items():
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, call=calls[name]: call())
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
    def refresh(self, chosen: Path | None = None) -> None:
        """Update the list, in the current language and zoom, and select the network ``chosen``; for None, the one
        selected before.
        """
        chosen = chosen or self._chosen()
        self._paths = kept_files()
        self.setWindowTitle(translate(_TITLE))
        self.table.setHorizontalHeaderLabels([translate(text) for text in _HEADINGS])
        self.table.setFont(font("text"))
        self.table.horizontalHeader().setFont(font("notes"))
        self.table.setRowCount(len(self._paths))
        for row, path in enumerate(self._paths):
            for column, words in enumerate(_row(path)):
                item = QTableWidgetItem(words)
                if column in (2, 3):
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.table.setItem(row, column, item)
        self.table.resizeColumnsToContents()
        self.table.resizeRowsToContents()
        if self._paths:
            self.table.selectRow(self._paths.index(chosen) if chosen in self._paths else 0)
        self.note.setFont(font("notes"))
        use_secondary_ink(self.note)
        self.note.setText("" if self._paths else translate(_NONE_YET))
        self.note.setVisible(not self._paths)
        for name, text in (("export", _EXPORT), ("import", _IMPORT), ("delete", _DELETE)):
            self.buttons[name].setText(translate(text))
            self.buttons[name].setFont(font("text"))
        self._look()

    def say(self, text: Text) -> None:
        """Show a sentence below the list."""
        self.note.setText(translate(text))
        self.note.show()

    def sizeHint(self) -> QSize:
        width = sum(self.table.sizeHintForColumn(column) for column in range(len(_HEADINGS))) + 12 * GRID
        height = self.table.verticalHeader().length() + self.table.horizontalHeader().sizeHint().height() + px(130)
        screen = self.screen().availableSize()
        return QSize(min(max(width, px(560)), round(0.9 * screen.width())), min(height, screen.height()))

    def _chosen(self) -> Path | None:
        rows = self.table.selectionModel().selectedRows()
        return self._paths[rows[0].row()] if rows and rows[0].row() < len(self._paths) else None

    def _look(self) -> None:
        for name in ("export", "delete"):
            self.buttons[name].setEnabled(self._chosen() is not None)

    def _export(self) -> None:
        if (path := self._chosen()) is not None:
            self.export_wanted.emit(path)

    def _delete(self) -> None:
        path = self._chosen()
        if path is None:
            return
        question = translate(_ASK(name=name_of(path)))
        ask_before_losing(self, question, translate(_LOST), _YES, _NO, lambda: self.delete(path))

    def delete(self, path: Path) -> None:
        """Delete the file of a kept network; if that fails, the reason is shown."""
        try:
            throw_away(path)
        except Refused as refusal:
            self.say(refusal.text)
        else:
            self.refresh()


def _row(path: Path) -> tuple[str, ...]:
    try:
        network = read_network(path)
    except Refused:
        return name_of(path), translate(_UNREADABLE), "", "", ""
    share = network.test_accuracy
    accuracy = NONE if share is None else translate(accuracy_words(network.kind, share, network.tested))
    return network.name, translate(kind_words(network.kind)), f"{network.updates:,}", accuracy, where_it_fits(network)


def where_it_fits(network: KeptNetwork) -> str:
    """The names of the experiments in which a network can be chosen, joined to one text."""
    names = [translate(entry_of(one).name) for one in used_by(network)]
    return translate(Text(", ")).join(names) or translate(_ONLY_A_FILE)
