"""Copying from the panels' context menus: the number under the pointer, the selection, and tables as TSV."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QTextEdit, QWidget

from engine.contract.text import Text
from gui.style.language import translate

COPY_NUMBER = Text("Copy {number}")
COPY = Text("Copy")
SELECT_ALL = Text("Select all")

# A plus or minus belongs to the number only if no digit or letter stands right before it; w1 contains no number.
_NUMBER = re.compile(r"(?<![\w.])(?:(?<![\w.)\]])[+\-−])?(?:\d+\.?\d*|\.\d+)(?:[eE][+\-−]?\d+)?(?!\w)")

MenuEntry = tuple[Text, Callable[[], None], bool]


def copy_text(text: str) -> None:
    """Copy text to the clipboard."""
    QGuiApplication.clipboard().setText(text)


def plain_number(shown: str) -> str:
    """A displayed number with a hyphen for the minus sign, for other programs."""
    return shown.replace("\N{MINUS SIGN}", "-")


def number_in(text: str, place: int) -> str | None:
    """The number in a line of text that contains a position or ends there; None if there is none."""
    for match in _NUMBER.finditer(text):
        if match.start() <= place <= match.end():
            return match[0]
    return None


def number_at(view: QTextEdit, place: QPoint) -> str | None:
    """The number at a point of the viewport; None if there is none."""
    cursor = view.cursorForPosition(place)
    return number_in(cursor.block().text(), cursor.positionInBlock())


def text_menu(view: QTextEdit, place: QPoint) -> QMenu:
    """The context menu of a text that is only read; ``place`` is in the viewport."""
    entries: list[MenuEntry] = []
    number = number_at(view, place)
    if number is not None:
        entries.append((COPY_NUMBER(number=number), lambda: copy_text(plain_number(number)), True))
    entries.append((COPY, view.copy, view.textCursor().hasSelection()))
    entries.append((SELECT_ALL, view.selectAll, not view.document().isEmpty()))
    return make_menu(view, entries)


def make_menu(parent: QWidget, entries: Sequence[MenuEntry]) -> QMenu:
    """A context menu with an action for each entry of (text, function to call, whether enabled)."""
    menu = QMenu(parent)
    for text, act, enabled in entries:
        action = menu.addAction(translate(text))
        action.triggered.connect(act)
        action.setEnabled(enabled)
    return menu


def tsv(rows: Sequence[Sequence[object]]) -> str:
    """Rows as tab-separated lines for a spreadsheet, numbers with all digits. Text that looks like a formula is
    escaped.
    """
    from engine.contract.harmless import in_csv  # with the first copy

    cells = [[in_csv(full_value(one)) if isinstance(one, str) else full_value(one) for one in row] for row in rows]
    return "\n".join("\t".join(row) for row in cells) + "\n"


def full_value(value: object) -> str:
    """A value of a table with all its digits, on one line."""
    item = getattr(value, "item", None)
    plain = item() if callable(item) else value
    text = str(plain).lower() if isinstance(plain, bool) else repr(plain) if isinstance(plain, float) else str(plain)
    return " ".join(text.split()) if isinstance(plain, str) else text
