"""The words of a derivation: one file for each language, ``resources/derivations/<language>/<id>.md``.

The file has ``# title``, paragraphs that say what is to be derived, then a section for each line, in order, with the
line's id as heading, and at the end a section ``use`` on what the result is good for:

    ## power

    The last step is `y = 1/n`. How does y change with n?

    - [∂y/∂n = ?](gap)
    - [−1/n²](right) This is −y² as well.
    - [1/n²](wrong) As n grows, y falls.
    - 1/n is n to the power of −1.

The ``?`` in the link ``gap`` is where the learner types. ``right`` is the answer that is shown on request, followed by
what is said once the line is solved. Each ``wrong`` is a formula that learners often write, followed by what is wrong
with it. Plain items are hints, from general to nearly telling. Text in `` ` `` must be a formula or a symbol of the
line, which is checked. Markup is that of guides (``engine.guides.sections``).
"""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from engine.contract.catalogue import RESOURCES
from engine.contract.language import ENGLISH, language_of
from engine.contract.text import Refused, Text, shortened
from engine.guides.sections import Block, Span, blocks_of, items_of, link_in, plain, sections_of

USE = "use"
"""The id of the section that says what the derivation is good for."""
GAP = "?"
_IN_FORMULA = re.compile(r"(?<=[\w)²]) (?=[−+=←/] [\w(√−])|(?<=[\w)²] [−+=←/]) (?=[\w(√−])|(?<=[NDM],) (?=[NDM][,)])")
"""Spaces inside a formula in running text, at which no line may break."""
_KINDS = ("gap", "right", "wrong")


@dataclass(frozen=True)
class Wrong:
    """A known wrong formula, and the hint for a learner who types it."""

    formula: str
    hint: str


@dataclass(frozen=True)
class Gap:
    """The gap of a line, between the texts ``before`` and ``behind`` it.

    ``right`` is the formula in the book's notation; ``after`` is shown once the line is solved.
    """

    before: str
    behind: str
    right: str
    after: str
    wrong: tuple[Wrong, ...]
    hints: tuple[str, ...]

    def filled(self, formula: str) -> str:
        """The whole line with a formula in the gap."""
        return f"{self.before}{formula}{self.behind}"


@dataclass(frozen=True)
class LineWords:
    """The words of one line of a derivation, and its gap."""

    id: str
    blocks: tuple[Block, ...]
    gap: Gap


@dataclass(frozen=True)
class DerivationWords:
    """A derivation's words in one language: its title, introduction, lines, and use."""

    title: str
    lead: tuple[Block, ...]
    lines: tuple[LineWords, ...]
    use: tuple[Block, ...]


def words_path(derivation_id: str, language: str) -> Path:
    """The path of the file with a derivation's words."""
    return RESOURCES / "derivations" / language / f"{derivation_id}.md"


@lru_cache(maxsize=32)
def load_words(derivation_id: str, language: str) -> DerivationWords:
    """The words of a derivation in one of ``LANGUAGES``; ``Refused`` if the file is missing or damaged.

    If there is no file in this language yet, the English words are loaded.
    """
    path = words_path(derivation_id, language)
    if language_of(language) is not ENGLISH and not path.exists():
        return load_words(derivation_id, ENGLISH.id)
    name = f"{language}/{shortened(derivation_id)}.md"
    try:
        return parse_words(path.read_text(encoding="utf-8"), language)
    except (OSError, UnicodeDecodeError):
        reason = Text("it is missing or cannot be read.")
    except Refused as refusal:
        reason = refusal.text
    raise Refused(Text("The derivation {file}: {reason}")(file=name, reason=reason))


def parse_words(text: str, language: str) -> DerivationWords:
    """Parses the words of a derivation; ``Refused`` says what is invalid in them."""
    head, mark, rest = text.replace("\r\n", "\n").partition("\n## ")
    title, _, lead = head.partition("\n")
    title, sections = sections_of(f"{title}\n{mark}{rest}")
    if len(sections) < 2 or sections[-1][0] != USE:
        raise Refused(Text("it needs lines, and “## {use}” at its end.")(use=USE))
    return DerivationWords(
        title,
        _prose(lead, language),
        tuple(_line(name, body, language) for name, body in sections[:-1]),
        _prose(sections[-1][1], language),
    )


def _prose(body: str, language: str) -> tuple[Block, ...]:
    """The paragraphs of a section, with non-breaking spaces in formulas."""
    return tuple(
        dataclasses.replace(block, spans=tuple(map(_unbroken, block.spans))) for block in blocks_of(body, language)
    )


def _unbroken(span: Span) -> Span:
    inner = " " if span.kind == "code" else _IN_FORMULA
    return dataclasses.replace(span, text=re.sub(inner, "\N{NO-BREAK SPACE}", span.text))


def _line(name: str, body: str, language: str) -> LineWords:
    prose, mark, items = body.partition("\n- ")
    found: dict[str, list[re.Match[str]]] = {kind: [] for kind in _KINDS}
    hints = []
    for item, _ in items_of(mark + items, language):
        if item.startswith("["):
            link = link_in(item, f"({'|'.join(_KINDS)})$")
            found[link["target"]].append(link)
        else:
            hints.append(plain(item))
    if not (len(found["gap"]) == len(found["right"]) == 1 and found["gap"][0]["words"].count(GAP) == 1):
        raise Refused(
            Text("line “{name}” needs one gap, with one {mark} in it, and one right formula.")(
                name=shortened(name), mark=GAP
            )
        )
    before, _, behind = found["gap"][0]["words"].partition(GAP)
    right = found["right"][0]
    wrong = tuple(Wrong(link["words"], plain(link["text"])) for link in found["wrong"])
    gap = Gap(before, behind, right["words"], plain(right["text"]), wrong, tuple(hints))
    return LineWords(name, _prose(prose, language), gap)
