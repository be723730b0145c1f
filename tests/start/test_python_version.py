"""A Python that is too old gets one sentence, and can read the files that say it."""

from __future__ import annotations

import ast
import runpy
from pathlib import Path

import pytest

from start import double_click, python_version

ROOT = Path(__file__).resolve().parents[2]


def test_an_old_python_ends_with_one_sentence_that_names_it(capfd, monkeypatch):
    monkeypatch.setattr(python_version.sys, "executable", "/opt/old/python")
    with pytest.raises(SystemExit) as ended:
        python_version.require((3, 10, 13))
    assert ended.value.code == 1
    assert capfd.readouterr().err == "Layerwise needs Python 3.11 or newer; /opt/old/python is Python 3.10.13.\n"


def test_the_sentence_is_chinese_in_a_chinese_locale(capfd, monkeypatch):
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    with pytest.raises(SystemExit):
        python_version.require((2, 7, 18))
    assert capfd.readouterr().err.startswith("逐层需要 Python 3.11 或更新的版本，而 ")


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 13, 5), (4, 0, 0)])
def test_a_python_that_is_new_enough_goes_on(version):
    python_version.require(version)


@pytest.mark.parametrize(
    "file", ["main.py", "tests/__main__.py", "start/__init__.py", "start/python_version.py", "start/double_click.py"]
)
def test_what_an_old_python_reads_uses_only_old_syntax(file):
    newer = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.Starred, ast.AsyncFunctionDef, ast.Match)
    tree = ast.parse((ROOT / file).read_text("utf-8"), feature_version=(3, 4))
    assert [node for node in ast.walk(tree) if isinstance(node, newer)] == []
    futures = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == "__future__"]
    assert futures == []


@pytest.mark.parametrize(
    ("programs", "is_read", "variables", "waits"),
    [
        (["python.exe"], True, {}, 1),
        (["python.exe", "py.exe"], True, {}, 1),
        (["python.exe", "cmd.exe"], True, {}, 0),
        (["python.exe", "py.exe", "powershell.exe"], True, {}, 0),  # which sets no PROMPT
        (["python.exe", ""], True, {}, 0),  # of another user: no name is told
        (["python.exe"], False, {}, 0),  # another program reads what is written
        ([], True, {}, 0),
        (["python.exe"], True, {"LAYERWISE_RESTARTED": "1"}, 0),
    ],
)
def test_the_console_of_a_double_click_waits_for_a_key_with_the_sentence(
    monkeypatch, programs, is_read, variables, waits
):
    monkeypatch.delenv("LAYERWISE_RESTARTED", raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    said = []
    monkeypatch.setattr(double_click.sys, "platform", "win32")
    monkeypatch.setattr(double_click, "console_programs", lambda: programs)
    monkeypatch.setattr(double_click.sys.stdin, "isatty", lambda: True, raising=False)  # so is NUL's
    monkeypatch.setattr(double_click.sys.stdout, "isatty", lambda: is_read, raising=False)
    monkeypatch.setattr(double_click.os, "system", said.append)
    monkeypatch.setattr(python_version, "OLDEST", (9, 9))
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(str(ROOT / "main.py"), run_name="__main__")
    assert ended.value.code == 1 and said == ["pause"] * waits
