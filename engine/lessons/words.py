"""What is written in a lesson: words in one language or in both, as whoever made it typed them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from engine.contract.text.language import CHINESE, ENGLISH
from engine.contract.text.refusal import Refused, shortened
from engine.contract.text.text import Text, text_of

LONGEST_TITLE, LONGEST_LINE, LONGEST_WORDS = 80, 300, 2000
"""So many signs a title, one line such as an answer, and the words of a step have at most."""
_NO_WORDS = Text("{what}: nothing is written there yet.")
_NOT_WORDS = Text("{what} is “{value}”, but words are a text, or one text for each of en and zh_CN.")
_TOO_LONG = Text("{what} has more than {most} signs.")


@dataclass(frozen=True)
class Words:
    """The same in English and Chinese; "" where a language is missing, and then the other one is shown."""

    en: str = ""
    zh: str = ""

    def __bool__(self) -> bool:
        return bool(self.en or self.zh)

    def render(self, language: str) -> str:
        """The words in a language; those of the other one where it has none."""
        first, second = (self.zh, self.en) if language == CHINESE else (self.en, self.zh)
        return first or second

    def typed(self, language: str) -> str:
        """What was typed in this language, which may be nothing."""
        return self.zh if language == CHINESE else self.en

    def with_typed(self, language: str, words: str) -> Words:
        """The same with other words in this language."""
        return Words(self.en, words) if language == CHINESE else Words(words, self.zh)

    @property
    def text(self) -> Text:
        """The words as a text of the program; braces in them stand for themselves."""
        return text_of({language: _escaped(self.render(language)) for language in (ENGLISH.id, CHINESE)})

    def to_json(self) -> dict[str, str]:
        """As a lesson's file holds it."""
        return {language: words for language, words in ((ENGLISH.id, self.en), (CHINESE, self.zh)) if words}


def read_words(value: object, what: Text, most: int = LONGEST_WORDS, needed: bool = True) -> Words:
    """The words that something read from JSON stands for; ``what`` names them in what is ``Refused``.

    A single text is the same in both languages. Signs that cannot be seen are left out; a title or a line is one line.
    """
    if value is None:
        found = Words()
    elif isinstance(value, str):
        found = Words(_plain(value, most), _plain(value, most))
    elif isinstance(value, dict) and all(
        name in (ENGLISH.id, CHINESE) and isinstance(one, str) for name, one in value.items()
    ):
        found = Words(_plain(value.get(ENGLISH.id, ""), most), _plain(value.get(CHINESE, ""), most))
    else:
        raise Refused(_NOT_WORDS(what=what, value=shortened(value)))
    if max(len(found.en), len(found.zh)) > most:
        raise Refused(_TOO_LONG(what=what, most=most))
    if needed and not found:
        raise Refused(_NO_WORDS(what=what))
    return found


def one_line(words: str) -> str:
    """Words from outside on one line, without signs that a terminal or a window takes for an order."""
    return " ".join("".join(sign if _is_seen(sign) else " " for sign in words).split())


def _plain(words: str, most: int) -> str:
    if most < LONGEST_WORDS:
        return one_line(words)
    return "\n".join(one_line(line) for line in words.splitlines()).strip()


def _is_seen(sign: str) -> bool:
    return unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")


def _escaped(words: str) -> str:
    return words.replace("{", "{{").replace("}", "}}")
