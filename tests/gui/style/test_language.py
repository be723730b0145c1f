"""The language of our own words and of Qt's dialogs changes while the program runs."""

import pytest
from PySide6.QtCore import QCoreApplication

from engine.contract.text import LANGUAGES, Text
from gui.style.appearance import appearance
from gui.style.language import language, set_language, system_language, translate
from gui.style.typography import font
from tests.bilingual import both

GREETING = both("learning rate {rate}", "学习率 {rate}")(rate=-0.5)


def test_a_text_is_shown_in_the_language_in_use():
    assert translate(GREETING) == "learning rate −0.5"
    set_language("zh_CN")
    assert language() == "zh_CN"
    assert translate(GREETING) == "学习率 −0.5"


def test_qt_speaks_the_language_in_use():
    for code in (*LANGUAGES, "en"):
        set_language(code)
        assert QCoreApplication.translate("QPlatformTheme", "Cancel") == Text("Cancel").render(code)


def test_a_change_is_told_once_with_the_application_in_the_new_font(qapp, qtbot):
    seen = []
    appearance().language_changed.connect(lambda: seen.append((language(), qapp.font().families())))
    with qtbot.waitSignals([appearance().language_changed, appearance().changed], order="strict"):
        set_language("zh_CN")
    assert seen == [("zh_CN", font("text").families())]
    with qtbot.assertNotEmitted(appearance().changed):
        set_language("zh_CN")


def test_an_unknown_language_is_refused_by_name():
    with pytest.raises(ValueError, match=r"'de'.*en, .*zh_CN"):
        set_language("de")
    assert language() == "en"


def test_the_system_language_is_one_of_ours():
    assert system_language() in LANGUAGES
