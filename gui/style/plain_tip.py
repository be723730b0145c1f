"""Tooltips with words from outside: file names and what was typed are shown as they are."""

from __future__ import annotations

from html import escape

from PySide6.QtGui import Qt


def plain_tip(text: str) -> str:
    """``text`` for ``setToolTip``, so that Qt shows it letter by letter.

    Qt takes what looks like HTML for HTML and would open the files that it names; a tooltip cannot be told otherwise.
    """
    return f'<p style="white-space: pre-wrap">{escape(text)}</p>' if Qt.mightBeRichText(text) else text
