"""A main window with settings of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from gui.shell.faults import Faults
from gui.shell.main_window import MainWindow
from gui.shell.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings in a new folder."""
    return Settings(tmp_path / "设置 folder" / "layerwise.ini")


@pytest.fixture
def window(qtbot, tmp_path: Path, settings: Settings):
    """A window that is closed, with its thread, when the test is over."""
    made = MainWindow(settings, Faults(tmp_path / "log.txt"))
    made.resize(1366, 768)
    yield made
    made.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(made, QEvent.Type.DeferredDelete)
