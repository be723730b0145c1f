"""A program: the experiments with more records than those of the house, and what then is offered, said and drawn.

A made-up optimizer and a made-up activation stand in the middle of the lists. It has to be a process of its own, since
fields are declared when modules are imported. It prints what it found as JSON.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from engine.contract.language import LANGUAGES
from engine.contract.text import untranslated
from engine.nn import activation_registry, optimizer_registry
from engine.nn.activation_registry import Activation, InPlace
from engine.nn.optimizer_registry import OPTIMIZERS, OptimizerRecord, Part
from tests.bilingual import both


class Sign:
    """W ← W − η·sign(∂L/∂W)."""

    def __init__(self, learning_rate: float = 0.01) -> None:
        self.learning_rate = learning_rate

    def update(self, params: dict[str, np.ndarray], grads: dict[str, np.ndarray]) -> None:
        """Change every array of ``params`` in place."""
        for name, values in params.items():
            values -= self.learning_rate * np.sign(grads[name])


def bend(a: np.ndarray) -> np.ndarray:
    """(a + √(a² + 1)) / 2."""
    return (a + np.sqrt(a * a + 1.0)) / 2.0


def bend_slope(a: np.ndarray) -> np.ndarray:
    """(1 + a/√(a² + 1)) / 2."""
    return (1.0 + a / np.sqrt(a * a + 1.0)) / 2.0


class Bend:
    """The layer."""

    def __init__(self) -> None:
        self.params: dict[str, np.ndarray] = {}
        self.grads: dict[str, np.ndarray] = {}

    def forward(self, x: np.ndarray) -> np.ndarray:
        """z from a."""
        self._x = x
        return bend(x)

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """∂L/∂a from ∂L/∂z."""
        return dout * bend_slope(self._x)


def _write(a: np.ndarray, z: np.ndarray) -> None:
    np.copyto(z, bend(a))


def _write_slope(a: np.ndarray, z: np.ndarray, slope: np.ndarray) -> None:
    np.copyto(slope, bend_slope(a))


SIGN = OptimizerRecord(
    id="sign",
    name="Sign",
    look=40,
    kind=Sign,
    usual_rate=0.002,
    settings=OPTIMIZERS["sgd"].settings,
    parts=(
        Part("gradient", both("{now}", "{now}"), "Sign.update", "grads[name]", (("g", "{∂f/∂x}"),)),
        Part("move", both("{now}", "{now}"), "Sign.update", "values -= ", (("x′", "{x} − {η}·{g}/abs({g})"),)),
    ),
)
BENT = Activation(
    id="bent",
    name=untranslated("Bent"),
    look=23,
    function=bend,
    slope=bend_slope,
    steepest=1.0,
    formulas=("({a} + sqrt({a}^2 + 1)) / 2", "{w}·(1 + {a}/sqrt({a}^2 + 1)) / 2"),
    flat_part="nearly flat",
    looks_like_relu=True,
    axis=(0.0, 4.0),
    layer=Bend,
    in_place=InPlace(_write, _write_slope, needs_sums=True),
)


def put_in() -> None:
    """Longer lists of records, for all modules that are imported from now on."""
    optimizers = list(OPTIMIZERS.values())
    optimizer_registry.OPTIMIZERS = optimizer_registry.by_id([*optimizers[:2], SIGN, *optimizers[2:]])
    activations = list(activation_registry.ACTIVATIONS.values())
    activation_registry.ACTIVATIONS = activation_registry.by_id([*activations[:2], BENT, *activations[2:]])


def offered(experiment: Any, name: str) -> list[str]:
    """The options of a field."""
    from engine.contract.params import field_of

    return [option.value for option in field_of(experiment.params_type, name).options]


def drawn_curves(experiment_id: str, **values: object) -> list[int]:
    """The looks of the curves that a stage shows in its plot of functions."""
    from engine.contract.catalogue import load
    from engine.contract.protocol import RandomStreams
    from gui.views import load_view

    experiment = load(experiment_id)
    params = experiment.params_type().replaced(values)
    view = load_view(experiment_id)(experiment)
    view.draw(params, experiment.compute(params, RandomStreams(0)))
    return [number for number, line in enumerate(view.functions.lines) if line.isVisible()]


def found() -> dict[str, object]:
    """What the experiments make of the records."""
    from engine.contract.catalogue import load
    from engine.contract.params import fields_of
    from engine.contract.protocol import RandomStreams
    from engine.contract.run import Run
    from engine.playing import Player
    from gui.plots.drawing.record_looks import ACTIVATION_LOOKS, OPTIMIZER_LOOKS

    walks, race, cnn = load("optimizers"), load("optimizer_race"), load("cnn")
    playground, curves, layers = load("playground"), load("activations"), load("initialization")
    every = {one.id: {preset.id: preset for preset in one.presets} for one in (walks, race, curves, layers)}
    looked_at = walks.params_type(selected="sign", shown=("sgd", "sign"), sign_rate=0.25)
    walk = Player(walks, Run("optimizers", looked_at)).go(15)
    learnt = playground.params_type(activation="bent", optimizer="Sign", learning_rate=0.01)
    network = Player(playground, Run("playground", learnt)).go(200)
    both = curves.params_type(functions=("relu", "bent"), x=-2.0)
    values = curves.compute(both, RandomStreams(0))
    spread = layers.params_type(view="grid")
    grid = Player(layers, Run("initialization", spread)).go()
    from engine.experiments.ch6_techniques.initialization.words import combination

    return {
        "fields": [list(fields_of(one.params_type)) for one in (walks, race)],
        "all": {id: [presets[name].label.render("en"), presets[name].label.render("zh_CN")]
                for id, presets in every.items() for name in ("all", "grid") if name in presets},
        "shown": [list(every["optimizers"]["all"].changes["shown"]),
                  list(every["optimizer_race"]["all"].changes["optimizers"])],
        "opening": [list(walks.params_type().shown), list(race.params_type().optimizers),
                    list(curves.params_type().functions)],
        "offered": [offered(playground, "optimizer"), offered(cnn, "optimizer"), offered(playground, "activation"),
                    offered(playground, "layer2"), offered(layers, "activation"), offered(curves, "functions")],
        "usual": cnn.settle(cnn.params_type(), {"optimizer": "Sign"})["learning_rate"],
        "code": [one.__qualname__ for experiment in (walks, race, cnn, playground, curves, layers)
                 for one in experiment.code],
        "place": walk.x["sign"].tolist(),
        "opened": [line.result for line in walks.working(looked_at, walk)],
        "outcome": list(walks.tables(looked_at, walk)[0].columns[0].values),
        "loss": float(network.train_loss),
        "reading": [curves.headline(both, values).render(language) for language in LANGUAGES],
        "working": [line.result for line in curves.working(both, values)],
        "grid": [list(grid.grid_stds.shape), layers.headline(spread, grid).render("en"), combination(11).render("en")],
        "looks": [dict(OPTIMIZER_LOOKS), dict(ACTIVATION_LOOKS)],
        "curves": drawn_curves("activations", functions=tuple(offered(curves, "functions"))),
    }  # fmt: skip


if __name__ == "__main__":
    put_in()
    from PySide6.QtWidgets import QApplication

    application = QApplication([])
    print(json.dumps(found()))
