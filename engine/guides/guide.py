"""Guides: one executable Markdown file per experiment and language, ``resources/guide/<language>/<id>.md``.

The file is ``# title`` (the experiment's), then these sections, each once and in this order; Goal may be missing:

    ## Question   ## Try      ## Goal   ## See   ## Pitfall    ## In the book   ## Next
    ## 问题       ## 试一试   ## 挑战   ## 看一看   ## 常见误区   ## 书中位置     ## 接下来

The last paragraph of Question is the question of the guide; a paragraph before it may introduce the subject in a
sentence. See says where to look, never what the result of a try is. Next is plain text, a question that leads on to the
following experiment.

Try is a list of three or more items (tries). Each begins with a link whose target is described in
``engine.guides.tries``; plain text follows. A try that is a question has below it two to four answers, each a link to
claims, followed by its reason; the claims of exactly one answer must hold. Or it asks for a number, by a link ``=?`` to
the path in the frame that holds it:

    - [all × 10](try:w1=5&w2=5&b=-2) What does the line do?
      - [it stays](claim:distances=before "Distances from the line") Only the ratio counts.
      - [it slides](claim:distances[0]<before "Distance of (0, 0)")
      - after: The sums grow tenfold, the length of w too.
      - variants: w1=2&w2=2&b=-0.8 | w1=0.1&w2=0.1&b=-0.04
    - [x doubled](try:x=[[2,1]]) How large is y1?
      - [=?](claim:y[0] "y1")
      - slip: `answer - 0.1` The bias was left out.

A ``slip`` is a known mistake: the formula (``engine.guides.claim``) of the number that it leads to, and what is wrong
with it. Whoever types that number first is told so, and has a second try.

A question with answers may also ask for the reason, after the right answer was chosen and before the result is shown.
Reasons follow the answer that they explain. Whoever chose another answer is not asked, since reasons would give the
right one away. The true reason is plain text; each wrong one is a link to a try whose claims disprove it, followed by
what is seen there:

      - because: Only the ratio of the weights and the bias counts.
      - because: [The bias is negative](try:w1=5&w2=5&b=2#distances=before) It stays with a bias of 2 as well.

``after`` is the explanation that is shown after the result, whatever was answered; what refutes one wrong answer
follows that answer instead. ``variants`` are other changes with which the question is asked again on a later day; each
must have exactly one right answer too. Words may name a parameter, as in {b}, to show its value. ``- here`` marks a
question that needs the main picture: it is not asked again, since later questions are shown without it. ``- more``
marks a try that is not part of the first pass and is listed below it. ``- guess`` marks a question whose answer cannot
be reasoned out, such as who wins a race: the learner is told so, and no answer counts. ``- five`` marks the one
question to ask if there are only five minutes. A try that asks nothing may have results, each a link ``=`` to one
claim:

    - [b = −0.7](try:b=-0.7#smallest_distance=0.283) The line slides down.
      - [=](claim:correct=4 "Points right")

The title of a link to a claim is the claim's label, which names its quantity for people; claims without a label, such
as those in a try's target, are checked but not shown.

Goal has one or two items, each a link whose target is described in ``engine.guides.goal``, then what is shown when the
goal is reached; the items below it are hints:

    - [All four right, with a distance of 0.35](goal:b,w1#correct=4;reference=b:-0.7;near=b:-0.5) It is the widest gap.
      - Which points are nearest?

The other sections are paragraphs and ``- `` items with ``**strong**``, ``*emphasis*``, `` `code` ``,
``[words](term:ID)`` (glossary), ``![words](formula:ID)`` and ``[0.511](value:FIELD)``, a number that the opening frame
holds there; markup nests (``engine.guides.sections``). The words of a try are plain text: a number in them is not
checked, unless it is a claim.
``<!-- mistake: ID -->`` in See or Pitfall says that a mistake of ``resources/mistakes.toml`` is dealt with there; other
comments are skipped.
"""

from __future__ import annotations

import dataclasses
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from engine.contract.catalogue import RESOURCES, further_folders
from engine.contract.language import ENGLISH, language_of
from engine.contract.text import Refused, Text, shortened
from engine.guides.claim import Claim, Slip, parse_claims
from engine.guides.goal import Goal, parse_goal
from engine.guides.sections import (
    COMMENT,
    Block,
    Span,
    blocks_of,
    items_of,
    joined,
    link_in,
    plain,
    reading_minutes,
    sections_of,
)
from engine.guides.tries import (
    Answer,
    AskedNumber,
    Reason,
    Try,
    Verdict,
    check_try,
    checking,
    parse_target,
    parse_variants,
)

