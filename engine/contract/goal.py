"""A goal of a guide: what is to be reached by changing the parameters that it names, judged frame by frame.

The target of its link is

    goal:NAME,NAME[@COUNT UNIT|@end][;seed=N]#CLAIM&CLAIM;reference=NAME:VALUE,…;near=NAME:VALUE,…;near=…

``reference`` are changes of the default parameters that reach it, each ``near`` some that just miss it; they are for
the tests. With ``@`` only a run that has come so far counts. The last claim is the one that is told while one tries.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from numbers import Real
from urllib.parse import unquote

from engine.contract.claim import Claim, Finding, field_value, parse_claims
from engine.contract.experiment import Experiment
from engine.contract.frame import Frame
from engine.contract.params import Params, field_of
from engine.contract.refusal import Refused, shortened
from engine.contract.run import Run
from engine.contract.text import Text
from engine.contract.tries import Reach, parse_reach

_TARGET = re.compile(
    r"goal:([a-z_][\w,]*)(?:@([^;#]+))?(?:;seed=(\d+))?#([^;]+)((?:;(?:reference|near)=[^;]*)+)", re.ASCII
)
_ATTEMPT = re.compile(r";(reference|near)=([^;]*)")
_CHANGE = re.compile(r"([a-z_]\w*):(.*)", re.ASCII | re.DOTALL)


@dataclass(frozen=True)
class Standing:
    """How a frame stands to a goal.

    ``others`` are the parameters that were changed although the goal does not name them; ``value`` is what the last
    claim is about, in words. It is None where there is no such value now, which makes the goal neither reached nor
    wrong.
    """

    reached: bool
    others: tuple[str, ...]
    value: Text | None


@dataclass(frozen=True)
class Goal:
    """``words`` say what is to be reached, ``why`` is told when it is; ``hints`` one after the other, on demand."""

    target: str
    names: tuple[str, ...]
    claims: tuple[Claim, ...]
    reach: Reach = Reach()
    seed: int | None = None
    reference: Mapping[str, str] = field(default_factory=dict)
    near: tuple[Mapping[str, str], ...] = ()
    words: str = ""
    why: str = ""
    hints: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What it is remembered by: the same in both languages, and until what is to be reached changes."""
        return self.target.partition(";reference")[0]

    def standing(self, experiment: Experiment, params: Params, frame: Frame) -> Standing:
        """How a frame with these parameters stands to the goal."""
        start = experiment.params_type()
        others = tuple(
            name
            for name in params.differing(start)
            if name not in self.names and field_of(type(params), name).effect != "view"
        )
        findings = [_finding(claim, frame) for claim in self.claims]
        met = all(finding is not None and finding.holds for finding in findings)
        far = self.reach.is_reached(experiment, params, frame)
        return Standing(met and far and not others, others, findings[-1].spelled if findings[-1] else None)

    def run(self, experiment: Experiment, changes: Mapping[str, str], seed: int | None = None) -> Run:
        """The run that an attempt asks for: the defaults with these changes."""
        chosen = seed if seed is not None else self.seed or 0
        return Run(experiment.id, experiment.params_type().with_texts(changes), chosen)


def parse_goal(target: str) -> Goal:
    """The goal that a link's target spells, without words; Refused for anything that is not in the grammar."""
    match = _TARGET.fullmatch(target)
    if not match:
        raise _refusal(target)
    names, reach, seed, claims, attempts = match.groups()
    found = [(kind, _changes(target, text)) for kind, text in _ATTEMPT.findall(attempts)]
    references = [changes for kind, changes in found if kind == "reference"]
    if len(references) != 1:
        raise _refusal(target)
    return Goal(
        target=target,
        names=tuple(names.split(",")),
        claims=parse_claims(unquote(claims)),
        reach=parse_reach(target, reach),
        seed=int(seed) if seed is not None else None,
        reference=references[0],
        near=tuple(changes for kind, changes in found if kind == "near"),
    )


def _finding(claim: Claim, frame: Frame) -> Finding | None:
    """The claim held against a frame; None where the value that it is about is missing there, or is no number."""
    value = field_value(frame, claim.field)
    missing = value is None or (isinstance(value, Real) and math.isnan(value))
    return None if missing and claim.value != "none" else claim.test(frame)


def _changes(target: str, text: str) -> dict[str, str]:
    matches = [_CHANGE.fullmatch(part) for part in text.split(",") if part]
    if not all(matches):
        raise _refusal(target)
    return {match[1]: unquote(match[2]) for match in matches}


def _refusal(target: str) -> Refused:
    return Refused(
        Text(
            "“{target}” is not a goal such as goal:b,w1@end#correct=4;reference=b:-0.7;near=b:-0.5.",
            "“{target}”不是挑战的写法，应像 goal:b,w1@end#correct=4;reference=b:-0.7;near=b:-0.5。",
        )(target=shortened(target))
    )
