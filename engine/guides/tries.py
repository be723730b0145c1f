"""A try of a guide: parameter changes that are applied with one click, and claims about what then happens.

The target of its link is

    try:NAME=VALUE&NAME=VALUE…[@COUNT UNIT|@end][;seed=N][;from=NAME:VALUE,…][#CLAIM&CLAIM…]

Values are spelled as on the command line and put into the experiment's default parameters, all together; after
``try+:`` into the parameters as they are. With ``from`` the defaults are changed so first, for the base too.
``@30 update`` plays up to there (``@30%20update`` in Markdown, which has no spaces in links), ``@end`` to the end or to
``default_steps``, and without it to ``opening``. Without a seed it is 0, so that a try always shows the same. Claims
are those of ``engine.guides.claim``; ``before`` there means the try's base, the same run without the changes, played
equally far. The characters & # @ ; % ( ) " and the space are percent-encoded in values, after ``from`` the comma too.
"""

from __future__ import annotations

import dataclasses
import re
import zlib
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from engine.contract.experiment import Amount, Experiment
from engine.contract.output.frame import Frame
from engine.contract.params import Params, fields_of
from engine.contract.run.protocol import Request
from engine.contract.run.run import Run
from engine.contract.text.refusal import Refused, shortened
from engine.contract.text.text import Text
from engine.guides.asked import AskedNumber
from engine.guides.claim import Claim, Finding, field_value, parse_claims
from engine.playing.player import Player

_TARGET = re.compile(r"try(\+?):([^@;#]*)(?:@([^;#]*))?(?:;seed=(\d+))?(?:;from=([^#]*))?(?:#(.+))?", re.ASCII)
_AMOUNT = re.compile(r"(\d+)\s*([a-z_]\w*)", re.ASCII)
_CHANGE = re.compile(r"([a-z_]\w*)=(.*)", re.ASCII | re.DOTALL)
_START = re.compile(r"([a-z_]\w*):(.*)", re.ASCII | re.DOTALL)

Checking = Generator[None, None, "Verdict"]


@dataclass(frozen=True)
class Reach:
    """How far a run is played: to an ``amount``, to the end, or, where neither is said, to where it first waits."""

    amount: Amount | None = None
    to_end: bool = False

    def stop(self, experiment: Experiment[Any, Any], params: Params) -> Amount | None:
        """How far to play from the start with these parameters; None for the end."""
        if self.to_end:
            return experiment.default_steps_for(params)
        return self.amount or experiment.way_to_opening(params)

    def is_reached(self, experiment: Experiment[Any, Any], params: Params, frame: Frame) -> bool:
        """Whether a frame is as far as is said; every frame is where nothing is said."""
        stop = self.stop(experiment, params) if self.amount or self.to_end else Amount(0, experiment.units[0].id)
        counts = frame.counts or (frame.update,)
        return frame.finished or (stop is not None and counts[experiment.unit_ids.index(stop.unit)] >= stop.count)


@dataclass(frozen=True)
class Answer:
    """One of the answers of a try that asks first; right if its claims hold. ``why`` is shown once it was chosen."""

    words: str
    claims: tuple[Claim, ...]
    why: str = ""

    @property
    def key(self) -> str:
        """A short name, the same in both languages and at every start, by which it is remembered."""
        return _short("&".join(map(str, self.claims)))


@dataclass(frozen=True)
class Reason:
    """Why the right answer is right, or what might be taken for it: then the claims of ``refuted``, another try, speak
    against it, and ``why`` says what is seen there. The true one has none.
    """

    words: str
    refuted: Try | None = None
    why: str = ""

    @property
    def is_right(self) -> bool:
        """Whether it is the true reason."""
        return self.refuted is None


