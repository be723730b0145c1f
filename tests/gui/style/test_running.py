"""Files that the system asks the running program to open, as macOS does on a double click."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
_PROGRAM = """
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QFileOpenEvent
from gui.style.running import running_application
app, taken = running_application(["x"]), []
QCoreApplication.sendEvent(app, QFileOpenEvent("/early 图.layerwise.json"))
app.hand_over(taken.append)
assert taken == [Path("/early 图.layerwise.json")], taken
QCoreApplication.sendEvent(app, QFileOpenEvent("/late.json"))
QCoreApplication.sendEvent(app, QEvent(QEvent.Type.User))
assert taken[1:] == [Path("/late.json")], taken
"""


def test_a_file_that_comes_before_the_window_waits_for_it():
    # Qt has one application a process, and that of the tests is another.
    command = [sys.executable, "-c", _PROGRAM]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
