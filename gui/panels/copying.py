"""What the panels' context menus copy: the number under the pointer, the selection, and tables as TSV."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QTextEdit, QWidget

from engine.contract.text.harmless import in_csv
from engine.contract.text.text import Text
from gui.style.language import translate

COPY_NUMBER = Text("Copy {number}")
COPY = Text("Copy")
SELECT_ALL = Text("Select all")

# A sign belongs to the number only where no number or letter stands right before it; w1 holds no number.
_NUMBER = re.compile(r"(?<![\w.])(?:(?<![\w.)\]])[+\-−])?(?:\d+\.?\d*|\.\d+)(?:[eE][+\-−]?\d+)?(?!\w)")

Entry = tuple[Text, Callable[[], None], bool]


def copy_text(text: str) -> None:
    """Put text on the clipboard."""
    QGuiApplication.clipboard().setText(text)


def plain_number(shown: str) -> str:
    """A shown number as programs read it, with a hyphen for a minus sign."""
    return shown.replace("\N{MINUS SIGN}", "-")


def number_in(text: str, place: int) -> str | None:
    """The number that covers a place of a line of text, or ends there; None where there is none."""
    for match in _NUMBER.finditer(text):
        if match.start() <= place <= match.end():
            return match[0]
    return None


def number_at(view: QTextEdit, place: QPoint) -> str | None:
    """The number under a place of the viewport."""
    cursor = view.cursorForPosition(place)
    return number_in(cursor.block().text(), cursor.positionInBlock())


def text_menu(view: QTextEdit, place: QPoint) -> QMenu:
    """The context menu of a text that is only read; ``place`` is in the viewport."""
    entries: list[Entry] = []
    number = number_at(view, place)
    if number is not None:
        entries.append((COPY_NUMBER(number=number), lambda: copy_text(plain_number(number)), True))
    entries.append((COPY, view.copy, view.textCursor().hasSelection()))
    entries.append((SELECT_ALL, view.selectAll, not view.document().isEmpty()))
    return make_menu(view, entries)


def make_menu(parent: QWidget, entries: Sequence[Entry]) -> QMenu:
    """A menu of words, what they do, and whether they can be chosen now."""
    menu = QMenu(parent)
    for text, act, enabled in entries:
        action = menu.addAction(translate(text))
        action.triggered.connect(act)
        action.setEnabled(enabled)
    return menu


def tsv(rows: Sequence[Sequence[object]]) -> str:
    """Rows as tab-separated lines, numbers with all their digits, as a spreadsheet takes them; no text is a formula."""
    cells = [[in_csv(full_value(one)) if isinstance(one, str) else full_value(one) for one in row] for row in rows]
    return "\n".join("\t".join(row) for row in cells) + "\n"


def full_value(value: object) -> str:
    """A value of a table with all its digits, on one line."""
    item = getattr(value, "item", None)
    plain = item() if callable(item) else value
    text = str(plain).lower() if isinstance(plain, bool) else repr(plain) if isinstance(plain, float) else str(plain)
    return " ".join(text.split()) if isinstance(plain, str) else text
