"""The parameters and the frame of the experiment `optimizers`, and the rules that it lets walk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.calculus.surfaces import SURFACES, Surface
from engine.contract.fields import Choices, Option
from engine.contract.pieces import Frame, Params, Text, Visible, choice, integer, parameter, real, same
from engine.experiments.surface_choice import (
    OWN_REACH,
    OWN_TEXT,
    chosen_surface,
    function_field,
    own_field,
    place_field,
    reach_field,
)
from engine.experiments.surface_walk import Path
from engine.geometry.surface_map import SurfaceMap
from engine.nn.optimizer import Optimizer
from engine.nn.optimizers import SGD, AdaGrad, Adam, AdamW, Momentum, Nesterov, RMSProp

PHASES = {
    "gradient": Text("gradient", "梯度"),
    "memory": Text("memory", "记忆"),
    "correction": Text("correction", "修正"),
    "division": Text("division", "相除"),
    "move": Text("move", "移动"),
}
"""What is done in a step, in this order; a rule that has nothing to do in one of them waits for the others."""


@dataclass(frozen=True)
class Rule:
    """An optimizer: its ``name``, its class, and the ``settings`` that are parameters of the experiment.

    ``squares`` is the letter of what it remembers of squared gradients, if it does.
    """

    name: str
    kind: type[Optimizer]
    settings: tuple[str, ...] = ("rate",)
    squares: str = ""


RULES = {
    "sgd": Rule("SGD", SGD),
    "momentum": Rule("Momentum", Momentum, ("rate", "mu")),
    "nesterov": Rule("Nesterov", Nesterov, ("rate", "mu")),
    "adagrad": Rule("AdaGrad", AdaGrad, squares="h"),
    "rmsprop": Rule("RMSProp", RMSProp, ("rate", "rho"), "h"),
    "adam": Rule("Adam", Adam, ("rate", "beta1", "beta2"), "v"),
    "adamw": Rule("AdamW", AdamW, ("rate", "beta1", "beta2", "lambda"), "v"),
}
"""In the order in which they build on one another."""
_ARGUMENTS = {"rate": "learning_rate", "mu": "momentum", "rho": "decay", "lambda": "weight_decay"}
"""What the optimizers call a setting, where that is not its name here."""

_ON_A_PLANE = tuple(name for name, surface in SURFACES.items() if len(surface.names) == 2)
_RATE_HELP = Text("The larger η, the longer the steps.", "η 越大，步子越大。")
_KEPT_HELP = Text("The share of its old memory that it keeps at every step.", "每一步保留几分之几的旧记忆。")
_WEIGHT_DECAY_HELP = Text("At every step the place itself shrinks by η·λ of its size.", "每一步，位置本身缩小 η·λ 倍。")


def _setting(rule: str, letter: str, default: float, within: tuple[float, float], help: Text, **more: Any) -> float:
    """A setting of one rule, shown while that rule is looked at."""
    label = Text("{letter} of {name}", "{name} 的 {letter}")(letter=letter, name=RULES[rule].name)
    return real(default, within, label, help, visible=Visible("selected", (rule,)), **more)


def _rate(rule: str, default: float) -> float:
    return _setting(rule, "η", default, (1e-6, 10.0), _RATE_HELP, step=1.05, scale="log")


def _share(rule: str, letter: str, default: float, more: bool = False) -> float:
    return _setting(rule, letter, default, (0.0, 0.9999), _KEPT_HELP, step=0.01, more=more)


class OptimizersParams(Params):
    """Which surface, from where, and how each rule walks; what is ``shown`` and ``selected`` changes no walk.

    Whatever changes a walk begins it anew, so that all of it is drawn again at every move of a drag.
    """

    function: str = parameter("elongated", function_field(_ON_A_PLANE))
    own: str = parameter(OWN_TEXT, own_field())
    reach: float = parameter(OWN_REACH, reach_field())
    start: tuple[float, ...] = parameter(
        (-7.0, 2.0), place_field(Text("Start", "起点"), Text("Where all of them begin.", "大家都从这里出发。"))
    )
    steps: int = integer(
        30,
        (1, 300),
        Text("Steps", "步数"),
        Text("How many steps they take before they wait; Run goes on.", "走多少步后先停下，按“运行”接着走。"),
    )
    shown: tuple[str, ...] = parameter(
        ("sgd", "momentum", "adagrad", "adam"),
        Choices(
            label=Text("Optimizers shown", "显示哪些方法"),
            help=Text("Whose paths and losses are drawn.", "画出哪些方法的路径和损失。"),
            options=tuple(Option(name, same(rule.name)) for name, rule in RULES.items()),
            effect="view",
        ),
    )
    sgd_rate: float = _rate("sgd", 0.95)
    momentum_rate: float = _rate("momentum", 0.1)
    momentum_mu: float = _share("momentum", "μ", 0.9)
    nesterov_rate: float = _rate("nesterov", 0.1)
    nesterov_mu: float = _share("nesterov", "μ", 0.9)
    adagrad_rate: float = _rate("adagrad", 1.5)
    rmsprop_rate: float = _rate("rmsprop", 0.2)
    rmsprop_rho: float = _share("rmsprop", "ρ", 0.9)
    adam_rate: float = _rate("adam", 0.3)
    adam_beta1: float = _share("adam", "β1", 0.9, more=True)
    adam_beta2: float = _share("adam", "β2", 0.999, more=True)
    adamw_rate: float = _rate("adamw", 0.3)
    adamw_beta1: float = _share("adamw", "β1", 0.9, more=True)
    adamw_beta2: float = _share("adamw", "β2", 0.999, more=True)
    adamw_lambda: float = _setting("adamw", "λ", 0.1, (0.0, 1.0), _WEIGHT_DECAY_HELP, step=0.01)
    selected: str = choice(
        "adam",
        {name: same(rule.name) for name, rule in RULES.items()},
        Text("Optimizer looked at", "查看哪个方法"),
        Text("Whose steps are opened and whose settings can be changed.", "看它每一步怎么算，调它的设置。"),
        effect="view",
        on_stage=True,
    )

    @property
    def surface(self) -> Surface:
        """The chosen function: one of the list, or the learner's own."""
        return chosen_surface(self.function, self.own, self.reach)

    @property
    def drawn(self) -> tuple[str, ...]:
        """The rules to be drawn: those shown, and the one that is looked at."""
        return tuple(name for name in RULES if name in self.shown or name == self.selected)

    def settings(self, rule: str) -> dict[str, float]:
        """The settings of a rule by their names."""
        return {name: getattr(self, f"{rule}_{name}") for name in RULES[rule].settings}

    def optimizer(self, rule: str) -> Optimizer:
        """A new optimizer with the settings of its rule."""
        return RULES[rule].kind(**{_ARGUMENTS.get(name, name): value for name, value in self.settings(rule).items()})


