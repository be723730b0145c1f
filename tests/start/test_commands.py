"""Commands run in sight, and their last words are kept."""

from __future__ import annotations

import os
import signal
import sys

import pytest

from start.commands import run_visibly
from start.ensure import restart
from start.pip_failures import explain


def test_the_code_and_the_last_lines_come_back_and_all_output_is_shown_on_standard_error(capfd):
    code = "import sys; print('progress', flush=True); print('why', file=sys.stderr); sys.exit(3)"
    outcome = run_visibly([sys.executable, "-I", "-c", code])
    assert (outcome.code, outcome.last_lines.split()) == (3, ["why"])
    shown = capfd.readouterr()
    assert shown.out == ""
    assert sorted(shown.err.split()) == ["progress", "why"]


def test_only_the_last_lines_are_kept(capfd):
    code = "import sys; sys.stderr.write(''.join(f'{i}\\n' for i in range(1000)))"
    lines = run_visibly([sys.executable, "-I", "-c", code]).last_lines.split()
    assert lines[-1] == "999" and len(lines) < 100


def test_a_full_disk_is_explained():
    assert explain("OSError: [Errno 28] No space left on device").message.startswith("The disk is full")


def test_a_missing_network_is_explained_though_pip_ends_with_no_matching_distribution():
    lines = "NewConnectionError('Temporary failure in name resolution')\nERROR: No matching distribution found for x"
    assert explain(lines).message.startswith("The package index cannot be reached")


def test_a_package_without_a_build_for_this_system_is_named():
    text = explain("ERROR: No matching distribution found for PySide6-Essentials==6.10.3\n")
    assert "no PySide6-Essentials==6.10.3 for Python" in text.render("en")
    assert "PySide6-Essentials==6.10.3" in text.render("zh_CN")


def test_other_failures_are_left_to_pips_own_words():
    assert explain("ERROR: something else") is None


def test_what_windows_refuses_is_explained():
    held = "ERROR: Could not install packages due to an OSError: [WinError 5] 拒绝访问。: 'D:\\.venv\\Lib\\Qt.pyd'\n"
    assert explain(held).message.startswith("A file of .venv is in use: close the other windows")
    assert explain("PermissionError: [WinError 32] in use: '.venv'").message.startswith("A file of .venv is in use")
    long = "OSError: [Errno 2] No such file or directory: 'D:\\\\a'\nHINT: This error might have occurred since this "
    long += "system does not have Windows Long Path support enabled.\n"
    assert explain(long).message.startswith("The path of this folder is too long for Windows")


@pytest.mark.parametrize("is_in_terminal", [True, False])
def test_a_program_shares_the_terminal_s_console_and_without_one_opens_none(monkeypatch, is_in_terminal):
    begun = []

    def begin(command, **given):
        begun.append(given["creationflags"])
        raise OSError("enough")

    monkeypatch.setattr("subprocess.Popen", begin)
    for module in ("engine.system", "start.commands"):
        monkeypatch.setattr(f"{module}.NO_CONSOLE", 0x08000000)
    if os.name == "posix":
        monkeypatch.setattr("signal.SIGBREAK", signal.SIGUSR1, raising=False)
    key = getattr(signal, "SIGBREAK")  # noqa: B009 (other systems know no such name)
    before = signal.getsignal(key)
    with monkeypatch.context() as windows, pytest.raises(OSError, match="enough"):
        windows.setattr("os.name", "nt")
        if not is_in_terminal:
            windows.setattr("sys.stderr", None)  # as pythonw has it
        restart("C:/layerwise", "main.py", [])
    assert signal.signal(key, before) == signal.SIG_IGN  # Ctrl+Break is left to the program
    with monkeypatch.context() as windows, pytest.raises(OSError, match="enough"):
        if not is_in_terminal:
            windows.setattr("sys.stderr", None)
        run_visibly(["pip"])
    assert begun == [0 if is_in_terminal else 0x08000000] * 2
