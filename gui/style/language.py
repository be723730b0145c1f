"""The language in use, for the program's own `Text` and for Qt's dialogs."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from engine.contract.language import ENGLISH, LANGUAGES, language_for, language_of
from engine.contract.text import Text
from gui.style.appearance import appearance

_language = ENGLISH.id
_translator: QTranslator | None = None


def language() -> str:
    """The language in use, one of ``LANGUAGES``."""
    return _language


def set_language(code: str) -> None:
    """Set the language in use; raises ValueError for an unknown one."""
    global _language
    language_of(code)
    # Qt says to a screen reader that all words are of this language.
    QLocale.setDefault(QLocale(code))
    if code != _language:
        _language = code
        use_qt_translation()
        appearance().announce_language()


def after(code: str) -> str:
    """The language that follows another one in ``LANGUAGES``; after the last comes the first."""
    return LANGUAGES[(LANGUAGES.index(code) + 1) % len(LANGUAGES)]


def translate(text: Text) -> str:
    """A text in the language in use."""
    return text.render(_language)


def show_one_after_the_other(shown: Iterable[str]) -> str:
    """Join translated sentences as the language in use does, with or without a space."""
    return language_of(_language).gap.join(shown)


def system_language() -> str:
    """The first of the system's preferred languages that the program has, otherwise English."""
    return language_for(*QLocale.system().uiLanguages())


def use_qt_translation() -> None:
    """Install Qt's own translation (of file, colour and message dialogs) for the language in use; does nothing without
    an application.
    """
    global _translator
    app = QCoreApplication.instance()
    if app is None:
        return
    if _translator is not None:
        app.removeTranslator(_translator)
        _translator = None
    if _language == ENGLISH.id:
        return
    translator = QTranslator()
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    # A packager may have left the file out: then Qt's own few dialogs stay English, and ours do not.
    if translator.load(f"qtbase_{_language}", folder):
        app.installTranslator(translator)
        _translator = translator
