"""Repair exercise: a gradient check of batch normalization that finds no fault in any layer."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.contract.text import Text
from engine.exercises import giving
from engine.exercises.exercise import Check, Exercise, Inputs, Search, Values
from engine.exercises.faulty_layers import LAYERS
from engine.pieces.mistakes.techniques import ONE_SAMPLE
from engine.pieces.piece import Piece

_NOTICED = 1e-4
_ENOUGH = 3
"""The fewest samples of a useful check: with two, x̂ is always +1 and −1, whatever the input."""
_CHANCE = np.random.RandomState()


def _use(written: Any, layer: str, samples: int | None = None) -> Values:
    """Runs the learner's gradient check on a layer of ``LAYERS``, whose gradients are right or wrong.

    Yields whether it found an error (None if it returned nothing, −1 if its number is negative), the size of its batch
    (at most ``_ENOUGH``), whether all rows of the batch were nearly equal, and the difference between gradients that it
    returned.
    """
    _CHANCE.seed(34)  # by which the first two samples lie well apart; near ones would let ε count
    looked_at = LAYERS[layer]()
    found = written(looked_at) if samples is None else written(looked_at, samples)
    if found is None:
        yield "caught", None
        return
    yield "caught", int(found > _NOTICED) - int(found < -_NOTICED)
    yield "N", min(looked_at.samples, _ENOUGH)
    yield "alike", int(looked_at.alike)
    yield "difference", found


def _layer(name: str) -> Inputs:
    return {"layer": name}


_LOOKED_AT = ("caught", "N", "alike")
_PASSES = ("caught", "difference")
EXERCISE = Exercise(
    id="mend_check",
    order=101,
    title=Text("a check that finds nothing"),
    task=Text(
        "This gradient check is content with every batch normalization, also with layers whose backward is wrong. The "
        "layers are as they are; mend the check."
    ),
    piece=Piece("techniques.difference"),
    fault=ONE_SAMPLE,
    use=_use,
    names={
        "caught": Text("caught"),
        "alike": Text("alike"),
        "difference": Text("difference", context="of two gradients"),
    },
    gives=lambda: {"rand": _CHANCE.rand},
    counts={"rand": giving.of_shape, "numerical_gradient": giving.of_differences},
    checks=(
        Check(Text("a layer that is right passes"), lambda: _layer("right"), _PASSES, tolerance=_NOTICED),
        Check(Text("twice the gradient is caught"), lambda: _layer("doubled"), _LOOKED_AT),
        Check(Text("the wrong sign is caught"), lambda: _layer("turned"), _LOOKED_AT),
        Check(
            Text("a σ that is taken as fixed is caught"),
            lambda: _layer("fixed_spread"),
            _LOOKED_AT,
        ),
        Check(Text("a single number that is too small is caught"), lambda: _layer("one_too_small"), _LOOKED_AT),
        Check(
            Text("in a test a layer that is right passes, too"), lambda: _layer("in_test"), _PASSES, tolerance=_NOTICED
        ),
    ),
    hints=(
        Text("Normalize a batch of one sample by hand: x minus its mean. How does that depend on x?"),
        Text("If the output does not depend on x, every gradient is 0; twice 0, and minus 0, is 0, too."),
        Text("Two samples become +1 and −1, whatever they are. How many does it take?"),
    ),
    mends="one_sample_check",
    search=Search(
        Text(
            "Find it first. One layer is right, the other gives twice the gradient: for how many samples N does this "
            "check tell them apart?"
        ),
        "N",
        lambda samples: {"layer": "doubled", "samples": samples},
        start=1,
        bounds=(1, 10),
        quantities=("difference",),
        beside=lambda samples: {"layer": "right", "samples": samples},
        sides=(Text("the wrong layer"), Text("the right one", context="layer")),
    ),
)
