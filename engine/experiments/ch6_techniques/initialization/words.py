"""The texts of `initialization`: headline, status, the calculation for one layer, and tooltips."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial

import numpy as np

from engine.contract.api import (
    Probe,
    ProbePoint,
    Remedy,
    Status,
    Text,
    WorkingStep,
    format_short,
    listed,
    notation,
    percent,
    required,
    untranslated,
)
from engine.experiments.ch6_techniques.initialization.params import (
    CHOSEN,
    COMBINATIONS,
    HE,
    LEARNERS,
    SPREADS,
    WIDTH,
    XAVIER,
    InitializationFrame,
    InitializationParams,
)
from engine.experiments.shared.learning.batches import nearest_row

COLLAPSED, HUGE = 1e-3, 100.0
"""A notice appears if the last layer's standard deviation is below the first or above the second."""
_FLAT_LOSS, _FLAT_AFTER = 0.02, 300
"""A loss counts as flat if it differs from that of guessing by less than the first; a notice appears only after the
second number of updates.
"""

_ACTIVATIONS = Text("Standard deviation of the activations: {first} in layer 1, {last} in layer {layers}{flat}.")
_SATURATED = Text("; {share} of that layer are saturated")
_ZERO = Text("; {share} of that layer are 0")
_NEARLY_FLAT = Text("; {share} of that layer are where it is nearly flat")
_FLAT_SHARES = {"zero": _ZERO, "saturated": _SATURATED, "nearly flat": _NEARLY_FLAT}
"""The wordings about the last layer's flat share, by the kind of an activation function's flat part."""
_GRADIENTS = Text("Standard deviation of the gradients: {last} sent in at layer {layers}, {first} left at layer 1.")
_GRID = Text(
    "Layer {layers} of {count} combinations: the standard deviation goes from {least} ({lowest}) to {most} ({highest})."
)
_START = Text("Three networks, the same but for their initial weights.")
_RACE = Text("After {update:,} updates the loss is: {losses}.")
_PAIR = notation("{name} {value}")
_OF_NAME = Text("{value} ({name})")
_LOST = Text("lost")


def headline(params: InitializationParams, frame: InitializationFrame) -> Text:
    """One sentence: the standard deviations in the first and the last layer, the extremes of all combinations, or the
    losses.
    """
    if params.view == "train":
        if not frame.update:
            return _START
        return _RACE(update=frame.update, losses=_by_name(frame, frame.mean_losses, _three_decimals))
    if params.view == "grid":
        least, most = (find(frame.grid_stds) for find in (np.argmin, np.argmax))
        values = frame.grid_stds.ravel()
        return _GRID(
            count=COMBINATIONS,
            layers=frame.grid_layers,
            least=format_short(float(values[least])),
            most=format_short(float(values[most])),
            lowest=combination(int(least)),
            highest=combination(int(most)),
        )
    stds = frame.gradient_stds if params.view == "gradients" else frame.activation_stds[1:]
    ends = {"first": format_short(float(stds[0])), "last": format_short(float(stds[-1])), "layers": params.layers}
    if params.view == "gradients":
        return _GRADIENTS(**ends)
    return _ACTIVATIONS(**ends, flat=_flat_words(params, frame))


def _three_decimals(value: float) -> str:
    return f"{value:.3f}"


def _by_name(frame: InitializationFrame, values: np.ndarray, told: Callable[[float], str]) -> Text:
    """The values of the networks as text, each with the network's name."""
    return listed(
        [
            _OF_NAME(name=LEARNERS[name], value=_LOST if math.isnan(value) else told(value))
            for name, value in zip(frame.learners, values.tolist(), strict=True)
        ]
    )


def _flat_words(params: InitializationParams, frame: InitializationFrame) -> Text:
    """The end of the headline about the last layer's flat share; empty if it is nearly 0."""
    if frame.flat[-1] < 0.005:
        return untranslated("")
    return _FLAT_SHARES[CHOSEN[params.activation].flat_part](share=percent(float(frame.flat[-1])))


def spread_name(std: float) -> str:
    """The name of an offered standard deviation, or its value if it has none."""
    return SPREADS[std] or format_short(std)


def combination(number: int) -> Text:
    """The name of the combination with this index, in rows of one activation function each."""
    row, column = divmod(number, len(SPREADS))
    return _PAIR(name=list(CHOSEN.values())[row].name, value=spread_name(list(SPREADS)[column]))


_ALIKE = Text(
    "All {width} neurons of a layer give the same output and get the same gradients: they would stay alike for ever."
)
_COLLAPSE = Text("In layer {layers} the activations have nearly one value: their standard deviation is {std}.")
_EXPLODED = Text("In layer {layers} the activations have grown beyond measure: their standard deviation is {std}.")
_VANISHED = Text("Of a gradient of 1 at layer {layers}, {std} is left at layer 1.")
_FLAT = Text("With {activation} none of the three has learned anything: all losses are near ln 10, that of guessing.")
_DRAW, _TAKE = Text("Draw the weights"), Text("Take {name}")


