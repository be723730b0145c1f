"""How names and what is typed are compared: in small letters of one width, word by word, or by how Chinese is said.

gzj finds 感知机: ``resources/search/initials.json`` has for each letter the characters whose reading in pinyin begins
with it, one with several readings under each of them. ``tools/initials.py`` makes it.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache

from engine.contract.catalogue import RESOURCES

UNSPACED = "\u3005\u3041-\u309f\u30a1-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""Ranges of the Chinese characters and kana, between which there are no spaces."""
_UNSPACED = re.compile(f"[{UNSPACED}]")
_WORD = re.compile(f"[{UNSPACED}]+|[^\\W_{UNSPACED}]+|[^\\x00-\\x7f\\w\\s]")
HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
"""Katakana to hiragana, for ``str.translate``."""
_PUNCTUATION = frozenset("PZC")


def words_in(text: str) -> list[str]:
    """The words of a text: Chinese and Japanese ones as they follow one another, others each by itself.

    Katakana are taken for hiragana, in which they are typed.

    A sign such as × is a word, punctuation is none, nor is a sign that every keyboard has.
    """
    small = unicodedata.normalize("NFKC", text).casefold().translate(HIRAGANA)
    return [one for one in _WORD.findall(small) if unicodedata.category(one[0])[0] not in _PUNCTUATION and one != "−"]


def is_unspaced(word: str) -> bool:
    """Whether a word begins with a Chinese character or kana, before which another word may end anywhere."""
    return _UNSPACED.match(word) is not None


PATH = RESOURCES / "search" / "initials.json"
_LETTERS = re.compile(r"[a-z0-9]+", re.ASCII)


@cache
def characters_by_letter() -> Mapping[str, str]:
    """The characters of each letter; none where the file is missing."""
    if not PATH.exists():
        return {}
    found: dict[str, str] = json.loads(PATH.read_text(encoding="utf-8"))["characters"]
    return found


class Initials:
    """The characters that occur in what is searched, by their letters."""

    def __init__(self, texts: Iterable[str]) -> None:
        used = set().union(*texts)
        self._of = {letter: "".join(used & set(all_)) for letter, all_ in characters_by_letter().items()}

    def pattern(self, typed: str) -> re.Pattern[str] | None:
        """What finds the words that begin so, in a name without spaces; None where letters alone cannot be meant.

        A letter stands for itself too, so that a name may have other words among its Chinese ones.
        """
        if not _LETTERS.fullmatch(typed):
            return None
        return re.compile(
            f"(?:(?<![a-z0-9])|(?=[{UNSPACED}]))" + "".join(f"[{one}{self._of.get(one, '')}]" for one in typed)
        )
