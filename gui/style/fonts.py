"""Which families are used for text, Chinese and code, and the Chinese font that is shipped for machines without one."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtGui import QFontDatabase

from engine.contract.text.language import CHINESE, Language, language_of

SHIPPED_FONT = Path(__file__).resolve().parents[2] / "resources" / "fonts" / "NotoSansSC-subset.otf"

_LATIN = ("Segoe UI", "Noto Sans", "Inter", "Ubuntu", "Cantarell", "Open Sans", "Liberation Sans", "DejaVu Sans")
_CODE = ("Cascadia Mono", "Consolas", "SF Mono", "Menlo", "Noto Sans Mono", "DejaVu Sans Mono", "Liberation Mono")


@lru_cache(maxsize=8)
def text_families(language: str) -> tuple[str, ...]:
    """The families for text in ``language``, best first. A QApplication must exist.

    Chinese begins with the Chinese family, because its “quotes” and … are full-width there and the codes are the
    same as in English; English begins with a Latin one.
    """
    chinese = chinese_family()
    latin = _first_installed(_LATIN, QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family())
    own = chinese if language == CHINESE else _own_family(language_of(language))
    return tuple(dict.fromkeys(family for family in (own, latin, chinese) if family))


def _own_family(language: Language) -> str:
    """The best family that the system has for a language's script; empty where it is a Latin one, or has none."""
    script = getattr(QFontDatabase.WritingSystem, language.writing_system, None)
    installed = [] if script is None else QFontDatabase.families(script)
    return _first_installed(language.families, installed[0]) if installed else ""


@lru_cache(maxsize=1)
def code_families() -> tuple[str, ...]:
    """The families for program text, Chinese comments included. A QApplication must exist."""
    fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
    return tuple(family for family in (_first_installed(_CODE, fixed), chinese_family()) if family)


@lru_cache(maxsize=1)
def chinese_family() -> str:
    """The family that shows Chinese: one of the system's, otherwise the shipped subset, which is loaded here.

    Empty only where the system has no Chinese font and the shipped file is gone too.
    """
    found = _own_family(language_of(CHINESE))
    if not found:
        number = QFontDatabase.addApplicationFont(str(SHIPPED_FONT))
        loaded = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
        return loaded[0] if loaded else ""
    return found


def _first_installed(wanted: tuple[str, ...], otherwise: str) -> str:
    # Asked by name: where a family is missing, Qt on Linux would take whatever fontconfig thinks is like it.
    installed = set(QFontDatabase.families())
    return next((family for family in wanted if family in installed), otherwise)
