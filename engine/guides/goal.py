"""A goal of a guide: claims to be satisfied by changing the parameters that it names, evaluated frame by frame.

The target of its link is

    goal:NAME,NAME[@COUNT UNIT|@end][;seed=N]#CLAIM&CLAIM;reference=NAME:VALUE,…;near=NAME:VALUE,…;near=…[;view=…]

``reference`` are changes of the default parameters that reach the goal, and each ``near`` changes that just miss it;
both are for the tests. ``view`` is the view to show, if the parameters do not determine it. With ``@`` only a run that
has come so far counts. A label of the link, such as "Points right | Distance", names the quantities of the claims.
During an attempt one claim is shown: the first that does not hold yet, or else the last; claims whose numbers occur in
the goal's words have priority.
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
from engine.contract.frame import Frame
from engine.contract.params import Params, field_of
from engine.contract.run import Run
from engine.contract.text import Refused, Text, shortened
from engine.guides.claim import Claim, Finding, field_value, parse_claims
from engine.guides.tries import Reach, parse_changes, parse_reach

_TARGET = re.compile(
    r"goal:([a-z_][\w,]*)(?:@([^;#]+))?(?:;seed=(\d+))?#([^;]+)((?:;(?:reference|near)=[^;]*)+)(?:;view=(\w+))?",
    re.ASCII,
)
_ATTEMPT = re.compile(r";(reference|near)=([^;]*)")


@dataclass(frozen=True)
class Standing:
    """How far a frame satisfies a goal.

    ``value`` is the current value, as text, of the claim that is shown, and ``label`` its name; None if it has none at
    present, and then the goal is neither reached nor missed. ``distance`` is how far the value is from satisfying the
    claim. ``holds``: all claims are true. ``waits``: the run has not come far enough to count. ``others`` are
    parameters that were changed although the goal does not name them, so that it is not reached.
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
    """A goal: claims to be satisfied by changing certain parameters.

    ``words`` describe it, ``why`` is shown when it is reached, ``hints`` are shown one after the other on demand.
    """

    target: str
    names: tuple[str, ...]
    claims: tuple[Claim, ...]
    reach: Reach = Reach()
    seed: int | None = None
    reference: Mapping[str, str] = field(default_factory=dict)
    near: tuple[Mapping[str, str], ...] = ()
    view: str = ""
    words: str = ""
    why: str = ""
    hints: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The key for storing progress: the same in every language, another one if the goal's target changes."""
        return self.target.partition(";reference")[0]

    def standing(self, experiment: Experiment[Any, Any], params: Params, frame: Frame) -> Standing:
        """Evaluates the goal on a frame that was computed with these parameters."""
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
        """The index of the claim that is shown to the learner.

        It is a failing claim, if possible one whose name the goal's words mention; of several the first. −1, the last
        claim, if none fails, or if the claims have no names.
        """
        if not failing or not self.claims[0].label:
            return -1
        named = [index for index in failing if self.claims[index].is_named_in(self.words)]
        return (named or failing)[0]

    def labelled(self, labels: tuple[str, ...]) -> Goal:
        """A copy whose claims have these labels, the names of their quantities that are shown to the learner. There
        must be one for each claim; without any, the goal itself is returned.
        """
        if not labels:
            return self
        if len(labels) != len(self.claims):
            raise _refusal(self.target)
        named = zip(self.claims, labels, strict=True)
        return dataclasses.replace(self, claims=tuple(dataclasses.replace(one, label=label) for one, label in named))

    def start(self, experiment: Experiment[Any, Any]) -> Params:
        """The initial parameters of an attempt."""
        params_type = experiment.params_type
        known = _defaults.get(params_type)
        if known is None:
            known = _defaults[params_type] = params_type()
        return known

    def picture(self, experiment: Experiment[Any, Any], params: Params) -> Mapping[str, object]:
        """The parameter changes after which the main picture shows the goal's quantities.

        It is the view that the goal names or, if it names none, whatever shows its parameters.
        """
        attempt = self.start(experiment).with_texts(self.reference)
        view = self.view or self.reference.get("view", "")
        wanted: dict[str, object] = {"view": view} if view else {}
        for name in self.names:
            visible = field_of(type(params), name).visible
            if visible is not None and visible.holds(attempt) and not visible.holds(params):
                wanted.setdefault(visible.field, getattr(attempt, visible.field))
        return {name: value for name, value in wanted.items() if getattr(params, name) != value}

    def run(self, experiment: Experiment[Any, Any], changes: Mapping[str, str], seed: int | None = None) -> Run:
        """The run of an attempt at the goal: the initial parameters with these changes."""
        chosen = seed if seed is not None else self.seed or 0
        return Run(experiment.id, self.start(experiment).with_texts(changes), chosen)


# Made and checked once: a goal asks for them with every frame.
_defaults: dict[type[Params], Params] = {}


def _is_harmless(field: Field) -> bool:
    """Whether a parameter has no effect on what is computed, so that a goal may ignore its changes."""
    return field.effect == "view" or field.beside


def parse_goal(target: str) -> Goal:
    """Parses a goal from a link's target, without words; Refused if it is invalid."""
    match = _TARGET.fullmatch(target)
    if not match:
        raise _refusal(target)
    names, reach, seed, claims, attempts, view = match.groups()
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
        view=view or "",
    )


def _finding(claim: Claim, frame: Frame) -> Finding | None:
    """Evaluates a claim on a frame; None if its value there is missing or nan."""
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
