"""A try of a guide: parameter changes that are applied with one click, and claims about what then happens.

The target of its link is

    try:NAME=VALUE&NAME=VALUE…[@COUNT UNIT|@end][;seed=N][;from=NAME:VALUE,…][#CLAIM&CLAIM…]

Values are written as on the command line. They change the experiment's default parameters, all together; after
``try+:`` they change the current parameters instead. ``from`` are changes of the defaults that are made first, for the
base too. ``@30 update`` plays the run up to update 30 (``@30%20update`` in Markdown, where links have no spaces),
``@end`` to its end or to ``default_steps``; by default it is played to ``opening``. The default seed is 0, so that a
try always shows the same. Claims are those of ``engine.guides.claim``; ``before`` there means the try's base, the same
run without the changes, played equally far. The characters & # @ ; % ( ) " and the space are percent-encoded in values,
after ``from`` the comma too.
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
from engine.contract.frame import Frame
from engine.contract.params import Params, fields_of
from engine.contract.protocol import Request
from engine.contract.run import Run
from engine.contract.text import Refused, Text, shortened
from engine.guides.claim import Claim, Finding, Slip, field_value, parse_claims
from engine.guides.sections import reading_minutes
from engine.playing import Player


@dataclass(frozen=True)
class AskedNumber:
    """A number that a try asks for: ``field`` is its path in the frame (``engine.guides.claim``), ``label`` its name.

    ``slips`` are the wrong numbers that known mistakes lead to.
    """

    field: str
    label: str
    slips: tuple[Slip, ...] = ()

    @staticmethod
    def is_right(given: float, value: Any) -> bool:
        """Whether a given number is right: exactly the value if that is an integer, else nearly."""
        from engine import asked_number

        return asked_number.is_right(given, value)


_TARGET = re.compile(r"try(\+?):([^@;#]*)(?:@([^;#]*))?(?:;seed=(\d+))?(?:;from=([^#]*))?(?:#(.+))?", re.ASCII)
_AMOUNT = re.compile(r"(\d+)\s*([a-z_]\w*)", re.ASCII)
_CHANGE = re.compile(r"([a-z_]\w*)=(.*)", re.ASCII | re.DOTALL)
_START = re.compile(r"([a-z_]\w*):(.*)", re.ASCII | re.DOTALL)

_CHOICE, _NUMBER, _REASON = 0.5, 1.0, 0.3
"""Estimated minutes to think about answers, to work out a number, and to find the reason."""

Checking = Generator[None, None, "Verdict"]


@dataclass(frozen=True)
class Reach:
    """How far a run is played: to an ``amount`` of updates or other units, to the end, or by default to its opening."""

    amount: Amount | None = None
    to_end: bool = False

    def stop(self, experiment: Experiment[Any, Any], params: Params) -> Amount | None:
        """How far to play a run with these parameters from its start; None means to the end."""
        if self.to_end:
            return experiment.default_steps_for(params)
        return self.amount or experiment.way_to_opening(params)

    def is_reached(self, experiment: Experiment[Any, Any], params: Params, frame: Frame) -> bool:
        """Whether the frame has come as far as the ``amount``; always True by default."""
        stop = self.stop(experiment, params) if self.amount or self.to_end else Amount(0, experiment.units[0].id)
        counts = frame.counts or (frame.update,)
        return frame.finished or (stop is not None and counts[experiment.unit_ids.index(stop.unit)] >= stop.count)


@dataclass(frozen=True)
class Answer:
    """One of the answers that a try offers; it is right if its claims hold. ``why`` is shown after it was chosen."""

    words: str
    claims: tuple[Claim, ...]
    why: str = ""

    @property
    def key(self) -> str:
        """A short key for storing progress, the same in every language and at every start."""
        return _short("&".join(map(str, self.claims)))


@dataclass(frozen=True)
class Reason:
    """One of the reasons offered for the right answer.

    A wrong reason has ``refuted``, a try whose claims disprove it, and ``why``, which says what is seen there. The true
    reason has neither.
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
    """Parameter changes that a guide's link applies, mostly with a question about what then happens.

    ``words`` are the link's, ``text`` follows it; ``claims`` with a label are shown. ``changes`` are values as text by
    parameter. They are applied to the defaults with the changes of ``start``, or, if it ``adds``, to the current
    parameters; the base for comparison is the same without ``changes``. A try with ``answers``, or with a ``number``,
    asks before it shows the result; with ``reasons`` it also asks for the reason of the right answer, whose index is
    ``explained``. ``after`` is the explanation shown afterwards. ``variants`` are other changes with which the question
    can be asked again; words may name a parameter, as in {b}, to show its value.

    A try marked ``here`` needs the main picture, and is not asked again later; one marked ``more`` is not part of the
    first pass. The result of one marked ``guess`` cannot be reasoned out: no answer counts as right or wrong, and it is
    not asked again. One marked ``five`` stands for the whole guide if there are only five minutes.
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
    more: bool = False
    guess: bool = False
    five: bool = False
    reasons: tuple[Reason, ...] = ()
    explained: int | None = None

    @property
    def key(self) -> str:
        """A short key for storing progress, the same in every language and at every start."""
        return _short(self.target)

    @property
    def asks(self) -> bool:
        """Whether the try asks something before it shows the result."""
        return bool(self.answers or self.number)

    @property
    def returns(self) -> bool:
        """Whether the question is asked again on a later day."""
        return self.asks and not self.here and not self.guess

    @property
    def minutes(self) -> float:
        """The estimated minutes for reading it, one of its explanations included, and for thinking about it."""
        longest = max((answer.why for answer in self.answers), key=len, default="")
        read = [self.words, self.text, *(answer.words for answer in self.answers), longest, self.after]
        read += [reason.words for reason in self.reasons]
        thought = _NUMBER if self.number is not None else _CHOICE if self.answers else 0.0
        return reading_minutes(read) + thought + _REASON * bool(self.reasons)

    def varied(self, experiment: Experiment[Any, Any], language: str, variant: int | None = None) -> Try:
        """A copy with the changes of this variant, or the try's own for None, and with parameter values inserted in its
        words.
        """
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
            number=self.number
            and dataclasses.replace(
                self.number,
                slips=tuple(dataclasses.replace(one, why=_filled(one.why, names)) for one in self.number.slips),
            ),
            # The runs that speak against reasons are those of the guide's own numbers.
            reasons=self.reasons if variant is None else (),
        )

    def run(self, experiment: Experiment[Any, Any], current: Run | None = None) -> Run:
        """The run to start; a try that ``adds`` applies its changes to the parameters of the ``current`` run."""
        base = self.base(experiment, current)
        return Run(experiment.id, base.params.with_texts(self.changes), base.seed)

    def base(self, experiment: Experiment[Any, Any], current: Run | None = None) -> Run:
        """The run without the changes, with whose frame that of ``run`` is compared."""
        params: Params = experiment.params_type().with_texts(self.start)
        seed = self.seed or 0
        if self.adds and current is not None:
            params = current.params
            seed = current.seed if self.seed is None else self.seed
        return Run(experiment.id, params, seed)


@dataclass(frozen=True)
class Verdict:
    """The result of a try: the findings of its claims and of each answer, and the frame reached.

    If it asks for a number, also that number and those of its slips. ``before`` is the frame of the base, the run
    without the changes, whose parameters are ``base``; None if it was not requested.
    """

    findings: tuple[Finding, ...]
    answers: tuple[tuple[Finding, ...], ...]
    params: Params
    frame: Frame
    base: Params
    before: Frame | None = None
    number: Any = None
    slips: tuple[float | None, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether all claims of the try are true."""
        return all(finding.holds for finding in self.findings)

    def is_right(self, answer: int) -> bool:
        """Whether all claims of an answer are true."""
        return all(finding.holds for finding in self.answers[answer])

    def slip(self, given: float) -> int | None:
        """The index of the slip that leads to the wrong number ``given``; None if none does."""
        from engine import asked_number

        return asked_number.slip_of(given, self.number, self.slips)

    @property
    def right_answer(self) -> int | None:
        """The index of the answer whose claims hold; None if the try has no answers."""
        return next((index for index in range(len(self.answers)) if self.is_right(index)), None)


