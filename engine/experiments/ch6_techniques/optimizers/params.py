"""The parameters and the frame of the experiment `optimizers`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.calculus.surfaces import SURFACES, Surface
from engine.contract.api import (
    Choices,
    Option,
    Params,
    Text,
    VisibleWhen,
    choice,
    integer,
    parameter,
    real,
    untranslated,
)
from engine.experiments.shared.surfaces.surface_choice import (
    OWN_REACH,
    OWN_TEXT,
    chosen_surface,
    function_field,
    own_field,
    place_field,
    reach_field,
)
from engine.experiments.shared.surfaces.surface_relief import tilt_field, turn_field, view_field
from engine.geometry.aspect import Aspect
from engine.nn.optimizer_registry import OPTIMIZERS, OptimizerRecord, Setting

PHASES = {
    "gradient": Text("gradient"),
    "memory": Text("memory"),
    "correction": Text("correction"),
    "division": Text("division"),
    "move": Text("move"),
}
"""The phases of a step, in order, with their names. An optimizer with nothing to do in a phase waits for the others."""


_ON_A_PLANE = tuple(name for name, surface in SURFACES.items() if len(surface.names) == 2)


def _setting(optimizer: OptimizerRecord, setting: Setting) -> Any:
    """The parameter field for a setting of one optimizer; shown in the form while that optimizer is selected."""
    return real(
        setting.default,
        setting.within,
        Text("{letter} of {name}")(letter=setting.letter, name=optimizer.name),
        setting.help,
        step=setting.step,
        scale=setting.scale,
        more=setting.rare,
        visible=VisibleWhen("selected", (optimizer.id,)),
    )


_SETTINGS = {
    f"{one.id}_{setting.id}": _setting(one, setting) for one in OPTIMIZERS.values() for setting in one.settings
}
_NAMES = {one.id: untranslated(one.name) for one in OPTIMIZERS.values()}


class OptimizersParams(Params, declared=_SETTINGS, after="shown"):
    """The surface, the start, and the settings of each optimizer, which are fields such as ``adam_beta1``.

    A change of ``shown`` or ``selected`` only affects what is shown. Most other changes restart the run, so that whole
    paths are recomputed at every move of a drag.
    """

    function: str = parameter("elongated", function_field(_ON_A_PLANE))
    own: str = parameter(OWN_TEXT, own_field())
    reach: float = parameter(OWN_REACH, reach_field())
    start: tuple[float, ...] = parameter((-7.0, 2.0), place_field(Text("Start"), Text("Where all of them begin.")))
    view: str = view_field()
    turn: int = turn_field()
    tilt: int = tilt_field()
    steps: int = integer(
        30,
        (1, 300),
        Text("Steps"),
        Text("How many steps they take before they wait; Run goes on."),
    )
    shown: tuple[str, ...] = parameter(
        ("sgd", "momentum", "adagrad", "adam"),
        Choices(
            label=Text("Optimizers shown"),
            help=Text("Whose paths and losses are drawn."),
            options=tuple(Option(id, name) for id, name in _NAMES.items()),
            effect="view",
        ),
    )
    selected: str = choice(
        "adam",
        _NAMES,
        Text("Optimizer looked at"),
        Text("Whose steps are opened and whose settings can be changed."),
        effect="view",
        on_stage=True,
    )

    @property
    def surface(self) -> Surface:
        """The chosen function, from the list or typed by the learner."""
        return chosen_surface(self.function, self.own, self.reach)

    @property
    def aspect(self) -> Aspect:
        """The viewing direction of the relief."""
        return Aspect(self.turn, self.tilt)

    @property
    def drawn(self) -> tuple[str, ...]:
        """The ids of the optimizers to draw: those in ``shown`` and the selected one."""
        return tuple(id for id in OPTIMIZERS if id in self.shown or id == self.selected)

    def settings(self, rule: str) -> dict[str, float]:
        """The settings of the optimizer with the id ``rule``, by setting id."""
        return {setting.id: getattr(self, f"{rule}_{setting.id}") for setting in OPTIMIZERS[rule].settings}

    def optimizer(self, rule: str) -> Any:
        """A new optimizer of the kind with the id ``rule``, with its settings."""
        return OPTIMIZERS[rule].made(self.settings(rule))


@dataclass(frozen=True, eq=False)
class Opened:
    """The state before an optimizer's newest step: the point (2,), the gradient (2,) there, and the optimizer's memory.

    ``memory`` (2,) is the memory of gradients (a velocity v or a mean m), ``squares`` (2,) that of squared gradients (a
    sum h or a mean v); None if the optimizer has none. ``number`` is the step's number, from 1.
    """

    number: int
    before: np.ndarray
    gradient: np.ndarray
    memory: np.ndarray | None
    squares: np.ndarray | None
