"""The language in use: our own words from `Text`, Qt's own dialogs from Qt's translation."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from engine.contract.text import LANGUAGES, Text
from gui.style.appearance import appearance

_language = "en"
_translator: QTranslator | None = None


def language() -> str:
    """The language in use, ``en`` or ``zh_CN``."""
    return _language


def set_language(code: str) -> None:
    """Use the language ``en`` or ``zh_CN`` from now on; raises ValueError for another code."""
    global _language
    if code not in LANGUAGES:
        raise ValueError(f"language {code!r}: must be one of {', '.join(LANGUAGES)}")
    if code != _language:
        _language = code
        use_qt_translation()
        appearance().announce_language()


def show(text: Text) -> str:
    """The sentence in the language in use."""
    return text.render(_language)


def system_language() -> str:
    """Chinese where the first language that the system names is Chinese, otherwise English."""
    wanted = QLocale.system().uiLanguages()
    return "zh_CN" if wanted and wanted[0].lower().startswith("zh") else "en"


def use_qt_translation() -> None:
    """Give Qt's own dialogs (files, colours, message boxes) the language in use; nothing without an application."""
    global _translator
    app = QCoreApplication.instance()
    if app is None:
        return
    if _translator is not None:
        app.removeTranslator(_translator)
        _translator = None
    if _language == "en":
        return
    translator = QTranslator()
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    # A packager may have left the file out: then Qt's own few dialogs stay English, and ours do not.
    if translator.load(f"qtbase_{_language}", folder):
        app.installTranslator(translator)
        _translator = translator