@dataclass(frozen=True)
class Try:
    """``words`` are the link's, ``text`` what stands beside it; ``claims`` that have a label are told.

    ``changes`` are spelled values by name; ``adds`` means on top of the parameters as they are, otherwise they come on
    top of the defaults with the changes of ``start``, from which the base is played too. One that has
    ``answers``, or asks for a ``number``, asks first, and where there are ``reasons``, for the reason behind the answer
    that is ``explained`` by them, the right one, too; ``after`` says why once it was shown. ``variants`` are other
    changes with which the question can be asked again; words may name a parameter, as in {b}, whose value they show.
    One that is asked only ``here`` needs the stage, and does not come again.
    """

    target: str
    words: str = ""
    text: str = ""
    changes: Mapping[str, str] = field(default_factory=dict)
    adds: bool = False
    start: Mapping[str, str] = field(default_factory=dict)
    reach: Reach = Reach()
    seed: int | None = None
    claims: tuple[Claim, ...] = ()
    answers: tuple[Answer, ...] = field(default=())
    number: AskedNumber | None = None
    after: str = ""
    variants: tuple[Mapping[str, str], ...] = ()
    here: bool = False
    reasons: tuple[Reason, ...] = ()
    explained: int | None = None

    @property
    def key(self) -> str:
        """A short name, the same in both languages and at every start, by which it is remembered."""
        return _short(self.target)

    @property
    def asks(self) -> bool:
        """Whether it asks before it shows."""
        return bool(self.answers or self.number)

    @property
    def returns(self) -> bool:
        """Whether it is asked again on a later day."""
        return self.asks and not self.here

    def varied(self, experiment: Experiment[Any, Any], language: str, variant: int | None = None) -> Try:
        """The try with the changes of a variant (None for its own), and the values that its words name put in."""
        changes = self.changes if variant is None else self.variants[variant]
        params = experiment.params_type().with_texts({**self.start, **changes})
        names = {
            name: declared.spell(getattr(params, name)).render(language)
            for name, declared in fields_of(type(params)).items()
        }
        return dataclasses.replace(
            self,
            changes=changes,
            words=_filled(self.words, names),
            text=_filled(self.text, names),
            after=_filled(self.after, names),
            answers=tuple(
                dataclasses.replace(one, words=_filled(one.words, names), why=_filled(one.why, names))
                for one in self.answers
            ),
            # The runs that speak against reasons are those of the guide's own numbers.
            reasons=self.reasons if variant is None else (),
        )

    def run(self, experiment: Experiment[Any, Any], current: Run | None = None) -> Run:
        """The run to begin; ``current`` has the parameters as of now, for a try that adds to them."""
        base = self.base(experiment, current)
        return Run(experiment.id, base.params.with_texts(self.changes), base.seed)

    def base(self, experiment: Experiment[Any, Any], current: Run | None = None) -> Run:
        """The run without the changes, with which the try is compared."""
        params: Params = experiment.params_type().with_texts(self.start)
        seed = self.seed or 0
        if self.adds and current is not None:
            params = current.params
            seed = current.seed if self.seed is None else self.seed
        return Run(experiment.id, params, seed)


@dataclass(frozen=True)
class Verdict:
    """What came of a try: its findings, for each answer its findings, the number asked for, and the frame reached.

    ``before`` is the frame of the base, which was played with ``base``; None if nobody asked for it.
    """

    findings: tuple[Finding, ...]
    answers: tuple[tuple[Finding, ...], ...]
    params: Params
    frame: Frame
    base: Params
    before: Frame | None = None
    number: Any = None

    @property
    def holds(self) -> bool:
        """Whether all claims of the try are true."""
        return all(finding.holds for finding in self.findings)

    def is_right(self, answer: int) -> bool:
        """Whether all claims of an answer are true."""
        return all(finding.holds for finding in self.answers[answer])

    @property
    def right_answer(self) -> int | None:
        """The answer whose claims hold; None where no answers are offered."""
        return next((index for index in range(len(self.answers)) if self.is_right(index)), None)


def parse_target(target: str) -> Try:
    """The try that a link's target spells, without words; Refused for anything that is not in the grammar."""
    match = _TARGET.fullmatch(target)
    if not match:
        raise _refusal(target)
    plus, changes, reach, seed, start, claims = match.groups()
    begun = parse_changes(start or "")
    if begun is None or (plus and begun):
        raise _refusal(target)
    return Try(
        target=target,
        changes=_changes(target, changes),
        adds=plus == "+",
        start=begun,
        reach=parse_reach(target, reach),
        seed=int(seed) if seed is not None else None,
        claims=parse_claims(unquote(claims)) if claims else (),
    )


