"""The parameters and the frame of the experiment `optimizers`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.calculus.surfaces import SURFACES, Surface
from engine.contract.pieces import Choices, Option, Params, Text, Visible, choice, integer, parameter, real, same
from engine.experiments.surface_choice import (
    OWN_REACH,
    OWN_TEXT,
    chosen_surface,
    function_field,
    own_field,
    place_field,
    reach_field,
)
from engine.experiments.surface_relief import tilt_field, turn_field, view_field
from engine.geometry.aspect import Aspect
from engine.nn.optimizers.registry import OPTIMIZERS, OptimizerRecord, Setting

PHASES = {
    "gradient": Text("gradient", "梯度"),
    "memory": Text("memory", "记忆"),
    "correction": Text("correction", "修正"),
    "division": Text("division", "相除"),
    "move": Text("move", "移动"),
}
"""What is done in a step, in this order; an optimizer that has nothing to do in one of them waits for the others."""


_ON_A_PLANE = tuple(name for name, surface in SURFACES.items() if len(surface.names) == 2)


def _setting(optimizer: OptimizerRecord, setting: Setting) -> Any:
    """A setting of one optimizer, shown while that one is looked at."""
    return real(
        setting.default,
        setting.within,
        Text("{letter} of {name}", "{name} 的 {letter}")(letter=setting.letter, name=optimizer.name),
        setting.help,
        step=setting.step,
        scale=setting.scale,
        more=setting.rare,
        visible=Visible("selected", (optimizer.id,)),
    )


_SETTINGS = {
    f"{one.id}_{setting.id}": _setting(one, setting) for one in OPTIMIZERS.values() for setting in one.settings
}
_NAMES = {one.id: same(one.name) for one in OPTIMIZERS.values()}


class OptimizersParams(Params, declared=_SETTINGS, after="shown"):
    """Which surface, from where, and how each optimizer walks; what is ``shown`` and ``selected`` changes no walk.

    Each optimizer's settings are fields of their own, such as ``adam_beta1``.

    Whatever changes a walk begins it anew, so that all of it is drawn again at every move of a drag.
    """

    function: str = parameter("elongated", function_field(_ON_A_PLANE))
    own: str = parameter(OWN_TEXT, own_field())
    reach: float = parameter(OWN_REACH, reach_field())
    start: tuple[float, ...] = parameter(
        (-7.0, 2.0), place_field(Text("Start", "起点"), Text("Where all of them begin.", "大家都从这里出发。"))
    )
    view: str = view_field()
    turn: int = turn_field()
    tilt: int = tilt_field()
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
            options=tuple(Option(id, name) for id, name in _NAMES.items()),
            effect="view",
        ),
    )
    selected: str = choice(
        "adam",
        _NAMES,
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
    def aspect(self) -> Aspect:
        """From where the relief is seen."""
        return Aspect(self.turn, self.tilt)

    @property
    def drawn(self) -> tuple[str, ...]:
        """The optimizers to be drawn: those shown, and the one that is looked at."""
        return tuple(id for id in OPTIMIZERS if id in self.shown or id == self.selected)

    def settings(self, rule: str) -> dict[str, float]:
        """The settings of an optimizer by their ids."""
        return {setting.id: getattr(self, f"{rule}_{setting.id}") for setting in OPTIMIZERS[rule].settings}

    def optimizer(self, rule: str) -> Any:
        """A new optimizer with its settings."""
        return OPTIMIZERS[rule].made(self.settings(rule))


@dataclass(frozen=True, eq=False)
class Opened:
    """What the newest step of an optimizer begins with: the place (2,), the gradient there, and what is remembered.

    ``memory`` is that of gradients, a velocity v or a mean m, ``squares`` that of their squares, a sum h or a mean v;
    each (2,), None where the optimizer has none. ``number`` is that of the step, from 1 on.
    """

    number: int
    before: np.ndarray
    gradient: np.ndarray
    memory: np.ndarray | None
    squares: np.ndarray | None
