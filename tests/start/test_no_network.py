"""Nothing leaves the machine: no address is called while an experiment opens, a lesson is answered, a session saved."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# What a learner does, in the program as it is started; tells by whom Python was asked for an address.
DAY = """
import sys
CALLED = []
def heard(event, given):
    if event in ("socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"):
        CALLED.append([event, repr(given[1:])])
sys.addaudithook(heard)

import json
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
import start.command_line

def learned():
    from gui.window.main_window import MainWindow
    window = next(one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow))
    course = day(window)
    timer = QTimer(window)
    timer.timeout.connect(lambda: next(course, None))
    timer.start(20)
    return run()

def day(window):
    while window.page is None or not window.runner.is_settled or window.page.controller.snapshot is None:
        yield
    window.runner.step()
    window.lessons.open_shipped(0)
    window.lessons.go_on()
    while not window.runner.is_settled:
        yield
    row = window.lessons.panel.view.row
    row.answers[0].click()
    while row.verdict is None:
        yield
    window.files.save_to(Path(sys.argv[1]) / "a.layerwise.json")
    window.show_experiment("training")
    while window.page.controller.snapshot is None or not window.runner.is_settled:
        yield
    window.page.controller.toggle()
    while not window.page.controller.snapshot.frame.update:
        yield
    print(json.dumps({"called": CALLED, "answered": window.lessons.answers.steps[0].tries}))
    while True:
        window.close()
        yield

run, QApplication.exec = QApplication.exec, staticmethod(learned)
sys.exit(start.command_line.main(["--experiment", "gates", "--class", sys.argv[1] + "/layerwise-class.toml"]))
"""
_CALLS = re.compile(r"(connect|bind|sendto|sendmsg)\(.*AF_INET6?")


@pytest.fixture
def home(tmp_path):
    (tmp_path / "answers").mkdir()
    (tmp_path / "layerwise-class.toml").write_text('answers = "answers"\n')
    return tmp_path


def _day(home: Path, *before: str) -> dict:
    places = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "APPDATA", "LOCALAPPDATA"), str(home))
    done = subprocess.run(
        [*before, sys.executable, "-c", DAY, str(home)], cwd=ROOT, env={**os.environ, **places, "LC_ALL": "C.UTF-8"},
        capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.skipif(os.name == "nt", reason="no home of its own can be given there")
def test_python_is_asked_for_no_address_and_the_system_calls_none(home):
    strace = shutil.which("strace")
    log = home / "calls"
    traced = [strace, "-f", "-qq", "-o", str(log), "-e", "trace=network"] if strace is not None else []
    told = _day(home, *traced)
    assert (
        told["answered"] == 1 and (home / "a.layerwise.json").exists() and len(list((home / "answers").iterdir())) == 1
    )
    assert told["called"] == []
    if strace is not None:
        lines = log.read_text(errors="replace").splitlines()
        assert len(lines) > 3 and not [line for line in lines if _CALLS.search(line)]
