"""The colour in which a widget writes."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gui.style.theme import theme


def write_in(widget: QWidget, color: str) -> None:
    """Have a widget write its words in a colour; all else of its palette stays."""
    palette = widget.palette()
    palette.setColor(widget.foregroundRole(), color)
    widget.setPalette(palette)


def use_secondary_ink(widget: QWidget) -> None:
    """Have a widget write in the colour of what is said by the way."""
    write_in(widget, theme().muted_text)
