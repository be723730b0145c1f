"""The moments at which an experiment is looked at and read, played once a process for all laws and approvals.

Of each experiment, in this order: every preset as it opens (the defaults are the preset ""), every preset after its
run, and every try of the guide. Frames are read-only, so that all tests may share them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from engine.contract.catalogue import load
from engine.contract.experiment import Experiment
from engine.contract.frame import Frame
from engine.contract.params import Params
from engine.contract.run import Run
from engine.contract.text import LANGUAGES
from engine.guides.guide import load_guide
from engine.guides.tries import Try, Verdict, checking, judged
from engine.playing import Player, opened

FARTHEST = {"optimizer_race": 120, "overfitting": 200, "hyperparameters": 400, "training": 300, "cnn": 20}
"""Updates after which the run of a preset is looked at, where going as far as usual would take seconds."""

_TO_THE_END = 100_000


@dataclass(frozen=True)
class Shot:
    """One moment: ``name`` tells it from all others of its experiment, as in "AND, run" or "try 2".

    ``before`` is what a try is compared with, its parameters and its frame; ``verdict`` is what came of the try.
    """

    name: str
    kind: Literal["opening", "run", "try"]
    preset: str
    params: Params
    frame: Frame
    before: tuple[Params, Frame] | None = None
    asked: Try | None = None
    verdict: Verdict | None = None


@lru_cache(maxsize=2)  # tests of one experiment run one after the other, and frames may be large
def shots(experiment_id: str) -> tuple[Shot, ...]:
    """All shots of an experiment."""
    experiment = load(experiment_id)
    return (*openings(experiment_id), *_runs(experiment), *_tries(experiment))


@lru_cache(maxsize=2)
def openings(experiment_id: str) -> tuple[Shot, ...]:
    """The shots of the openings alone, which take no time."""
    experiment = load(experiment_id)
    return tuple(
        Shot(name, "opening", preset, params, opened(experiment, params)[1])
        for name, preset, params in _settings(experiment)
    )


def verdicts(experiment_id: str, language: str) -> list[tuple[Try, Verdict]]:
    """The tries of a guide with what comes of them; those of all languages are played alike, and once."""
    played = [shot.verdict for shot in shots(experiment_id) if shot.verdict is not None]
    tries = load_guide(experiment_id, language).tries
    return [
        (asked, judged(asked, one.params, one.frame, one.base, one.before))
        for asked, one in zip(tries, played, strict=True)
    ]


def _settings(experiment: Experiment) -> Iterator[tuple[str, str, Params]]:
    """A name for people, the preset's id and its parameters; the defaults first."""
    defaults = experiment.params_type()
    yield "defaults", "", defaults
    for preset in experiment.presets:
        yield preset.id, preset.id, defaults.replaced(preset.changes)


def _runs(experiment: Experiment) -> Iterator[Shot]:
    for name, preset, params in _settings(experiment):
        if experiment.has_course(params):
            player = Player(experiment, Run(experiment.id, params))
            yield Shot(f"{name}, run", "run", preset, params, _run_through(experiment, player))


def _run_through(experiment: Experiment, player: Player) -> Frame:
    amount, farthest = experiment.default_steps_for(player.params), FARTHEST.get(experiment.id, _TO_THE_END)
    if amount is None or amount.count > farthest:
        return player.go(farthest)
    return player.go_by(amount)


def _tries(experiment: Experiment) -> Iterator[Shot]:
    for number, asked in enumerate(load_guide(experiment.id, LANGUAGES[0]).tries, start=1):
        steps = checking(experiment, asked, compare=True)
        while True:
            try:
                next(steps)
            except StopIteration as stop:
                verdict = stop.value
                break
        before = (verdict.base, verdict.before) if verdict.before is not None else None
        yield Shot(f"try {number}", "try", "", verdict.params, verdict.frame, before, asked, verdict)