def parse_target(target: str) -> Try:
    """Parses a try from a link's target, without words; Refused if it is invalid."""
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
    """Plays a try and evaluates its claims and answers on the frame reached.

    ``seed`` replaces the try's own. ``Refused`` if the experiment lacks a parameter, unit or field that the try names.
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
    """``check_try`` as a generator that yields after every update, so that the caller can do other things.

    With ``compare`` the base (the run without the changes) is played even if no claim needs it, so that a picture can
    show it; but not if there are no changes.
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
    """Evaluates the claims and answers of a try on its frame and on the frame of its base."""
    number = field_value(frame, asked.number.field) if asked.number else None
    return Verdict(
        findings=tuple(claim.test(frame, before) for claim in asked.claims),
        answers=tuple(tuple(claim.test(frame, before) for claim in answer.claims) for answer in asked.answers),
        params=params,
        frame=frame,
        base=base,
        before=before,
        number=number,
        slips=tuple(slip.value(params, frame, number) for slip in asked.number.slips) if asked.number else (),
    )


def played(experiment: Experiment[Any, Any], run: Run, stop: Amount | None) -> Generator[None, None, Frame]:
    """Plays a run to ``stop`` or its end, yields after every update, and returns the frame."""
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
    """Parses how far to play from the ``text`` after the @ of a target."""
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
    """Parses the changes of variants: ``NAME=VALUE&NAME=VALUE | NAME=VALUE…``."""
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
    """Parses changes written as ``NAME:VALUE,…``; None if the text has another form."""
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
