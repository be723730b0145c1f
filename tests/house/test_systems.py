"""What the program starts opens no console of its own on Windows and leaves keys to the window; Python has its name."""

from __future__ import annotations

import ast
import os
import platform
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from engine import system
from start.program import called
from tests.offenders import for_each

ROOT = Path(__file__).resolve().parents[2]


@for_each(path for room in ("engine", "gui", "start") for path in sorted((ROOT / room).rglob("*.py")))
def test_a_process_that_is_started_says_whether_it_has_a_console(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("subprocess.Popen", "subprocess.run"):
            assert "creationflags" in {one.arg for one in node.keywords}, f"line {node.lineno}"


def test_a_process_beside_the_window_ignores_both_keys_that_end_what_runs_in_a_terminal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ignored = []
    monkeypatch.setattr(signal, "SIGBREAK", 21, raising=False)
    monkeypatch.setattr(signal, "signal", lambda *given: ignored.append(given))
    system.leave_interrupts_to_parent()
    assert ignored == [(signal.SIGINT, signal.SIG_IGN), (21, signal.SIG_IGN)]


@pytest.mark.parametrize(("launcher", "python"), [("C:/Windows/py.exe", "py"), (None, "python")])
def test_on_windows_python_is_called_by_the_name_it_has_there(
    monkeypatch: pytest.MonkeyPatch, launcher: str | None, python: str
) -> None:
    assert system.python_call("main.py") == "python3 main.py"
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setattr("shutil.which", lambda name: launcher if name == "py" else None)
    assert system.python_call("main.py") == f"{python} main.py" == called()
    assert system.python_call("C:\\我的 网络\\a.py") == f'{python} "C:\\我的 网络\\a.py"'


def test_only_a_numpy_that_knows_these_instructions_is_told_to_leave_them_out() -> None:
    code = "import os, sys; sys.platform = {!r}; import tools; print(os.environ.get('NPY_DISABLE_CPU_FEATURES'))"
    environment = {name: value for name, value in os.environ.items() if name != "NPY_DISABLE_CPU_FEATURES"}
    for system_name, is_told in (("win32", False), ("linux", platform.machine().lower() in ("x86_64", "amd64"))):
        command = [sys.executable, "-c", code.format(system_name)]
        told = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout
        assert (told.strip() != "None") is is_told
