"""Parses the Markdown subset of guides and derivations: sections, paragraphs, lists, links."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from engine.contract.language import language_of
from engine.contract.text import Refused, Text, shortened

SpanKind = Literal["text", "code", "term", "formula", "value"]

_INLINE = re.compile(
    r"`(?P<code>[^`]+)`"
    r"|!\[(?P<alt>[^\]]*)\]\(formula:(?P<formula>\w+)\)"
    r"|\[(?P<words>[^\]]+)\]\(term:(?P<term>\w+)\)"
    r"|\[(?P<number>[^\]]+)\]\(value:(?P<value>[\w.\[\],-]+)\)"
    r"|\*\*(?P<strong>(?:[^*`]|`[^`]+`|\*[^*]+\*)+)\*\*"
    r"|\*(?P<emphasis>(?:[^*`]|`[^`]+`|\*\*[^*]+\*\*)+)\*"
)
_LEFT_OVER = re.compile(r"\[[^\]]*\]\([^)]*\)|\]\(|\*\*?|`")


@dataclass(frozen=True)
class Span:
    """A piece of text of one kind. For a term or a formula, ``id`` names it; a formula's ``text`` is its spoken form.

    For a value, ``text`` is the number as written, and ``id`` the path in the opening frame to the value it must equal.
    """

    kind: SpanKind
    text: str
    id: str = ""
    strong: bool = False
    emphasis: bool = False


def parse_spans(text: str) -> tuple[Span, ...]:
    """Parses a paragraph into spans; ``Refused`` if markup is left over that would be shown literally."""
    spans: list[Span] = []
    place = 0
    for match in _INLINE.finditer(text):
        spans.append(_plain_span(text[place : match.start()]))
        spans += _spans_of(match)
        place = match.end()
    spans.append(_plain_span(text[place:]))
    return tuple(span for span in spans if span.text or span.id)


def plain(text: str) -> str:
    """The text without markup, for places that show no styles; ``Refused`` for links and formulas."""
    spans = parse_spans(text)
    if any(span.id for span in spans):
        raise _misplaced(text)
    return "".join(span.text for span in spans).strip()


def _spans_of(match: re.Match[str]) -> tuple[Span, ...]:
    if match["formula"]:
        return (Span("formula", match["alt"], match["formula"]),)
    if match["value"]:
        return (Span("value", match["number"], match["value"]),)
    if match["code"]:
        return (Span("code", match["code"]),)
    if match["term"]:
        return tuple(dataclasses.replace(span, kind="term", id=match["term"]) for span in parse_spans(match["words"]))
    if match["strong"]:
        return tuple(dataclasses.replace(span, strong=True) for span in parse_spans(match["strong"]))
    return tuple(dataclasses.replace(span, emphasis=True) for span in parse_spans(match["emphasis"]))


def _plain_span(text: str) -> Span:
    if left_over := _LEFT_OVER.search(text):
        raise _misplaced(left_over[0])
    return Span("text", text)


def _misplaced(markup: str) -> Refused:
    return Refused(Text("“{markup}” is no markup that can stand here.")(markup=shortened(markup)))


COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_LINK = r'\[(?P<words>[^\]]+)\]\((?P<target>[^\s()]+)(?:\s+"(?P<label>[^"]*)")?\)'
_ITEM = re.compile(_LINK + r"\s*[:：]?\s*(?P<text>.*)", re.DOTALL)
# What may stand between a character and the gap beside it: the end of emphasis or of a link, the beginning of one.
_ENDS, _BEGINS = r"(?:\*{1,2}|\]\([^()\s]*\))?", r"(?:\*{1,2}|\[)?"


@dataclass(frozen=True)
class Block:
    """A paragraph or list item, as a sequence of spans."""

    spans: tuple[Span, ...]
    is_item: bool = False


def sections_of(text: str) -> tuple[str, list[tuple[str, str]]]:
    """Splits a file into its title and its sections (name, body); ``Refused`` if it has no title."""
    head, *parts = re.split(r"^## +", text.replace("\r\n", "\n"), flags=re.MULTILINE)
    head = COMMENT.sub("", head).strip()
    if not head.startswith("# ") or "\n" in head:
        raise Refused(Text("it has to begin with “# title” and nothing else."))
    named = [part.partition("\n") for part in parts]
    return head[2:].strip(), [(name.strip(), body) for name, _, body in named]


def blocks_of(body: str, language: str) -> tuple[Block, ...]:
    """Parses the paragraphs and list items of a section."""
    found: list[tuple[bool, list[str]]] = []
    open_block = False
    for line in body.splitlines():
        is_item = line.startswith("- ")
        if not line.strip():
            open_block = False
        elif is_item or not open_block:
            found.append((is_item, [line[2:] if is_item else line]))
            open_block = True
        else:
            found[-1][1].append(line)
    return tuple(Block(parse_spans(joined(lines, language)), is_item) for is_item, lines in found)


def items_of(body: str, language: str) -> list[tuple[str, list[str]]]:
    """The items of a list, each with the lines of its sub-items."""
    items: list[tuple[list[str], list[list[str]]]] = []
    for line in filter(str.strip, body.splitlines()):
        if line.startswith("- "):
            items.append(([line[2:]], []))
        elif items and line.lstrip().startswith("- "):
            items[-1][1].append([line.lstrip()[2:]])
        elif items and line[0] == " ":
            (items[-1][1][-1] if items[-1][1] else items[-1][0]).append(line)
        else:
            raise Refused(Text("“{line}” stands in a list but is no item.")(line=shortened(line)))
    return [(joined(lines, language), [joined(item, language) for item in below]) for lines, below in items]


def link_in(line: str, scheme: str) -> re.Match[str]:
    """Matches the link at the beginning of a list item; the match has the groups words, target, label and text.

    ``text`` is what follows the link. ``scheme`` is a pattern for the target's prefix; ``Refused`` if there is no such
    link.
    """
    match = _ITEM.fullmatch(line)
    if not match or not re.match(scheme, match["target"]):
        raise Refused(
            Text("“{line}” does not begin with a link [words]({scheme}…).")(
                line=shortened(line), scheme=scheme.replace("\\+?", "")
            )
        )
    return match


def joined(lines: list[str], language: str) -> str:
    """Joins lines to one text: no line break may fall inside a pair such as (0, 1); no spaces between Chinese
    characters.
    """
    text = "\n".join(line.strip() for line in lines).strip()
    for gap in _gaps(language):
        text = gap.sub(r"\1", text)
    return re.sub(r"(?<=\d), (?=[−\d.]+\))", ",\N{NO-BREAK SPACE}", text.replace("\n", " "))


@cache
def _gaps(language: str) -> tuple[re.Pattern[str], ...]:
    """Patterns for the spaces to remove in a language written without spaces.

    They are those beside its punctuation and between its characters; if the language wants none, also those between its
    characters and Latin ones.
    """
    record = language_of(language)
    letters, marks = record.letters, record.marks
    if not letters:
        return ()
    patterns = [
        rf"([{marks}]{_ENDS})[ \n]+",
        rf"()[ \n]+(?={_BEGINS}[{marks}])",
        rf"([{letters}]{_ENDS})[ \n]+(?={_BEGINS}[{letters}])",
    ]
    if not record.latin_gap:
        patterns += [
            rf"([{letters}]{_ENDS})[ \n]+(?={_BEGINS}[A-Za-z0-9])",
            rf"([A-Za-z0-9]{_ENDS})[ \n]+(?={_BEGINS}[{letters}])",
        ]
    return tuple(re.compile(pattern) for pattern in patterns)


_WORD = re.compile(r"[\u3041-\u9fff]|[^\s\u3041-\u9fff]+")
_WORDS_A_MINUTE, _CHARACTERS_A_MINUTE = 150, 250
"""The reading speed of a learner per minute: words of English, and characters of Chinese or Japanese."""


def reading_minutes(texts: Iterable[str]) -> float:
    """The minutes that a learner takes to read these texts."""
    tokens: list[str] = [token for text in texts for token in _WORD.findall(text)]
    characters = sum("\u3041" <= token[0] <= "\u9fff" for token in tokens)
    return (len(tokens) - characters) / _WORDS_A_MINUTE + characters / _CHARACTERS_A_MINUTE
