"""The pieces of Markdown of which guides and derivations are made: sections, paragraphs, lists, links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from engine.contract.text.language import language_of
from engine.contract.text.refusal import Refused, shortened
from engine.contract.text.text import Text
from engine.guides.inline import Span, parse_spans

COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_LINK = r'\[(?P<words>[^\]]+)\]\((?P<target>[^\s()]+)(?:\s+"(?P<label>[^"]*)")?\)'
_ITEM = re.compile(_LINK + r"\s*[:：]?\s*(?P<text>.*)", re.DOTALL)
# What may stand between a character and the gap beside it: the end of emphasis or of a link, the beginning of one.
_ENDS, _BEGINS = r"(?:\*{1,2}|\]\([^()\s]*\))?", r"(?:\*{1,2}|\[)?"


@dataclass(frozen=True)
class Block:
    """A paragraph, or an item of a list."""

    spans: tuple[Span, ...]
    is_item: bool = False


def sections_of(text: str) -> tuple[str, list[tuple[str, str]]]:
    """The title of a file, and the names of its sections with what stands in them; Refused without a title."""
    head, *parts = re.split(r"^## +", text.replace("\r\n", "\n"), flags=re.MULTILINE)
    head = COMMENT.sub("", head).strip()
    if not head.startswith("# ") or "\n" in head:
        raise Refused(Text("it has to begin with “# title” and nothing else."))
    named = [part.partition("\n") for part in parts]
    return head[2:].strip(), [(name.strip(), body) for name, _, body in named]


def blocks_of(body: str, language: str) -> tuple[Block, ...]:
    """The paragraphs and items of a section."""
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
    """The items of a list, each with the lines of those below it."""
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
    """The link that an item begins with: ``words``, ``target``, ``label``, and the ``text`` behind it.

    ``scheme`` is a pattern for how the target begins; Refused where it does not.
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
    """Lines as one, no break inside a pair such as (0, 1); Chinese has no space between its characters and marks."""
    text = "\n".join(line.strip() for line in lines).strip()
    for gap in _gaps(language):
        text = gap.sub(r"\1", text)
    return re.sub(r"(?<=\d), (?=[−\d.]+\))", ",\N{NO-BREAK SPACE}", text.replace("\n", " "))


@cache
def _gaps(language: str) -> tuple[re.Pattern[str], ...]:
    """The gaps that a language without spaces does not have: beside its marks, and between its characters."""
    letters, marks = language_of(language).letters, language_of(language).marks
    if not letters:
        return ()
    patterns = (
        rf"([{marks}]{_ENDS})[ \n]+",
        rf"()[ \n]+(?={_BEGINS}[{marks}])",
        rf"([{letters}]{_ENDS})[ \n]+(?={_BEGINS}[{letters}])",
    )
    return tuple(re.compile(pattern) for pattern in patterns)