__all__ = [
    "HEADINGS", "Answer", "Block", "FurtherGuide", "Guide", "Span", "Try", "Verdict", "check_try", "checking",
    "further_guides", "guide_in", "guide_path", "lend_guides", "load_guide", "parse_guide",
]  # fmt: skip

HEADINGS = tuple(ENGLISH.headings)
"""The ids of the sections, in order; each language's record has their titles."""
FEWEST_TRIES = 3
MOST_GOALS = 2
GOAL_MINUTES = 2
RESULT = "="
ASKED = "=?"
_OPTIONAL = ("goals",)
_NO_PROSE = ("tries", "goals", "next")
_AFTER, _VARIANTS, _BECAUSE, _SLIP = "after:", "variants:", "because:", "slip:"
_BELOW = _AFTER, _VARIANTS, _BECAUSE, _SLIP
_NO_MARK = Text("below a try stand links and {known}; “{word}” is none of them.")
_MARKS = "here", "more", "guess", "five"
REASONS = 3

_FORMULA = re.compile(r"\s*`([^`]+)`\s*(.+)", re.DOTALL)
_MISTAKE = re.compile(r"mistake:\s*([a-z0-9_]+)", re.ASCII)


@dataclass(frozen=True)
class Guide:
    """A guide in one language, parsed; ``mistakes`` are the ids of the mistakes that it deals with.

    ``lead`` introduces the subject before the ``question``.
    """

    experiment: str
    language: str
    title: str
    lead: tuple[Block, ...]
    question: tuple[Block, ...]
    tries: tuple[Try, ...]
    see: tuple[Block, ...]
    pitfall: tuple[Block, ...]
    book: tuple[Block, ...]
    next: str
    mistakes: tuple[str, ...] = ()
    goals: tuple[Goal, ...] = ()

    @property
    def path(self) -> tuple[Try, ...]:
        """The tries of the first pass, that is, those not marked ``more``."""
        return tuple(one for one in self.tries if not one.more)

    @property
    def minutes(self) -> int:
        """The estimated minutes for the introduction, the tries of the first pass, and one goal."""
        read = reading_minutes(span.text for block in (*self.lead, *self.question) for span in block.spans)
        return math.ceil(read + sum(one.minutes for one in self.path) + GOAL_MINUTES * bool(self.goals))

    @property
    def in_five_minutes(self) -> Try | None:
        """The question to ask if there are only five minutes: the marked one, else the first; None if there is none."""
        asking = [one for one in self.path if one.asks]
        return next((one for one in asking if one.five), asking[0] if asking else None)

    @property
    def spans(self) -> tuple[Span, ...]:
        """Every span in the prose sections."""
        return tuple(span for block in self.blocks for span in block.spans)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The paragraphs and list items of the prose sections, in order."""
        return (*self.lead, *self.question, *self.see, *self.pitfall, *self.book)


def guide_path(experiment_id: str, language: str) -> Path:
    """The path of an experiment's guide; for an experiment of a pack, it is in the experiment's own folder."""
    places = [root / "guide" / language / f"{experiment_id}.md" for root in (RESOURCES, *further_folders())]
    return next((place for place in places if place.exists()), places[0])


@lru_cache(maxsize=64)
def load_guide(experiment_id: str, language: str) -> Guide:
    """The guide of an experiment in one of ``LANGUAGES``; ``Refused`` if the file is missing or damaged.

    If there is no guide in this language yet, the English one is loaded.
    """
    path = guide_path(experiment_id, language)
    if language_of(language) is not ENGLISH and not path.exists():
        return load_guide(experiment_id, ENGLISH.id)
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise Refused(
            Text("The guide {file} is missing or cannot be read.")(file=_name(experiment_id, language))
        ) from None
    return parse_guide(text, experiment_id, language)


def parse_guide(text: str, experiment_id: str, language: str) -> Guide:
    """Parses a guide; ``Refused`` names the file and says what is invalid."""
    try:
        return guide_in(text, experiment_id, language)
    except Refused as refusal:
        raise Refused(
            Text("Guide {file}: {reason}")(file=_name(experiment_id, language), reason=refusal.text)
        ) from None


@dataclass(frozen=True)
class FurtherGuide:
    """A guide for an experiment from a pack, beside the built-in one.

    ``source`` identifies the pack, ``name`` is its name for people, and ``progress`` the key for storing progress.
    """

    source: str
    name: Text
    progress: str
    load: Callable[[str], Guide]


_lent: list[Callable[[str], tuple[FurtherGuide, ...]]] = []


def lend_guides(guides_of: Callable[[str], tuple[FurtherGuide, ...]]) -> None:
    """Sets the function that returns the further guides for an experiment, which packs provide."""
    _lent[:] = [guides_of]


def further_guides(experiment_id: str) -> tuple[FurtherGuide, ...]:
    """The guides for an experiment from packs; empty before ``lend_guides`` was called."""
    return tuple(one for guides_of in _lent for one in guides_of(experiment_id))


def guide_in(text: str, experiment_id: str, language: str) -> Guide:
    """Parses a guide as ``parse_guide`` does; its ``Refused`` names no file."""
    title, sections = sections_of(text)
    written = [name for name, _ in sections]
    headings = dict(language_of(language).headings)
    wanted = {name: words for name, words in headings.items() if name not in _OPTIONAL or words in written}
    if written != list(wanted.values()):
        raise Refused(
            Text("its sections are {found}, not {wanted} in this order.")(
                found=", ".join(written) or "—", wanted=", ".join(wanted.values())
            )
        )
    bodies = dict(zip(wanted, (body for _, body in sections), strict=True))
    mistakes = tuple(
        mistake for name in ("see", "pitfall") for comment in COMMENT.findall(bodies[name])
        for mistake in _MISTAKE.findall(comment)
    )  # fmt: skip
    bodies = {name: COMMENT.sub("", body) for name, body in bodies.items()}
    prose = {name: blocks_of(bodies[name], language) for name in wanted if name not in _NO_PROSE}
    following = plain(joined(bodies["next"].splitlines(), language))
    for name, words in (*prose.items(), ("next", following)):
        if not words:
            raise Refused(Text("section “{name}” is empty.")(name=wanted[name]))
    prose["lead"], prose["question"] = prose["question"][:-1], prose["question"][-1:]
    tries, goals = _tries(bodies["tries"], language), _goals(bodies.get("goals", ""), language)
    return Guide(experiment_id, language, title, tries=tries, goals=goals, next=following, mistakes=mistakes, **prose)


def _tries(body: str, language: str) -> tuple[Try, ...]:
    items = items_of(body, language)
    if len(items) < FEWEST_TRIES:
        raise Refused(
            Text("it has {count} tries, at least {fewest} are needed.")(count=len(items), fewest=FEWEST_TRIES)
        )
    return tuple(_try(line, below) for line, below in items)


def _goals(body: str, language: str) -> tuple[Goal, ...]:
    items = items_of(body, language)
    if len(items) > MOST_GOALS:
        raise Refused(Text("it has {count} goals, {most} at most.")(count=len(items), most=MOST_GOALS))
    return tuple(_goal(line, below) for line, below in items)


def _goal(line: str, below: list[str]) -> Goal:
    match = link_in(line, "goal:")
    labels = tuple(plain(label.strip()) for label in (match["label"] or "").split("|") if label.strip())
    return dataclasses.replace(
        parse_goal(match["target"]).labelled(labels),
        words=plain(match["words"]),
        why=plain(match["text"]),
        hints=tuple(plain(hint) for hint in below),
    )


def _try(line: str, below: list[str]) -> Try:
    match = link_in(line, r"try\+?:")
    if match["label"]:
        raise Refused(Text("“{label}” is the label of no claim.")(label=shortened(match["label"])))
    asked = parse_target(match["target"])
    after = "".join(plain(item.removeprefix(_AFTER)) for item in below if item.startswith(_AFTER))
    variants = [parse_variants(item.removeprefix(_VARIANTS)) for item in below if item.startswith(_VARIANTS)]
    here, more, guess, five = (mark in below for mark in _MARKS)
    slips = tuple(_slip(item.removeprefix(_SLIP)) for item in below if item.startswith(_SLIP))
    reasons = tuple(_reason(item.removeprefix(_BECAUSE).strip()) for item in below if item.startswith(_BECAUSE))
    others = [
        item for item in below if not item.startswith((_AFTER, _VARIANTS, _BECAUSE, _SLIP)) and item not in _MARKS
    ]
    for item in others:
        if not item.startswith("["):
            raise Refused(_NO_MARK(word=shortened(item.partition(" ")[0]), known=", ".join((*_BELOW, *_MARKS))))
    links = [link_in(item, "claim:") for item in others]
    first = next((place for place, item in enumerate(below) if item.startswith(_BECAUSE)), 0)
    results = tuple(claim for link in links if link["words"] == RESULT for claim in _claims(link))
    numbers = [_number(link) for link in links if link["words"] == ASKED]
    answers = tuple(
        Answer(plain(link["words"]), _claims(link), plain(link["text"]))
        for link in links
        if link["words"] not in (RESULT, ASKED)
    )
    if len(answers) == 1 or len(answers) > 4:
        raise Refused(
            Text("“{words}” has {count} answers, 2 to 4 are needed.")(words=match["words"], count=len(answers))
        )
    if len(numbers) + bool(answers) > 1:
        raise Refused(Text("“{words}” asks for more than one thing.")(words=match["words"]))
    if not (results or answers or numbers):
        raise Refused(Text("“{words}” has neither a result nor answers.")(words=match["words"]))
    if here and (variants or not (answers or numbers)):
        raise Refused(
            Text("“{words}” is marked here, but it asks nothing, or has variants to be asked again.")(
                words=match["words"]
            )
        )
    if guess and (variants or reasons or not (answers or numbers)):
        raise Refused(
            Text("“{words}” is marked as a guess, but it asks nothing, or for a reason, or has variants.")(
                words=match["words"]
            )
        )
    if five and (more or guess or not (answers or numbers)):
        raise Refused(
            Text(
                "“{words}” is marked for the five minutes, but it asks nothing, is a guess, or not of the first pass."
            )(words=match["words"])
        )
    if slips and not numbers:
        raise Refused(Text("“{words}” has slips, but asks for no number.")(words=match["words"]))
    # The last of the answers that stand before them.
    before = [link for item, link in zip(others, links, strict=True) if item in below[:first]]
    explained = sum(link["words"] not in (RESULT, ASKED) for link in before) - 1
    if reasons and (explained < 0 or len(reasons) != REASONS or sum(one.is_right for one in reasons) != 1):
        raise Refused(
            Text("“{words}” needs answers and, behind the right one, {count} reasons, one without a link, or none.")(
                words=match["words"], count=REASONS
            )
        )
    return dataclasses.replace(
        asked,
        words=plain(match["words"]),
        text=plain(match["text"]),
        claims=(*results, *asked.claims),
        answers=answers,
        number=dataclasses.replace(numbers[0], slips=slips) if numbers else None,
        after=after,
        variants=tuple(changes for some in variants for changes in some),
        here=here,
        more=more,
        guess=guess,
        five=five,
        reasons=reasons,
        explained=explained if reasons else None,
    )


def _reason(item: str) -> Reason:
    if not item.startswith("["):
        return Reason(plain(item))
    link = link_in(item, "try:")
    refuted = dataclasses.replace(parse_target(link["target"]), words=plain(link["words"]))
    if not refuted.claims:
        raise Refused(Text("no claim speaks against the reason “{words}”.")(words=link["words"]))
    return Reason(plain(link["words"]), refuted, plain(link["text"]))


def _slip(item: str) -> Slip:
    match = _FORMULA.fullmatch(item)
    if not match:
        raise Refused(Text("“{item}” is no slip: a formula in backticks, then words.")(item=shortened(item)))
    return Slip(match[1], plain(match[2]))


def _number(link: re.Match[str]) -> AskedNumber:
    place = link["target"].partition(":")[2]
    if not link["label"]:
        raise Refused(Text("the number {place} has no label.")(place=shortened(place)))
    return AskedNumber(place, link["label"])


def _claims(link: re.Match[str]) -> tuple[Claim, ...]:
    claims = parse_claims(link["target"].partition(":")[2], link["label"] or "")
    if link["words"] == RESULT and not claims[0].label:
        raise Refused(Text("the result {claim} has no label.")(claim=shortened(link["target"])))
    return claims


def _name(experiment_id: str, language: str) -> str:
    return f"{language}/{shortened(experiment_id)}.md"
