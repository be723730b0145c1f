"""How names and typed text are compared: case and width are ignored; word by word, or by the initials of pinyin.

For example, gzj finds 感知机.

``resources/search/initials.json``, made by ``tools/initials.py``, has for each letter the characters whose pinyin
begins with it; a character with several readings is listed under each of them.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache

from engine.contract.catalogue import RESOURCES

UNSPACED = "\u3005\u3041-\u309f\u30a1-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""Character ranges, for a regular expression, of Chinese characters and kana, which are written without spaces."""
_UNSPACED = re.compile(f"[{UNSPACED}]")
_WORD = re.compile(f"[{UNSPACED}]+|[^\\W_{UNSPACED}]+|[^\\x00-\\x7f\\w\\s]")
HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
"""A table for ``str.translate`` from katakana to hiragana."""
_PUNCTUATION = frozenset("PZC")


def words_in(text: str) -> list[str]:
    """Splits a text into normalised words; a run of Chinese or Japanese characters counts as one word.

    Katakana become hiragana, in which people type them. A symbol such as × is a word; punctuation and ASCII symbols are
    dropped.
    """
    small = unicodedata.normalize("NFKC", text).casefold().translate(HIRAGANA)
    return [one for one in _WORD.findall(small) if unicodedata.category(one[0])[0] not in _PUNCTUATION and one != "−"]


def is_unspaced(word: str) -> bool:
    """Whether a word begins with a Chinese character or kana, so that no space need precede it."""
    return _UNSPACED.match(word) is not None


PATH = RESOURCES / "search" / "initials.json"
_LETTERS = re.compile(r"[a-z0-9]+", re.ASCII)


@cache
def characters_by_letter() -> Mapping[str, str]:
    """The Chinese characters for each initial letter; empty if the file is missing."""
    if not PATH.exists():
        return {}
    found: dict[str, str] = json.loads(PATH.read_text(encoding="utf-8"))["characters"]
    return found


class Initials:
    """By initial letter, those Chinese characters that occur in the searched texts."""

    def __init__(self, texts: Iterable[str]) -> None:
        used = set().union(*texts)
        self._of = {letter: "".join(used & set(all_)) for letter, all_ in characters_by_letter().items()}

    def pattern(self, typed: str) -> re.Pattern[str] | None:
        """A pattern for ``Name.tight`` that matches initials as typed; None unless only Latin letters and digits were
        typed.

        A letter also stands for itself, so that a name may contain Latin words among Chinese ones.
        """
        if not _LETTERS.fullmatch(typed):
            return None
        return re.compile(
            f"(?:(?<![a-z0-9])|(?=[{UNSPACED}]))" + "".join(f"[{one}{self._of.get(one, '')}]" for one in typed)
        )
