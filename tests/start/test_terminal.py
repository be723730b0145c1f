"""Messages of the start follow the locale and never fail."""

from __future__ import annotations

import io
import sys

import pytest

from start import console, terminal
from tests.bilingual import both


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh_CN"),
        ({"LANG": "zh_TW"}, "zh_CN"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "C", "LC_ALL": "", "LC_MESSAGES": "zh_CN"}, "zh_CN"),
    ],
)
def test_the_language_is_that_of_the_locale(variables, language):
    assert terminal.language(variables) == language


def test_a_message_goes_to_standard_error_only(capsys, monkeypatch):
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    terminal.say(both("Ready.", "已就绪。"))
    assert capsys.readouterr() == ("", "已就绪。\n")


def test_a_terminal_without_chinese_characters_gets_replacements(monkeypatch):
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    terminal.say(both("Ready.", "就绪 ok"))
    assert stream.buffer.getvalue().decode("ascii").strip() == "?? ok"


def test_without_a_terminal_it_is_silent(monkeypatch):
    monkeypatch.setattr(sys, "stderr", None)
    terminal.say(both("Ready.", "已就绪。"))


def test_a_chinese_terminal_of_windows_has_a_root_for_the_check_mark_and_keeps_what_it_has():
    stream = io.TextIOWrapper(io.BytesIO(), encoding="cp936", newline="\n")
    console.write_line("✓  “对”…  − ×  \u0f00", stream)
    assert stream.buffer.getvalue().decode("cp936") == "√  “对”…  - ×  ?\n"