def check_try(
    experiment: Experiment[Any, Any], asked: Try, current: Run | None = None, seed: int | None = None
) -> Verdict:
    """Play a try as far as it says and hold its claims and answers against the frame.

    ``seed`` replaces the try's own. Refused where the experiment has no such parameter, unit or field.
    """
    steps = checking(experiment, asked, current, seed)
    while True:
        try:
            next(steps)
        except StopIteration as stop:
            verdict: Verdict = stop.value
            return verdict


def checking(
    experiment: Experiment[Any, Any],
    asked: Try,
    current: Run | None = None,
    seed: int | None = None,
    compare: bool = False,
) -> Checking:
    """``check_try`` in small slices, one update each, for a caller that has other things to do in between.

    With ``compare`` the base is played even if no claim is about it, for a picture of it; not where nothing changes.
    """
    run, base = asked.run(experiment, current), asked.base(experiment, current)
    if seed is not None:
        run, base = dataclasses.replace(run, seed=seed), dataclasses.replace(base, seed=seed)
    stop = asked.reach.stop(experiment, run.params)
    frame = yield from played(experiment, run, stop)
    every = (*asked.claims, *(claim for answer in asked.answers for claim in answer.claims))
    before = None
    if base == run:
        before = frame
    elif compare or any(claim.needs_before for claim in every):
        before = yield from played(experiment, base, stop)
    return judged(asked, run.params, frame, base.params, before)


def judged(asked: Try, params: Params, frame: Frame, base: Params, before: Frame | None) -> Verdict:
    """What the frames of a try and of its base say of its claims and answers."""
    return Verdict(
        findings=tuple(claim.test(frame, before) for claim in asked.claims),
        answers=tuple(tuple(claim.test(frame, before) for claim in answer.claims) for answer in asked.answers),
        params=params,
        frame=frame,
        base=base,
        before=before,
        number=field_value(frame, asked.number.field) if asked.number else None,
    )


def played(experiment: Experiment[Any, Any], run: Run, stop: Amount | None) -> Generator[None, None, Frame]:
    """Play a run in small slices, one update each, to ``stop`` or its end; the frame there."""
    if stop is not None and stop.unit not in experiment.unit_ids:
        raise Refused(
            Text("there is no unit “{unit}”; there are {units}.")(
                unit=shortened(stop.unit), units=", ".join(experiment.unit_ids)
            )
        )
    player = Player(experiment, run)
    try:
        while not player.finished and not _reached(player, stop):
            for _ in player.answers(Request(1, frame=False)):
                yield
        return player.go(0)
    finally:
        player.close()


def _reached(player: Player, stop: Amount | None) -> bool:
    return stop is not None and player.counts[player.experiment.unit_ids.index(stop.unit)] >= stop.count


def parse_reach(target: str, text: str | None) -> Reach:
    """How far the ``text`` behind an @ of a target says to play."""
    if text is None:
        return Reach()
    text = unquote(text)
    if text == "end":
        return Reach(to_end=True)
    match = _AMOUNT.fullmatch(text)
    if not match:
        raise _refusal(target)
    return Reach(Amount(int(match[1]), match[2]))


def parse_variants(text: str) -> tuple[Mapping[str, str], ...]:
    """The changes of the variants in ``NAME=VALUE&NAME=VALUE | NAME=VALUE…``."""
    return tuple(_changes(text, part.strip()) for part in text.split("|"))


def _short(text: str) -> str:
    return f"{zlib.crc32(text.encode()):08x}"


def _filled(words: str, names: Mapping[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda match: names.get(match[1], match[0]), words)


def _changes(target: str, text: str) -> dict[str, str]:
    changes: dict[str, str] = {}
    for part in text.split("&") if text else []:
        match = _CHANGE.fullmatch(part)
        if not match or match[1] in changes:
            raise _refusal(target)
        changes[match[1]] = unquote(match[2])
    return changes


def parse_changes(text: str) -> dict[str, str] | None:
    """The changes in ``NAME:VALUE,…`` of a link's target; None for what is written otherwise."""
    changes: dict[str, str] = {}
    for part in text.split(","):
        if not part:
            continue
        match = _START.fullmatch(part)
        if not match:
            return None
        changes[match[1]] = unquote(match[2])
    return changes


def _refusal(target: str) -> Refused:
    return Refused(
        Text("“{target}” is not a try such as try:b=-0.7#correct=4 or try:rate=1@30%20update;seed=1#loss>before.")(
            target=shortened(target)
        )
    )
