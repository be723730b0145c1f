"""A goal of a guide: what is to be reached by changing the parameters that it names, judged frame by frame.

The target of its link is

    goal:NAME,NAME[@COUNT UNIT|@end][;seed=N]#CLAIM&CLAIM;reference=NAME:VALUE,…;near=NAME:VALUE,…;near=…

``reference`` are changes of the default parameters that reach it, each ``near`` some that just miss it; they are for
the tests. With ``@`` only a run that has come so far counts. A label of the link, such as "Points right | Distance",
names the quantities of the claims; while one tries, the first that does not hold yet is told, or the last. Those whose
numbers the words say come first.
"""

from __future__ import annotations

import dataclasses
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from numbers import Real
from typing import Any
from urllib.parse import unquote

from engine.contract.experiment import Experiment
from engine.contract.fields import Field
from engine.contract.output.frame import Frame
from engine.contract.params import Params, field_of
from engine.contract.run.run import Run
from engine.contract.text.refusal import Refused, shortened
from engine.contract.text.text import Text
from engine.guides.claim import Claim, Finding, field_value, parse_claims
from engine.guides.tries import Reach, parse_changes, parse_reach

_TARGET = re.compile(
    r"goal:([a-z_][\w,]*)(?:@([^;#]+))?(?:;seed=(\d+))?#([^;]+)((?:;(?:reference|near)=[^;]*)+)", re.ASCII
)
_ATTEMPT = re.compile(r";(reference|near)=([^;]*)")


@dataclass(frozen=True)
class Standing:
    """How a frame stands to a goal.

    ``others`` are the parameters that were changed although the goal does not name them; ``value`` is, in words, what
    the claim is about that is told, and ``label`` its name. The value is None where there is none now, which makes the
    goal neither reached nor wrong; ``distance`` is how far it is from where it would do. ``holds`` says that every
    claim does; ``waits``, that the run has not come far enough to count.
    """

    reached: bool
    others: tuple[str, ...]
    value: Text | None
    label: str = ""
    holds: bool = False
    waits: bool = False
    distance: Text | None = None


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

    def standing(self, experiment: Experiment[Any, Any], params: Params, frame: Frame) -> Standing:
        """How a frame with these parameters stands to the goal."""
        # What the named ones bring with them, such as a matrix that a larger layer needs, was not changed by itself.
        start = self.start(experiment).replaced({name: getattr(params, name) for name in self.names})
        others = tuple(
            name
            for name in params.differing(start)
            if name not in self.names and not _is_harmless(field_of(type(params), name))
        )
        findings = [_finding(claim, frame) for claim in self.claims]
        failing = [index for index, finding in enumerate(findings) if finding is None or not finding.holds]
        told = self._told([index for index in failing if findings[index] is not None] or failing)
        far = self.reach.is_reached(experiment, params, frame)
        finding = findings[told]
        value, distance = (finding.spelled, finding.distance) if finding else (None, None)
        label, holds = self.claims[told].label, not failing
        return Standing(holds and far and not others, others, value, label, holds, not far, distance)

    def _told(self, failing: Sequence[int]) -> int:
        """Which claim is told: the first that fails of those that the words of the goal are about, or else of all; the
        last where none fails, or they have no names.
        """
        if not failing or not self.claims[0].label:
            return -1
        named = [index for index in failing if self.claims[index].is_named_in(self.words)]
        return (named or failing)[0]

    def labelled(self, labels: tuple[str, ...]) -> Goal:
        """The goal with names for the quantities of its claims, one for each; none leaves it as it is."""
        if not labels:
            return self
        if len(labels) != len(self.claims):
            raise _refusal(self.target)
        named = zip(self.claims, labels, strict=True)
        return dataclasses.replace(self, claims=tuple(dataclasses.replace(one, label=label) for one, label in named))

    def start(self, experiment: Experiment[Any, Any]) -> Params:
        """The parameters that an attempt begins from."""
        params_type = experiment.params_type
        known = _defaults.get(params_type)
        if known is None:
            known = _defaults[params_type] = params_type()
        return known

    def run(self, experiment: Experiment[Any, Any], changes: Mapping[str, str], seed: int | None = None) -> Run:
        """The run that an attempt asks for: what it begins from with these changes."""
        chosen = seed if seed is not None else self.seed or 0
        return Run(experiment.id, self.start(experiment).with_texts(changes), chosen)


# Made and checked once: a goal asks for them with every frame.
_defaults: dict[type[Params], Params] = {}


def _is_harmless(field: Field) -> bool:
    """Whether a parameter has nothing to do with what is computed."""
    return field.effect == "view" or field.beside


def parse_goal(target: str) -> Goal:
    """The goal that a link's target spells, without words; Refused for anything that is not in the grammar."""
    match = _TARGET.fullmatch(target)
    if not match:
        raise _refusal(target)
    names, reach, seed, claims, attempts = match.groups()
    found: list[tuple[str, dict[str, str]]] = []
    for kind, text in _ATTEMPT.findall(attempts):
        changes = parse_changes(text)
        if changes is None:
            raise _refusal(target)
        found.append((kind, changes))
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
    try:
        value = field_value(frame, claim.field)
    except Refused:
        # A network of the learner's own may have fewer maps than the goal speaks of.
        return None
    missing = value is None or (isinstance(value, Real) and math.isnan(value))
    return None if missing and claim.value != "none" else claim.test(frame)


def _refusal(target: str) -> Refused:
    return Refused(
        Text("“{target}” is not a goal such as goal:b,w1@end#correct=4;reference=b:-0.7;near=b:-0.5.")(
            target=shortened(target)
        )
    )
