"""Goes through the window by its own methods, in a process of its own: ``python3 -m tests.hand.stroll FOLDER WHAT…``.

For a system whose screen nothing here can look at, such as Windows: each part says a line, and its fault ends the
process with 1. A part that closes the window in the middle of something is asked for alone.
"""

from __future__ import annotations

import faulthandler
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import engine  # noqa: F401 (sets how many threads NumPy uses before it is imported)

# isort: split
from PySide6.QtCore import QEventLoop, QTimer

from engine.exercises import load_exercise
from engine.packs.installed import take_in
from gui.app.application import run_window
from gui.app.settings import Settings
from gui.window.main_window import MainWindow
from start.system_libraries import require_window
from tests.engine.packs.coded import coded
from tests.engine.packs.made import zip_of

ROOT = Path(__file__).resolve().parents[2]
SUFFIXES = (".png", ".pdf", ".svg", ".csv", ".npz", ".layerwise.json", ".py", ".ipynb")
_ANSWER = load_exercise("affine").plain_source
_ENDLESS = _ANSWER.replace("return", "sum(range(10**12))\n        return", 1)
_PATIENCE = 90.0


class Stroll:
    """The parts; each is a method. ``folder`` takes what is written."""

    def __init__(self, window: MainWindow, folder: Path, settings: Settings) -> None:
        self.window, self.folder, self.settings = window, folder, settings

    def experiments(self) -> str:
        """Several, one after the other, each running a while."""
        for name in ("gates", "descent", "playground", "training", "cnn", "gates"):
            self.open(name)
            if self.page.experiment.has_course(self.page.editor.params):
                self.page.controller.toggle()
                pause(1.5)
        return "six opened"

    def saving(self) -> str:
        """Every format, and the session opened again."""
        self.train("training", 20)
        for suffix in SUFFIXES:
            path = self.folder / f"图 一{suffix}"
            assert self.window.files.save_to(path), suffix
            assert path.stat().st_size > 100, suffix
        update = self.window.runner.state.newest
        self.open("gates")
        self.window.files.open_path(self.folder / "图 一.layerwise.json")
        until(lambda: self.page.experiment.id == "training" and self.window.runner.is_settled)
        return f"{len(SUFFIXES)} files; opened again at {update}"

    def looks(self) -> str:
        """Another language and theme, larger, a page of all."""
        self.open("graph")
        for act in (self.window.switch_language, self.window.switch_theme, self.window.show_overview,
                    self.window.escape, self.window.toggle_presentation, self.window.leave_presentation,
                    self.window.switch_language, self.window.switch_theme):  # fmt: skip
            act()
            pause(0.4)
        return "language, theme, overview, presentation"

    def exercise(self) -> str:
        """The right code, one that never ends, and the right one at work."""
        panel, said = self._writing(), []
        for source in (_ANSWER, _ENDLESS, _ANSWER):
            panel.editor.setPlainText(source)
            panel.check_button.click()
            until(lambda: not panel.is_checking)
            said.append(panel.outcome)
        assert said[0] == said[2] != said[1], said
        panel.use_button.click()
        until(lambda: self.window.runner.is_settled)
        pause(1)
        assert self.window.runner.run.written, "not at work"
        return " | ".join(said[:2])

    def network(self) -> str:
        """A network of one's own, checked and trained."""
        source = (ROOT / "tests/engine/own_network/right/by_chapter_5.py").read_text("utf-8")
        self.window.show_own_network()
        page = self.window.own_page
        assert page is not None
        page.column.begin(self.folder / "我的 网络.py")
        page.column.editor.setPlainText(source)
        page.column.editor.check_wanted.emit()
        until(lambda: not page.runner.is_running)
        held = [order for order in range(1, 8) if page.panel.holds(order)]
        assert held[:4] == [1, 2, 3, 4], held
        return f"stations {held}"

    def pack(self) -> str:
        """A pack with Python of its own, installed, trusted, and its experiment opened."""
        pack = take_in(zip_of(self.folder / "平均.zip", coded()), self.settings.path.parent / "packs", replaces=True)
        self.settings.set_trust(pack.id, pack.digest, True)
        self.window.take_up_packs()
        self.open("moving_average")
        assert self.window.files.save_to(self.folder / "平均.csv")
        return f"{self.page.experiment.id}, {(self.folder / '平均.csv').stat().st_size} bytes"

    def moving(self) -> str:
        """A moving picture to its end."""
        dialog = self._moving("动.gif")
        until(lambda: not dialog.is_making)
        assert (self.folder / "动.gif").stat().st_size > 1000
        return "a GIF"

    def dropping(self) -> str:
        """One that is given up, and another one after it."""
        dialog = self._moving("一.gif")
        pause(1)
        dialog.reject()
        until(lambda: not dialog.is_making)
        dialog.save()
        until(lambda: not dialog.is_making)
        assert (self.folder / "一.gif").stat().st_size > 1000
        assert [path.name for path in self.folder.iterdir() if ".part" in path.name] == []
        return "given up, and made after all"

    def drawing(self) -> str:
        """The window closes while one is drawn."""
        self._moving("半.webp")
        pause(1)
        return "closed meanwhile"

    def checking(self) -> str:
        """The window closes while code is checked that never ends."""
        panel = self._writing()
        panel.editor.setPlainText(_ENDLESS)
        panel.check_button.click()
        pause(1)
        assert panel.is_checking
        return "closed meanwhile"

    @property
    def page(self) -> Any:
        """The open page."""
        return self.window.page

    def open(self, name: str) -> None:
        """Opens an experiment and waits for its picture."""
        self.window.show_experiment(name)
        until(lambda: self.page.controller.snapshot is not None)

    def train(self, name: str, updates: int) -> None:
        """Runs an experiment for so many updates at least, and stops."""
        self.open(name)
        self.page.controller.toggle()
        until(lambda: self.window.runner.state.newest >= updates)
        self.window.runner.pause()
        until(lambda: self.window.runner.is_settled)

    def _writing(self) -> Any:
        self.open("layers")
        panel = self.page.panels.begin_writing()
        self.page.panels.setCurrentWidget(panel.parentWidget())
        panel.chooser.setCurrentIndex([one.id for one in panel.exercises].index("affine"))
        panel.first_step.let_me_write.click()
        return panel

    def _moving(self, name: str) -> Any:
        from gui.moving import opening

        self.train("descent", 10)
        # In place of the system's own dialog, which nothing here can answer.
        opening.ask_where_to_save = lambda *given: self.folder / name
        self.window.export_moving()
        dialog = self.window.findChildren(opening.MovingDialog)[-1]
        dialog.format.setCurrentIndex(dialog.format.findData(Path(name).suffix))
        dialog.save()
        assert dialog.is_making, "it was not begun"
        return dialog


def pause(seconds: float) -> None:
    """Lets the window work."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def until(holds: Callable[[], object]) -> None:
    """Waits until something holds; TimeoutError where it never does."""
    end = time.monotonic() + _PATIENCE
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError
        pause(0.05)


def main(folder: Path, parts: list[str]) -> int:
    """Runs the parts, closes the window, and returns 0 if all went well."""
    folder.mkdir(parents=True, exist_ok=True)
    faults: list[str] = []

    faulthandler.dump_traceback_later(3 * _PATIENCE, exit=True)  # says where the window hangs

    def go(window: MainWindow) -> None:
        stroll = Stroll(window, folder, settings)
        for part in parts:
            began = time.monotonic()
            try:
                print(f"{part}: {getattr(stroll, part)()}, {time.monotonic() - began:.0f} s", flush=True)
            except Exception:
                faults.append(part)
                print(f"{part}: FAILED", flush=True)
                traceback.print_exc()
        window.close()

    require_window()
    settings = Settings(folder / "settings.ini")
    begun = run_window(
        experiment="gates", language="zh_CN", theme="light", settings=settings,
        then=lambda window: QTimer.singleShot(1500, lambda: go(window)),
    )  # fmt: skip
    return begun or int(bool(faults))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
