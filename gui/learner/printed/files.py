"""Writes the page to a file: HTML as it is, PDF by Qt on A4."""

from __future__ import annotations

from pathlib import Path

from engine.contract.text.refusal import Refused, path_words
from engine.contract.text.text import Text
from engine.export.writing import write_together

SUFFIXES = (".html", ".pdf")
_UNKNOWN = Text("{path} has none of the suffixes {known}.")


def check_suffix(path: Path) -> None:
    """``Refused`` unless a page can be written in what the suffix says."""
    if path.suffix.lower() not in SUFFIXES:
        raise Refused(_UNKNOWN(path=path_words(path), known=" ".join(SUFFIXES)))


def write_page(page: str, path: Path, language: str) -> None:
    """Write a page; ``Refused`` for another suffix or where it cannot be written. PDF needs an application of Qt."""
    check_suffix(path)
    content = _pdf(page, language) if path.suffix.lower() == ".pdf" else page.encode()
    write_together({path: content})


def _pdf(page: str, language: str) -> bytes:
    # Only now: a page of HTML needs no more of Qt than the settings do.
    from gui.learner.printed.sheets import pdf_of

    return pdf_of(page, language)
