"""The window is painted before anything heavy is imported, and then the experiment comes."""

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from gui.app.application import FirstPaint

ROOT = Path(__file__).resolve().parents[3]
STARTED = """
import linecache, sys
from PySide6.QtCore import QTimer
from gui.app.plain_imports import skip_source_reading
skip_source_reading()  # as the command line does
import gui.app.application as application

def opened(window, *_):
    heavy = ["numpy", "pyqtgraph", "multiprocessing", "pydoc", "html", "engine.contract.experiment", "gui.run.runner",
             "gui.export", "gui.page.experiment_page", "gui.learner.overview",
             "gui.window.about", "engine.glossary"]
    print("painted", "shown" if window.isVisible() else "hidden", *(name for name in heavy if name in sys.modules))
    open_first(window, *_)
    print("opened", "numpy" in sys.modules, any("numpy" in name for name in linecache.cache))
    QTimer.singleShot(0, window.close)

open_first, application._open_first = application._open_first, opened
sys.exit(application.run_window(experiment="gates"))
"""

MOST_MODULES = 250 + (sys.platform == "win32")
"""So many modules of our own are imported until the first live picture; each takes a third of a millisecond."""
LIVE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
import start.command_line

def watched():
    from gui.window.main_window import MainWindow
    window = next(one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow))

    def live():
        window.runner.frame_changed.disconnect(live)
        window.page.view.stage.viewport().repaint()
        print(*(name for name in sys.modules if name.partition(".")[0] in ("engine", "gui", "start")))
        QTimer.singleShot(0, window.close)

    window.runner.frame_changed.connect(live)
    return run()

run, QApplication.exec = QApplication.exec, staticmethod(watched)
sys.exit(start.command_line.main(["--experiment", "gates"]))
"""


def test_until_the_first_live_picture_few_modules_are_imported(tmp_path):
    places = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "APPDATA"), str(tmp_path))
    done = subprocess.run(
        [sys.executable, "-c", LIVE], cwd=ROOT, env={**os.environ, **places}, capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    modules = done.stdout.split()
    assert {"gui.views.ch2_perceptron.gates", "engine.experiments.ch2_perceptron.gates"} <= {*modules}
    assert len(modules) <= MOST_MODULES, sorted(modules)


def test_the_window_is_painted_before_anything_heavy_is_imported(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", STARTED], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["painted shown", "opened True False"]


def test_it_tells_of_the_first_painting_only_and_after_it(qtbot):
    painted, told = [], []

    class Canvas(QWidget):
        def paintEvent(self, event):
            painted.append(len(told))

    canvas = Canvas()
    qtbot.addWidget(canvas)
    FirstPaint(canvas, lambda: told.append(len(painted)))
    canvas.show()
    qtbot.waitUntil(lambda: told != [])
    assert painted[0] == 0 and told[0] >= 1
    before = len(painted)
    canvas.repaint()
    qtbot.waitUntil(lambda: len(painted) > before)
    assert len(told) == 1


def test_a_window_that_is_never_painted_is_not_waited_for_in_vain(qtbot, monkeypatch):
    monkeypatch.setattr("gui.app.application.PATIENCE", 20)
    told = []
    unseen = QWidget()
    unseen.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    qtbot.addWidget(unseen)
    FirstPaint(unseen, lambda: told.append(True))
    unseen.show()
    qtbot.waitUntil(lambda: told == [True])


def test_a_window_that_was_closed_before_opens_nothing(qtbot, monkeypatch):
    monkeypatch.setattr("gui.app.application.PATIENCE", 20)
    told = []
    closed = QWidget()
    qtbot.addWidget(closed)
    first = FirstPaint(closed, lambda: told.append(True))
    closed.show()
    closed.close()
    qtbot.waitUntil(lambda: not first._timer.isActive())
    assert told == []
