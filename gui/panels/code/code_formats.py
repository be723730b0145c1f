"""How Python source looks, wherever it is read or written: its parts, and a line that is lit."""

from __future__ import annotations

from PySide6.QtGui import QBrush, QColor, QFont, QTextBlock, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from gui.panels.code.highlighting import Kind
from gui.style.theme import theme
from gui.style.typography import font


def code_formats() -> dict[Kind, QTextCharFormat]:
    """Calm on purpose: the colours of values and classes keep their meanings, so code has only weight and ink."""
    made: dict[Kind, QTextCharFormat] = {}
    inks: dict[Kind, str] = {
        "plain": theme().text,
        "keyword": theme().accent,
        "name": theme().text,
        "comment": theme().muted_text,
        "docstring": theme().muted_text,
        "string": theme().accent,
        "number": theme().text,
    }
    for kind, ink in inks.items():
        look = font("code")
        if kind in ("keyword", "name"):
            look.setWeight(QFont.Weight.Bold)
        made[kind] = QTextCharFormat()
        made[kind].setFont(look)
        made[kind].setForeground(QBrush(QColor(ink)))
    return made


def lit_line(block: QTextBlock) -> QTextEdit.ExtraSelection:
    """A whole line on the ground of what is selected."""
    selection = QTextEdit.ExtraSelection()
    selection.cursor = QTextCursor(block)
    selection.format.setBackground(QColor(theme().selection_fill))
    selection.format.setProperty(QTextCharFormat.Property.FullWidthSelection, True)
    return selection
