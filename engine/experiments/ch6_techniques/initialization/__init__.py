"""Initial weights: samples pass through many equal layers, gradients come back, and networks learn from different
starts.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from typing import Any

import numpy as np

from engine.contract.api import (
    Amount,
    CodeMark,
    Pace,
    Preset,
    ProbePoint,
    Process,
    Progress,
    RandomStreams,
    Table,
    table_of,
)
from engine.contract.text import Text
from engine.experiments.ch6_techniques.initialization import words
from engine.experiments.ch6_techniques.initialization.params import (
    BINS,
    CHOSEN,
    COMBINATIONS,
    HE,
    LEARNERS,
    SPREADS,
    WIDTH,
    XAVIER,
    InitializationFrame,
    InitializationParams,
    caught,
)
from engine.experiments.ch6_techniques.initialization.process import Learning, grid_of, layers_of
from engine.experiments.shared.learning.batch_run import DigitsTraining
from engine.experiments.shared.learning.race import RACE_MEASURES, race_tables
from engine.nn import gaussian, he, xavier
from engine.nn.deep_network import deep_network
from engine.nn.signal_flow import activations_forward, gradients_backward

_LAYER, _FROM, _TO = Text("layer"), Text("from"), Text("to")
_RULES = {XAVIER: "xavier", HE: "he"}


class Initialization(DigitsTraining[InitializationParams, InitializationFrame]):
    """1,000 samples pass through layers of 100 neurons. In the view "train" three networks learn MNIST, as a run."""

    order = 3
    title = Text("Initial weights: how activations spread or vanish")
    opening = Amount(100, "update")
    pace = Pace(60, "update")
    measures = RACE_MEASURES
    default_steps = Amount(300, "update")
    process = Learning
    presets = (
        Preset("small", Text("sigmoid, std 0.01"), {"std": 0.01}),
        Preset("xavier", Text("tanh, Xavier"), {"activation": "tanh", "std": XAVIER}),
        Preset("he", Text("ReLU, He"), {"activation": "relu", "std": HE}),
        Preset(
            "deep",
            Text("100 layers of ReLU, Xavier"),
            {"activation": "relu", "std": XAVIER, "layers": 100, "selected": (0, 99)},
        ),
        Preset("alike", Text("All weights alike"), {"weights": "alike", "std": 0.01}),
        Preset(
            "grid",
            Text("All {count} combinations")(count=COMBINATIONS),
            {"view": "grid"},
        ),
    )
    code = (
        *(xavier, he, gaussian, activations_forward, gradients_backward),
        *(one.function for one in CHOSEN.values()),
        *(one.slope for one in CHOSEN.values()),
        deep_network,
    )

    def begin(self, params: InitializationParams, streams: RandomStreams) -> Generator[Progress, None, Process]:
        if params.view != "train":
            return (yield from (grid_of if params.view == "grid" else layers_of)(params, streams))
        return (yield from super().begin(params, streams))

    def has_course(self, params: InitializationParams) -> bool:
        return params.view == "train"

    headline = staticmethod(words.headline)
    working = staticmethod(words.working)
    probe = staticmethod(words.probe)

    def settle(self, params: InitializationParams, changes: Mapping[str, Any]) -> Mapping[str, object]:
        """A standard deviation that is dragged near an option snaps to it."""
        return {**changes, "std": caught(changes["std"])} if "std" in changes else changes

    def click(self, params: InitializationParams, frame: InitializationFrame, handle: str) -> Mapping[str, object]:
        """The parameter changes of a click on a handle.

        ``layer.N``, N from 1, selects a layer. ``ACTIVATION.N`` shows the layers with that activation function and the
        standard deviation with the index N in ``SPREADS``.
        """
        first, _, number = handle.partition(".")
        if first == "layer":
            return {"selected": (0, int(number) - 1)}
        return {"view": "activations", "activation": first, "std": list(SPREADS)[int(number)]}

    def click_at(
        self, params: InitializationParams, frame: InitializationFrame, spot: ProbePoint
    ) -> Mapping[str, object]:
        """The parameter change of a click on the curves, which selects the layer there."""
        if spot.part == "layers" and 1 <= spot.bar <= params.layers and spot.bar - 1 != params.selected[1]:
            return {"selected": (0, spot.bar - 1)}
        return {}

    def code_mark(self, params: InitializationParams, frame: InitializationFrame) -> CodeMark | None:
        return CodeMark(_RULES[params.std], "return") if params.std in _RULES else None

    def main_tables(self, params: InitializationParams, frame: InitializationFrame) -> tuple[Table, ...]:
        if params.view == "train":
            return race_tables(frame, LEARNERS)
        if params.view == "grid":
            return (_grid_table(frame),)
        layers = range(1, params.layers + 1)
        table = table_of(
            "layers",
            Text("layers"),
            layer=(layers, _LAYER),
            activation_std=(frame.activation_stds[1:], Text("std of the activations")),
            gradient_std=(frame.gradient_stds, Text("std of the gradients")),
            saturated=(frame.flat, Text("share saturated or 0")),
            dead=(np.round(frame.dead * WIDTH).astype(int), Text("dead neurons")),
            different=(frame.different, Text("neurons that differ")),
        )
        shares = [
            _histograms("activations", Text("histograms of activations"), frame.activation_axis,
                        frame.activation_shares),
            _histograms("gradients", Text("histograms of gradients"), frame.gradient_axis,
                        frame.gradient_shares),
        ]  # fmt: skip
        return (table, *(reversed(shares) if params.view == "gradients" else shares))


def _histograms(name: str, label: Text, axis: np.ndarray, shares: np.ndarray) -> Table:
    """The table of all layers' histograms: a row for every bin of every layer."""
    edges = np.linspace(float(axis[0]), float(axis[1]), BINS + 1)
    count = len(shares)
    return table_of(
        name,
        label,
        layer=(np.repeat(np.arange(1, count + 1), BINS), _LAYER),
        **{"from": (np.tile(edges[:-1], count), _FROM), "to": (np.tile(edges[1:], count), _TO)},
        share=(shares.ravel(), Text("share")),
    )


def _grid_table(frame: InitializationFrame) -> Table:
    """The table of all combinations of activation function and standard deviation, a row each."""
    return table_of(
        "combinations",
        Text("combinations"),
        activation=(np.repeat(list(CHOSEN), len(SPREADS)), Text("activation")),
        weight_std=(np.tile(list(SPREADS), len(CHOSEN)), Text("std of the weights")),
        activation_std=(frame.grid_stds.ravel(), Text("std in the last layer")),
        gradient_std=(frame.grid_gradients.ravel(), Text("std of the gradients at layer 1")),
    )