@dataclass(frozen=True, eq=False)
class Opened:
    """What the newest step of a rule begins with: the place (2,), the gradient there, and what the rule remembers.

    ``velocity`` is v, or the mean of gradients m; ``squares`` is h, or v; each (2,), None where the rule has none.
    ``number`` is that of the step, from 1 on.
    """

    number: int
    before: np.ndarray
    gradient: np.ndarray
    velocity: np.ndarray | None
    squares: np.ndarray | None


class OptimizersFrame(Frame):
    """All walks so far, by the names of the rules; ``phase`` of step ``step`` is done, 5 where it is complete.

    ``x`` (2,), ``f`` and ``verdict`` are those of where a rule stands now, ``distance`` that from the nearest known
    minimum, nan where there is none; ``flips`` counts how often x1 changed its sign. ``opened`` is what the newest step
    began with, None before the first one, and ``largest_root`` the longest √h on the way, 0 where there is none.

    ``heights`` are places on the axis of losses, which has to reach as far as ``ranges`` say.
    """

    phase: int
    step: int
    map: SurfaceMap
    paths: Mapping[str, Path]
    x: Mapping[str, np.ndarray]
    f: Mapping[str, float]
    verdict: Mapping[str, str]
    distance: Mapping[str, float]
    flips: Mapping[str, int]
    opened: Mapping[str, Opened] | None
    largest_root: Mapping[str, float]
    signed: bool
    heights: Mapping[str, np.ndarray]
    ranges: Mapping[str, np.ndarray]
    last_step: int
