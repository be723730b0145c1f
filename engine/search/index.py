"""The index of everything that can be found, and how well each entry matches what was typed.

Whatever matches also matches what was typed without its last letter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from engine.contract.catalogue import entry_of
from engine.contract.language import CHINESE, LANGUAGES, language_of
from engine.contract.text import Text
from engine.search.entry import KINDS, SENTENCES, Entry, Kind
from engine.search.words import Initials, is_unspaced, words_in

_BY_OPTIONS: frozenset[Kind] = frozenset({"parameter"})
"""The kinds whose further names are mostly those of their options and not their own."""


class Closeness(IntEnum):
    """How well a name matches what was typed, the best first.

    From ``PART`` on it is a guess, used only if nothing else matches.
    """

    EXACT = 0
    BEGINNING = 1
    BEGINNING_OF_A_WORD = 2
    ALL_WORDS = 3
    INITIALS = 4
    INITIALS_WITHIN = 5
    WITH_ITS_PLACE = 6
    PART = 7
    SCATTERED = 8


class Name(NamedTuple):
    """One name of an entry in the forms that are compared.

    ``spaced`` has a space before each word, ``tight`` none, ``acronym`` is the first letters. ``is_other`` tells a
    further name from the title.
    """

    spaced: str
    tight: str
    acronym: str
    language: str
    is_other: bool

    @classmethod
    def of(cls, text: str, language: str, is_other: bool = False) -> Name:
        """Makes a ``Name`` of a text in a language."""
        words = words_in(text)
        # Of one word the first letter is no acronym; and in Chinese they are of how it is said.
        acronym = "".join(one[0] for one in words) if len(words) > 1 and text.isascii() else ""
        return cls(" " + " ".join(words), "".join(words), acronym, language, is_other)


@dataclass(frozen=True)
class Findable:
    """An entry with its names; ``around`` is one string with all of them, its kind and the name of its experiment."""

    entry: Entry
    names: tuple[Name, ...]
    around: str

    @classmethod
    def of(cls, entry: Entry, place: Sequence[Text | str] = ()) -> Findable:
        """Makes the ``Findable`` of an entry; ``place`` are names of where it is, such as its experiment's."""
        names = [Name.of(entry.title.render(one), one) for one in LANGUAGES]
        names += [Name.of(text, one, is_other=True) for one, texts in entry.others.items() for text in texts]
        around = [
            " ".join(["", *words_in(one.render(language) if isinstance(one, Text) else one)])
            for one in (KINDS[entry.kind], *place)
            for language in LANGUAGES
        ]
        return cls(entry, tuple(dict.fromkeys(names)), "\n".join([*(name.spaced for name in names), *around]))


class Found(NamedTuple):
    """How well an entry matches; the smallest is the best.

    ``standing`` counts whether the name is of another language or a further one; ``length`` is the name's.
    """

    closeness: Closeness
    standing: int
    length: int


class Query:
    """What was typed, prepared for comparison; ``language`` is the one of the user interface."""

    def __init__(self, typed: str, language: str, initials: Initials) -> None:
        language_of(language)
        self._language = language
        self.words = words_in(typed)
        self._joined = " ".join(self.words)
        self._tight = "".join(self.words)
        self._marked = [one if is_unspaced(one) else " " + one for one in self.words]
        self._initials = initials.pattern(self._tight)
        first = re.escape(self._tight[:1])
        rest = "".join(f".*?{re.escape(one)}" for one in self._tight[1:])
        self._scattered = re.compile(f"{'' if is_unspaced(self._tight) else ' '}{first}{rest}")

    def find(self, one: Findable) -> Found | None:
        """How well an entry matches; None if it does not, or only as a guess."""
        around = one.around
        has_all = all(word in around for word in self._marked)
        named = [found for name in one.names if (found := self._by_name(name, has_all, one.entry)) is not None]
        if named:
            return min(named)
        return Found(Closeness.WITH_ITS_PLACE, 0, 0) if has_all else None

    def guess(self, one: Findable) -> Found | None:
        """How well an entry matches as a guess; None if it does not."""
        is_sentence = one.entry.kind in SENTENCES
        guesses = []
        for name in one.names:
            if self._joined in name.spaced or (
                is_sentence and self._initials is not None and self._initials.search(name.tight)
            ):
                guesses.append(Found(Closeness.PART, self._standing(name), len(name.tight)))
            elif not is_sentence and self._scattered.search(name.spaced):
                guesses.append(Found(Closeness.SCATTERED, self._standing(name), len(name.tight)))
        return min(guesses, default=None)

    def _by_name(self, name: Name, has_all: bool, entry: Entry) -> Found | None:
        closeness = self._by_words(name) if has_all else None
        if closeness is None and entry.kind not in SENTENCES:
            closeness = self._by_initials(name)
        if closeness is None:
            return None
        if name.is_other and entry.kind in _BY_OPTIONS:
            closeness = max(closeness, Closeness.BEGINNING_OF_A_WORD)
        return Found(closeness, self._standing(name), len(name.tight))

    def _by_words(self, name: Name) -> Closeness | None:
        spaced = name.spaced
        if spaced.startswith(self._joined, 1):
            return Closeness.EXACT if len(spaced) == len(self._joined) + 1 else Closeness.BEGINNING
        if (self._joined if is_unspaced(self._joined) else " " + self._joined) in spaced:
            return Closeness.BEGINNING_OF_A_WORD
        return Closeness.ALL_WORDS if all(word in spaced for word in self._marked) else None

    def _by_initials(self, name: Name) -> Closeness | None:
        if self._initials is None:
            return None
        if name.acronym:
            return Closeness.INITIALS if name.acronym.startswith(self._tight) else None
        if name.language != CHINESE:
            return None
        found = self._initials.search(name.tight)
        if found is None:
            return None
        return Closeness.INITIALS_WITHIN if found.start() else Closeness.INITIALS

    def _standing(self, name: Name) -> int:
        return (name.language != self._language) + 2 * name.is_other


MOST = 60
"""The maximum number of results; with more, another letter has to be typed."""
_ORDER = {kind: place for place, kind in enumerate(KINDS)}


class Index:
    """Finds entries by what is typed, in all languages at once."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        names = {one.experiment: entry_of(one.experiment).name for one in entries if one.experiment}
        self.all = tuple(
            Findable.of(one, (names[one.experiment], one.experiment) if one.experiment else ()) for one in entries
        )
        self._initials = Initials(name.tight for one in self.all for name in one.names)

    def find(self, typed: str, language: str, here: str = "") -> list[Entry]:
        """The entries that match what was typed, the best first; empty if nothing was typed.

        Of those that match equally well, entries of the experiment ``here`` come first. Guesses are returned only if
        nothing else matches.
        """
        query = Query(typed, language, self._initials)
        if not query.words:
            return []
        for ask in (query.find, query.guess):
            ranked = [
                ((found.closeness, one.entry.experiment != here or not here, found.standing, _ORDER[one.entry.kind],
                  found.length, place), one.entry)
                for place, one in enumerate(self.all)
                if (found := ask(one)) is not None
            ]  # fmt: skip
            if ranked:
                return [entry for _, entry in sorted(ranked)[:MOST]]
        return []