def status(params: InitializationParams, frame: InitializationFrame) -> Status | None:
    """The notice about vanishing, exploding or equal signals or about failed learning, with a remedy; else None."""
    if params.view == "train":
        near = np.abs(frame.mean_losses - frame.chance_loss) < _FLAT_LOSS
        if frame.update < _FLAT_AFTER or not np.all(near):
            return None
        remedy = Remedy(_TAKE(name=CHOSEN["relu"].name), {"activation": "relu"})
        return Status("plateau", _FLAT(activation=CHOSEN[params.activation].name), remedy)
    if params.view == "grid":
        return None
    if frame.different[-1] == 1:
        return Status("alike", _ALIKE(width=WIDTH), Remedy(_DRAW, {"weights": "normal"}))
    values = {"layers": params.layers}
    if required(frame.last_std) < COLLAPSED:
        return Status("collapsed", _COLLAPSE(**values, std=format_short(required(frame.last_std))), _remedy(params))
    if required(frame.last_std) > HUGE:
        return Status("exploded", _EXPLODED(**values, std=format_short(required(frame.last_std))), _remedy(params))
    if frame.first_gradient < COLLAPSED * frame.gradient_stds[-1] and params.view == "gradients":
        return Status("vanished", _VANISHED(**values, std=format_short(required(frame.first_gradient))))
    return None


def _remedy(params: InitializationParams) -> Remedy:
    """A remedy with the suitable standard deviation: He's for functions like ReLU, Xavier's for others."""
    std = HE if CHOSEN[params.activation].looks_like_relu else XAVIER
    return Remedy(_TAKE(name=SPREADS[std]), {"std": std})


_OF_XAVIER = Text("Xavier, for {n} inputs")
_OF_HE = Text("He, for {n} inputs")
_GAIN = Text("by what a sum of {n} terms spreads more than its inputs")
_SUMS = Text("spread to be expected of the sums of layer {layer}; m is the mean of the squares that come in")
_PASSED = Text("layer {layer}: its spread by that of what comes in")


def working(params: InitializationParams, frame: InitializationFrame) -> tuple[WorkingStep, ...]:
    """The calculation of Xavier's and He's standard deviations, and of that to expect of the selected layer's sums."""
    if params.view not in ("activations", "gradients"):
        return ()
    n, layer = float(WIDTH), params.selected[1]
    rules = (
        WorkingStep("σX", "sqrt(1 / {n})", {"n": n}, XAVIER, _OF_XAVIER(n=WIDTH)),
        WorkingStep("σH", "sqrt(2 / {n})", {"n": n}, HE, _OF_HE(n=WIDTH)),
    )
    if params.weights == "alike":
        return rules
    gain, m = params.std * math.sqrt(n), float(frame.mean_squares[layer])
    lines = [*rules, WorkingStep("g", "{σ}·sqrt({n})", {"σ": params.std, "n": n}, gain, _GAIN(n=WIDTH))]
    # Squares of numbers below 10⁻¹⁵⁴ are 0 in every format, of those above 10¹⁵⁴ infinite.
    if 0 < m < math.inf:
        lines.append(
            WorkingStep("s", "{g}·sqrt({m})", {"g": gain, "m": m}, gain * math.sqrt(m), _SUMS(layer=layer + 1))
        )
    before, after = frame.activation_stds[layer : layer + 2].tolist()
    if before > 0:
        lines.append(WorkingStep("q", "{t} / {s}", {"t": after, "s": before}, after / before, _PASSED(layer=layer + 1)))
    return tuple(lines)


_OF_LAYER = Text(
    "layer {layer}: activations {std}, gradients {gradient} (standard deviations); {dead} of {width} neurons dead"
)
_OF_UPDATE = Text("update {update}: {values}")


def probe(params: InitializationParams, frame: InitializationFrame, spot: ProbePoint) -> Probe | None:
    """The tooltip at ``spot``: in the plot "layers" a layer, in the plots "loss" and "accuracy" an update."""
    if spot.part == "layers" and 1 <= spot.bar <= len(frame.flat):
        row = spot.bar - 1
        return Probe(_OF_LAYER(layer=spot.bar, std=format_short(float(frame.activation_stds[spot.bar])),
                               gradient=format_short(float(frame.gradient_stds[row])),
                               dead=round(WIDTH * float(frame.dead[row])), width=WIDTH))  # fmt: skip
    losses = spot.part == "loss"
    at, rows = (frame.loss_updates, frame.loss_mean) if losses else (frame.sample_updates, frame.sample_test)
    if spot.part not in ("loss", "accuracy") or not len(at):
        return None
    column = nearest_row(at, spot.x)
    values = _by_name(frame, rows[:, column], _three_decimals if losses else partial(percent, decimals=1))
    return Probe(_OF_UPDATE(update=int(at[column]), values=values))
