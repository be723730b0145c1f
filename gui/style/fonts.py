"""Which families are used for text, Chinese and code, and the Chinese font that is shipped for machines without one."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtGui import QFontDatabase

SHIPPED_FONT = Path(__file__).resolve().parents[2] / "resources" / "fonts" / "NotoSansSC-subset.otf"

_LATIN = ("Segoe UI", "Noto Sans", "Inter", "Ubuntu", "Cantarell", "Open Sans", "Liberation Sans", "DejaVu Sans")
_CHINESE = (
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
)
_CODE = ("Cascadia Mono", "Consolas", "SF Mono", "Menlo", "Noto Sans Mono", "DejaVu Sans Mono", "Liberation Mono")


@lru_cache(maxsize=4)
def text_families(language: str) -> tuple[str, ...]:
    """The families for text in ``language``, best first. A QApplication must exist.

    Chinese begins with the Chinese family, because its “quotes” and … are full-width there and the codes are the
    same as in English; English begins with a Latin one.
    """
    chinese = chinese_family()
    latin = _first_installed(_LATIN, QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family())
    families = [chinese, latin] if language == "zh_CN" else [latin, chinese]
    return tuple(family for family in families if family)


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
    simplified = QFontDatabase.WritingSystem.SimplifiedChinese
    if not QFontDatabase.families(simplified):
        number = QFontDatabase.addApplicationFont(str(SHIPPED_FONT))
        loaded = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
        return loaded[0] if loaded else ""
    return _first_installed(_CHINESE, QFontDatabase.families(simplified)[0])


def _first_installed(wanted: tuple[str, ...], otherwise: str) -> str:
    # Asked by name: where a family is missing, Qt on Linux would take whatever fontconfig thinks is like it.
    installed = set(QFontDatabase.families())
    return next((family for family in wanted if family in installed), otherwise)
