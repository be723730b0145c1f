"""The inline grammar of guides: strong, emphasis, code, terms, formulas, and numbers that a frame holds."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from typing import Literal

from engine.contract.text.refusal import Refused, shortened
from engine.contract.text.text import Text

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
    """A run of text of one kind; ``id`` names the term, or the formula, whose ``text`` then stands for it aloud.

    The ``text`` of a value is a number, and its ``id`` the place in the opening frame that holds it.
    """

    kind: SpanKind
    text: str
    id: str = ""
    strong: bool = False
    emphasis: bool = False


def parse_spans(text: str) -> tuple[Span, ...]:
    """The spans of a paragraph; Refused where markup is left over, which a reader would see as it is written."""
    spans: list[Span] = []
    place = 0
    for match in _INLINE.finditer(text):
        spans.append(_plain_span(text[place : match.start()]))
        spans += _spans_of(match)
        place = match.end()
    spans.append(_plain_span(text[place:]))
    return tuple(span for span in spans if span.text or span.id)


def plain(text: str) -> str:
    """The words of ``text`` alone, for places that show no styles; Refused for links and formulas."""
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
