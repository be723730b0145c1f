"""What the system asks the running program to open, as macOS does on a double click, or for an address on a page."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
_PROGRAM = """
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QEvent, QUrl
from PySide6.QtGui import QFileOpenEvent
from gui.style.running import running_application
app, taken = running_application(["x"]), []
QCoreApplication.sendEvent(app, QFileOpenEvent("/early 图.layerwise.json"))
app.hand_over(taken.append)
assert taken == [Path("/early 图.layerwise.json")], taken
QCoreApplication.sendEvent(app, QFileOpenEvent("/late.json"))
QCoreApplication.sendEvent(app, QEvent(QEvent.Type.User))
assert taken[1:] == [Path("/late.json")], taken
for address in ("layerwise:gates", "layerwise:gates%20x", "layerwise://xor/", "layerwise:..%2Fgates?a=b#c"):
    QCoreApplication.sendEvent(app, QFileOpenEvent(QUrl(address)))
    assert taken[-1] == address, taken
QCoreApplication.sendEvent(app, QFileOpenEvent(QUrl.fromLocalFile("/a b.json")))
assert taken[-1] == Path("/a b.json"), taken
"""


def test_a_file_that_comes_before_the_window_waits_for_it():
    # Qt has one application a process, and that of the tests is another.
    command = [sys.executable, "-c", _PROGRAM]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
