"""The looks of curves that stand in one plot: each has a colour and dashes of its own, the same wherever it is drawn.

A look has a number; what is drawn by name has its look here, so that a new one recolours nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from PySide6.QtCore import Qt
from PySide6.QtGui import QPen

from engine.nn.activation_registry import ACTIVATIONS
from engine.nn.optimizers.registry import OPTIMIZERS
from gui.plots.drawing.ink import pen
from gui.style.theme import theme


def look_count() -> int:
    """How many looks there are; a plot that has an item for each can draw every curve."""
    return len(theme().curve_colors)


def curve_color(number: int) -> str:
    """The colour of curve 0 to 7, for words too."""
    return theme().curve_colors[number]


def curve_pen(number: int, width: float = 2.5, opacity: float = 1.0) -> QPen:
    """The pen of curve 0 to 7."""
    made = pen(curve_color(number), width, opacity=opacity)
    dashes = theme().curve_dashes[number]
    if dashes:
        made.setDashPattern(list(dashes))
        # Round ends would close the gaps of thick lines.
        made.setCapStyle(Qt.PenCapStyle.FlatCap if min(dashes) > 1 else Qt.PenCapStyle.RoundCap)
    return made


def looks(ids: Iterable[str], own: Mapping[str, int]) -> Mapping[str, int]:
    """A look for each of these: its ``own``, or the first that none of the others has.

    ValueError where there are more of them than looks.
    """
    wanted = list(ids)
    free = iter(sorted(set(range(look_count())) - {own[id] for id in wanted if id in own}))
    found = {id: own[id] if id in own else next(free, None) for id in wanted}
    left_over = [id for id, number in found.items() if number is None]
    if left_over:
        raise ValueError(f"{', '.join(left_over)}: there are only {look_count()} looks of curves")
    return MappingProxyType({id: number for id, number in found.items() if number is not None})


OPTIMIZER_LOOKS = looks(
    OPTIMIZERS,
    {"sgd": 1, "momentum": 2, "nesterov": 3, "adagrad": 4, "rmsprop": 5, "adam": 6, "adamw": 0, "nadam": 7},
)
"""The looks of the optimizers by their ids, the same wherever they are drawn."""
ACTIVATION_LOOKS = looks(
    ACTIVATIONS,
    {"step": 0, "sigmoid": 1, "relu": 2, "leaky_relu": 3, "tanh": 4, "softplus": 5, "identity": 6, "swish": 7},
)
"""The looks of the activation functions by their ids."""
TRAIN, TEST = 1, 2
"""The inks of what is measured on training data and on test data."""


def data_pen(number: int, width: float = 2.2) -> QPen:
    """The pen of what is measured on training or on test data: the one solid, the other dashed, in every theme."""
    style = theme().train_line if number == TRAIN else theme().test_line
    return pen(curve_color(number), width, Qt.PenStyle[style])
