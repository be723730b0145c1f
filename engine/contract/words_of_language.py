"""Loads a language's gettext catalogue, with English as the fallback."""

from __future__ import annotations

import gettext
from pathlib import Path


class Unsaid(gettext.NullTranslations):
    """The fallback for templates without a translation: returns the English one and adds it to the set ``noted``."""

    def __init__(self, noted: set[str]) -> None:
        super().__init__()
        self._noted = noted

    def gettext(self, message: str) -> str:
        self._noted.add(message)
        return message

    def pgettext(self, context: str, message: str) -> str:
        return self.gettext(message)

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        self._noted.add(singular)
        return singular if count == 1 else plural

    def npgettext(self, context: str, singular: str, plural: str, count: int) -> str:
        return self.ngettext(singular, plural, count)


def read_words(path: Path | None, noted: set[str]) -> gettext.NullTranslations:
    """Reads a ``.mo`` file; if there is none, returns a catalogue that is English only. Missing templates are added to
    ``noted``.
    """
    unsaid = Unsaid(noted)
    if path is None or not path.exists():
        return unsaid
    with path.open("rb") as file:
        words = gettext.GNUTranslations(file)
    words.add_fallback(unsaid)
    return words
