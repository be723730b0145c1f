"""What the program starts opens no console of its own on Windows, and leaves the terminal's keys to the window."""

from __future__ import annotations

import ast
import signal
from pathlib import Path

import pytest

from engine import child_process
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
    child_process.leave_interrupts_to_parent()
    assert ignored == [(signal.SIGINT, signal.SIG_IGN), (21, signal.SIG_IGN)]
