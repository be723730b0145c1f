"""Labels and tooltips that show external text, such as names, paths and input, as plain text."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtGui import Qt as RichText
from PySide6.QtWidgets import QLabel, QWidget


class PlainLabel(QLabel):
    """A ``QLabel`` in plain text; Qt's default would render what looks like HTML and open the files that it names."""

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(words)


_BEGIN, _END = '<p style="white-space: pre-wrap">', "</p>"


def plain_tip(text: str) -> str:
    """``text`` for ``setToolTip``, escaped so that Qt shows it as plain text.

    Qt renders what looks like HTML and would open the files that it names; a tooltip's format cannot be set.
    """
    if not RichText.mightBeRichText(text):
        return text
    from html import escape  # only now: the window is painted without it

    return f"{_BEGIN}{escape(text)}{_END}"


def letters_of(tip: str) -> str:
    """The plain text that a tooltip made by ``plain_tip`` shows."""
    if not tip.startswith(_BEGIN):
        return tip
    from html import unescape

    return unescape(tip.removeprefix(_BEGIN).removesuffix(_END))


class Still(QWidget):
    """A container for a label whose text changes often: it keeps these changes from causing a new layout. Room for the
    label is reserved elsewhere.

    A label asks for a new layout whenever its text changes, and Qt then lays out everything up to the window, at every
    move of a drag. The label asks its parent, which here has no layout and passes nothing on.
    """

    def __init__(self, label: QLabel) -> None:
        super().__init__()
        self._label = label
        label.setParent(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._label.resize(event.size())
