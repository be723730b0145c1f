"""resources/languages/<id>/layerwise.mo: the words of each language as they are read when the program runs."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo

from engine.contract.language import CATALOGUE
from tools.words import catalogue_of, languages


def stale() -> bool:
    """Whether a compiled file differs from its language's words."""
    return bool(late())


def late() -> list[str]:
    """The languages whose compiled file is out of date."""
    return [path.name for path in languages() if not _is_right(path)]


def build() -> None:
    """Compiles the files."""
    for path in languages():
        (path / CATALOGUE).write_bytes(_content(path))


def _is_right(language: Path) -> bool:
    return (language / CATALOGUE).exists() and (language / CATALOGUE).read_bytes() == _content(language)


def _content(language: Path) -> bytes:
    made = BytesIO()
    write_mo(made, catalogue_of(language))
    return made.getvalue()
