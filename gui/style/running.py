"""The application that runs, as what it is: Qt's own ``instance`` promises less."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QApplication


def running_application(arguments: Sequence[str] | None = None) -> QApplication:
    """The application; where there is none it is made with these arguments, or RuntimeError where none are given."""
    found = QApplication.instance()
    if isinstance(found, QApplication):
        return found
    if arguments is None:
        raise RuntimeError("no application runs yet")
    return QApplication(list(arguments))
