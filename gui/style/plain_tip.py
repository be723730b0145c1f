"""Tooltips with words from outside: file names and what was typed are shown as they are."""

from __future__ import annotations

from html import escape, unescape

from PySide6.QtGui import Qt

_BEGIN, _END = '<p style="white-space: pre-wrap">', "</p>"


def plain_tip(text: str) -> str:
    """``text`` for ``setToolTip``, so that Qt shows it letter by letter.

    Qt takes what looks like HTML for HTML and would open the files that it names; a tooltip cannot be told otherwise.
    """
    return f"{_BEGIN}{escape(text)}{_END}" if Qt.mightBeRichText(text) else text


def letters_of(tip: str) -> str:
    """The text of which ``plain_tip`` has made a tooltip."""
    return unescape(tip.removeprefix(_BEGIN).removesuffix(_END)) if tip.startswith(_BEGIN) else tip
