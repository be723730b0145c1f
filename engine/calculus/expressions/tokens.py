"""The tokenizer of typed functions: numbers, names and operators."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from engine.calculus.expressions.characters import ExpressionRefused, characters_of
from engine.contract.text import Text, shortened

LONGEST = 200
"""The maximum number of characters in a typed function."""
_TOKEN = re.compile(
    r"(?P<number>([0-9]+(\.[0-9]*)?|\.[0-9]+)(e[+-]?[0-9]+)?)|(?P<name>[a-z_][a-z0-9_]*)|(?P<sign>\*\*|[-+*/^(),])",
    re.ASCII,
)
_TOO_LONG = Text("the function has {length} characters, at most {longest} are allowed")
_STRANGE = Text("“{sign}” has no meaning here")


TokenKind = Literal["number", "name", "sign", "end"]


class Token(NamedTuple):
    """A token of a typed function: its ``kind``, its ``text`` as typed, and the ``column`` where it begins, from 1."""

    kind: TokenKind
    text: str
    column: int


def tokens_of(text: str) -> list[Token]:
    """The tokens of ``text`` and an end token; ``ExpressionRefused`` for an unknown character."""
    # One typed character may become several plain ones, and these are what a session keeps.
    characters = characters_of(text[: LONGEST + 1])
    length = max(len(text), len(characters))
    if length > LONGEST:
        raise ExpressionRefused(_TOO_LONG(length=length, longest=LONGEST), min(len(text), LONGEST + 1))
    signs = "".join(character.sign for character in characters)
    found: list[Token] = []
    place = 0
    while place < len(signs):
        if signs[place].isspace():
            place += 1
            continue
        column = characters[place].column
        match = _TOKEN.match(signs, place)
        if match is None:
            raise ExpressionRefused(_STRANGE(sign=shortened(text[column - 1])), column)
        kind: TokenKind = "name" if match["name"] else "sign" if match["sign"] else "number"
        found.append(Token(kind, "^" if match[0] == "**" else match[0], column))
        place = match.end()
    return [*found, Token("end", "", len(text) + 1)]
