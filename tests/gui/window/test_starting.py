"""The program as its own process: how it starts where something is in the way, and how it ends when it is told to."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.long

FOLDER = Path(__file__).resolve().parents[3]
PROGRAM = """
import sys
sys.path.insert(0, sys.argv.pop(1))
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from gui.window import main_window
app = QApplication([])

def when_shown(call):
    # Asks again until the first experiment is drawn.
    window = next((one for one in app.topLevelWidgets() if isinstance(one, main_window.MainWindow)), None)
    drawn = window is not None and window.page is not None and window.page.controller.snapshot is not None
    QTimer.singleShot(0 if drawn else 10, lambda: call(window) if drawn else when_shown(call))

def say_and_close(window):
    print(window.notice.words)
    window.close()

%s
from start.command_line import main
sys.exit(main(["--experiment", "gates", "--language", "en", *sys.argv[1:]]))
"""
posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals, devices and permissions")


def start(home: Path, code: str, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """The program with ``code`` run before it, without a screen, at home in ``home``."""
    without = [name for name in os.environ if name.startswith("XDG_")]
    environment = {name: value for name, value in os.environ.items() if name not in without}
    environment |= {"QT_QPA_PLATFORM": "offscreen", "HOME": str(home), "LANG": "C.UTF-8", **variables}
    # A shell starts what runs behind it with Ctrl+C or its own end ignored, and a child has that from its parent.
    heard = "import signal\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n"
    heard += "if hasattr(signal, 'SIGHUP'): signal.signal(signal.SIGHUP, signal.SIG_DFL)\n"
    command = [sys.executable, "-c", PROGRAM % (heard + code), str(FOLDER), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", errors="replace", timeout=20)


@posix
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", pytest.param("SIGHUP", marks=pytest.mark.whole)])
@pytest.mark.parametrize(
    "moment",
    [
        "when_shown(lambda window: send())",
        "when_shown(lambda window: (window.files.export, QTimer.singleShot(0, send), window.files.export()))",
        "QTimer.singleShot(0, send)",
        "main_window.MainWindow.setMinimumSize = lambda *_: send()",
        "main_window.MainWindow.resizeEvent = lambda *_: send()",
    ],
    ids=["shown", "in a dialog", "at once", "being built", "in the middle of an event"],
)
def test_a_signal_closes_the_window_and_settings_are_kept(tmp_path: Path, name: str, moment: str) -> None:
    number = getattr(signal, name)
    send = (
        f"import os, signal\nsent = []\nsend = lambda: sent or (sent.append(1), os.kill(os.getpid(), {int(number)}))\n"
    )
    result = start(tmp_path, send + moment)
    assert (result.returncode, result.stdout, result.stderr) == (128 + number, "", "")
    assert "language=en" in (tmp_path / ".config" / "layerwise" / "layerwise.ini").read_text("utf-8")


@posix
def test_a_second_signal_ends_a_window_that_hangs(tmp_path: Path) -> None:
    hang = (
        "import os, signal\n"
        "def hang(window):\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "    signal.pause()\n"
        "when_shown(hang)"
    )
    result = start(tmp_path, hang)
    assert (result.returncode, result.stderr) == (-signal.SIGINT, "")


@posix
def test_what_the_system_was_told_to_ignore_stays_ignored(tmp_path: Path) -> None:
    code = (
        "import os, signal\nsignal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
        "when_shown(lambda window: (os.kill(os.getpid(), signal.SIGHUP), QTimer.singleShot(0, window.close)))"
    )
    result = start(tmp_path, code)
    assert (result.returncode, result.stderr) == (0, "")


@posix
def test_a_home_that_takes_no_folder_is_said_and_everything_else_works(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.touch()
    result = start(home, "when_shown(say_and_close)")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == f"Settings will be forgotten when the window closes: {home}/.config/layerwise" + (
        " cannot be written.\n"
    )


def test_damaged_settings_are_said(tmp_path: Path) -> None:
    store = tmp_path / ".config" / "layerwise" / "layerwise.ini"
    store.parent.mkdir(parents=True)
    store.write_bytes(b"no section at all")
    result = start(tmp_path, "when_shown(say_and_close)", XDG_CONFIG_HOME=str(tmp_path / ".config"))
    assert (result.returncode, result.stderr) == (0, "")
    assert f"{store}.damaged" in result.stdout


@pytest.mark.parametrize("log", [True, False])
def test_an_exception_while_the_window_is_built_is_one_sentence(tmp_path: Path, log: bool) -> None:
    broken = "def fail(*_): raise OSError('no such thing')\nmain_window.TopBar = fail"
    home = tmp_path / "home"
    home.mkdir() if log else home.touch()
    result = start(home, broken)
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.count("\n") == 1
    assert "The window could not be built: OSError: no such thing" in result.stderr
    if log and sys.platform != "win32":  # where no variable says where the log is
        written = home / ".cache" / "layerwise" / "layerwise.log"
        assert str(written) in result.stderr and "Traceback" in written.read_text("utf-8")


def test_an_experiment_that_cannot_be_shown_is_said_and_logged(tmp_path: Path) -> None:
    code = (
        "from gui.page import experiment_page\n"
        "def fail(*_): raise OSError('<img src=x>')\nexperiment_page.Form = fail\n"
        "from PySide6.QtCore import Qt\nfrom PySide6.QtWidgets import QMessageBox\n"
        "def look():\n"
        "    dialogs = [one for one in app.topLevelWidgets() if isinstance(one, QMessageBox) and one.isVisible()]\n"
        "    if not dialogs: return QTimer.singleShot(10, look)\n"
        "    print(dialogs[0].text(), dialogs[0].textFormat().name)\n"
        "    dialogs[0].close(); dialogs[0].parentWidget().close()\n"
        "QTimer.singleShot(0, look)"
    )
    result = start(tmp_path, code)
    log = tmp_path / ".cache" / "layerwise" / "layerwise.log"
    assert (result.returncode, result.stderr) == (0, "")
    assert "OSError: <img src=x>" in result.stdout and str(log) in result.stdout and "PlainText" in result.stdout
    assert "Traceback" in log.read_text("utf-8")


def test_a_copied_picture_does_no_harm_at_the_end(tmp_path: Path) -> None:
    result = start(tmp_path, "when_shown(lambda window: (window.files.copy_picture(), window.close()))")
    assert (result.returncode, result.stderr) == (0, "")
