"""Words of a test in both languages, where they are used."""

from __future__ import annotations

from engine.contract.text import Text, text_of


def both(english: str, chinese: str) -> Text:
    """A template in English and Chinese."""
    return text_of({"en": english, "zh_CN": chinese})
