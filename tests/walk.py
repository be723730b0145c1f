"""What the walks over the catalogue share: every experiment, opened and played."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from engine.contract.catalogue import entries, load
from engine.contract.experiment import Amount, Experiment
from engine.contract.fields import Field
from engine.contract.frame import Frame
from engine.contract.handle import ProbePoint
from engine.contract.params import Params, fields_of
from engine.contract.run import Run
from engine.playing import Player
from tests.other_values import other_values

EXPERIMENT_IDS = [entry.id for entry in entries()]
_SOME_PLACES = ((0.3, 0.4), (1.2, 1.4), (20.0, 0.5))
_SOON, _AT_ONCE = 20, 2
"""At most so many units of a run are gone through by defaults and presets, and updates by every value of a field."""


def some_frames(experiment: Experiment, params: Params | None = None, steps: int = 40) -> list[Frame]:
    """The first frames of a run, one an update, at most ``steps`` + 1."""
    player = Player(experiment, Run(experiment.id, params or experiment.params_type()))
    frames = [player.go()]
    while not player.finished and len(frames) <= steps:
        frames.append(player.go(1))
    return frames


def some_spots(experiment_id: str) -> list[ProbePoint]:
    """Places at which something may be said, in each part that the view names: in a plane, of the first bars and cells,
    along a curve.
    """
    views = Path(__file__).resolve().parents[1] / "gui" / "views"
    (view,) = views.glob(f"*/{experiment_id}.py")
    parts = re.findall(r'probe_plot\([^,()]+, "(\w+)"\)', view.read_text(encoding="utf-8"))
    return [ProbePoint(x, y, part) for part in ("", *parts) for x, y in _SOME_PLACES]


def runs_whole(ids: Sequence[str] = tuple(EXPERIMENT_IDS)) -> list[Any]:
    """Experiments as cases of a law that plays them to the end: of those that learn by runs only with ``--whole``."""
    return [pytest.param(one, marks=[pytest.mark.whole] * (load(one).shape == "run")) for one in ids]


OF_EACH_CHAPTER = ("gates", "softmax", "descent", "graph", "batch_norm", "pooling")
IN_EVERY_APPEARANCE = (
    *OF_EACH_CHAPTER,
    "perceptron_rule",
    "digits",
    "training",
    "playground",
    "optimizers",
    "feature_maps",
)
"""Two experiments of each chapter, whose pictures are approved in each language, theme and size of type."""


WHOLE = False
"""Whether moments are those of every preset with every other choice too: set by ``--whole``."""


@lru_cache(maxsize=2)  # tests of one experiment run one after the other
def moments(experiment_id: str) -> list[tuple[str, Params, Frame]]:
    """Frames to look at, each with its name and its parameters: the first ones of the defaults, then the opening of
    every preset, of every field's other values, and, of the whole, of every preset with another choice.
    """
    experiment = load(experiment_id)
    defaults = experiment.params_type()
    found = [(f"update {frame.update}", defaults, frame) for frame in some_frames(experiment, steps=3)]
    looks = {name for name, field in fields_of(experiment.params_type).items() if field.effect == "view"}
    bases = {"defaults", *(preset.id for preset in experiment.presets)}
    frames: dict[Params, Frame] = {}
    for name, params in _settings(experiment):
        # Another look is at the same frame.
        played = params.replaced({look: getattr(defaults, look) for look in looks})
        if played not in frames:
            opening = experiment.way_to_opening(played)
            player = Player(experiment, Run(experiment.id, played))
            if name in bases or WHOLE:
                frames[played] = player.go_by(Amount(min(opening.count, _SOON), opening.unit))
            else:
                frames[played] = player.go(min(opening.count, _AT_ONCE))
        found.append((name, params, frames[played]))
    return found


def _settings(experiment: Experiment) -> Iterator[tuple[str, Params]]:
    defaults = experiment.params_type()
    yield "defaults", defaults
    yield from _with_other_values(experiment, "", defaults)
    for preset in experiment.presets:
        params = defaults.replaced(preset.changes)
        yield preset.id, params
        if not WHOLE:
            continue
        # A run takes long, and what restarts it was seen with the defaults: presets are looked at in every way instead.
        effects = ("view",) if experiment.shape == "run" else ("restart", "live", "view")
        yield from _with_other_values(experiment, f"{preset.id}, ", params, ("choice", "switch"), effects)


def _with_other_values(
    experiment: Experiment, name: str, params: Params, kinds: tuple[str, ...] = (), effects: tuple[str, ...] = ()
) -> Iterator[tuple[str, Params]]:
    for path, field in fields_of(experiment.params_type).items():
        if (not kinds or field.kind in kinds) and (not effects or field.effect in effects):
            for number, value in enumerate(other_values(field, getattr(params, path))):
                yield f"{name}{path} {number}", params.replaced({**_seen(field, params), path: value})


def _seen(field: Field, params: Params) -> dict[str, object]:
    """What shows a field that is hidden with these parameters."""
    visible = field.visible
    return {} if visible is None or visible.holds(params) else {visible.field: visible.values[0]}
