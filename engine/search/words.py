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

CHINESE = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""Ranges of characters that are words by themselves."""
_WORD = re.compile(f"[{CHINESE}]+|[^\\W_{CHINESE}]+|[^\\x00-\\x7f\\w\\s]")
_PUNCTUATION = frozenset("PZC")


def words_in(text: str) -> list[str]:
    """The words of a text: Chinese ones as they follow one another, others each by itself.

    A sign such as × is a word, punctuation is none, nor is a sign that every keyboard has.
    """
    small = unicodedata.normalize("NFKC", text).casefold()
    return [one for one in _WORD.findall(small) if unicodedata.category(one[0])[0] not in _PUNCTUATION and one != "−"]


def is_chinese(word: str) -> bool:
    """Whether a word begins with a Chinese character, before which another word may end anywhere."""
    return bool(word) and ("\u3400" <= word[0] <= "\u9fff" or "\uf900" <= word[0] <= "\ufaff")


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
            f"(?:(?<![a-z0-9])|(?=[{CHINESE}]))" + "".join(f"[{one}{self._of.get(one, '')}]" for one in typed)
        )
