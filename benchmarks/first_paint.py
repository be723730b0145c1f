"""The time from the start of the program to its first painted window, and to the first live picture in it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import time

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer

from benchmarks.measurement import Measurement, Options

ROOT = Path(__file__).resolve().parents[1]
_WHY_LATER = (
    "measured limit 1.65: NumPy and pyqtgraph take 110 ms of both; beside them 250 modules of our own are imported "
    "(about 100 ms), a page of 350 widgets is built (80 ms), and the first frame is computed and painted (25 ms)"
)


def measure(options: Options) -> Iterator[Measurement]:
    """The medians, from the start of the process, compared with a bare pyqtgraph window with one plot, alternating."""
    if not options.starts:
        return
    with tempfile.TemporaryDirectory() as folder:
        # The first time Python compiles what it imports, as it does once on every machine.
        _, *starts = [(_start("bare", folder), _start("layerwise", folder)) for _ in range(1 + options.starts)]
    bare = sorted(bare["painted"] for bare, _ in starts)[len(starts) // 2]
    name = "bare pyqtgraph window"
    for key, words, target in (("painted", "first paint", 1.0), ("live", "first live picture of gates", 1.5)):
        found = sorted(ours[key] for _, ours in starts)[len(starts) // 2]
        note = _WHY_LATER if key == "live" else ""
        yield Measurement(words, found, "ms", name, bare, target, of_ratio=True, note=note)


def bare_window(starts: int) -> float:
    """Milliseconds to the first painting of a bare pyqtgraph window with one plot: the median of so many starts."""
    with tempfile.TemporaryDirectory() as folder:
        # The first time Python compiles what it imports.
        _, *found = [_start("bare", folder)["painted"] for _ in range(1 + starts)]
    return sorted(found)[starts // 2]


def _start(which: str, folder: str) -> dict[str, float]:
    places = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "APPDATA", "PYTHONPYCACHEPREFIX"), folder)
    variables = {**os.environ, **places}
    variables.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-m", "benchmarks.first_paint", which, str(time())]
    done = subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True, check=True, timeout=60)
    pairs = (line.split() for line in done.stdout.splitlines())
    return {name: float(milliseconds) for name, milliseconds in pairs}


class _Watch(QObject):
    """Event filter that prints when a widget was first painted, then calls ``then``."""

    def __init__(self, widget: QObject, name: str, began: float, then: Callable[[], object]) -> None:
        super().__init__(widget)
        self._name, self._began, self._then = name, began, then
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._tell)  # after the event, and the flush to the screen that follows it
        return False

    def _tell(self) -> None:
        print(self._name, (time() - self._began) * 1000, flush=True)
        self._then()


def _bare(began: float) -> None:
    import pyqtgraph as pg

    application = pg.mkQApp()
    window = pg.GraphicsLayoutWidget()
    window.resize(1280, 800)
    window.addPlot().plot([0, 1, 2], [0, 1, 4])
    _Watch(window.viewport(), "painted", began, application.quit)
    window.show()
    application.exec()


def _layerwise(began: float) -> None:
    """Start the program as ``main.py`` does, and watch its window from the moment its event loop begins."""
    from PySide6.QtWidgets import QApplication

    import start.command_line

    run = QApplication.exec

    def watched_run() -> int:
        from gui.window.main_window import MainWindow  # there by now, and so no part of what is measured

        window = next(widget for widget in QApplication.topLevelWidgets() if isinstance(widget, MainWindow))
        _Watch(window, "painted", began, lambda: None)

        def first_frame() -> None:
            window.runner.frame_changed.disconnect(first_frame)
            assert window.page is not None
            _Watch(window.page.view.stage.viewport(), "live", began, QCoreApplication.quit)

        window.runner.frame_changed.connect(first_frame)
        return run()

    QApplication.exec = staticmethod(watched_run)  # type: ignore[method-assign] # so the measured program is as it is
    start.command_line.main(["--experiment", "gates"])


if __name__ == "__main__":
    (_bare if sys.argv[1] == "bare" else _layerwise)(float(sys.argv[2]))
