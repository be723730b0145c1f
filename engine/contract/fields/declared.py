"""The common kinds of field, declared in one call each: ``rate: float = real(0.1, (0.01, 1.0), Text(…), step=0.01)``.

Each takes the default, what is allowed, the name and one sentence of help; further keywords are those of ``Field``.
The other kinds, and a field whose value is made to agree with others, are declared by ``parameter(default, Kind(…))``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from engine.contract.fields.base import Effect, parameter
from engine.contract.fields.choice import Choice, Option
from engine.contract.fields.integer import Integer
from engine.contract.fields.real import Real
from engine.contract.fields.switch import Switch
from engine.contract.text.text import EMPTY, Text


def real(
    default: float,
    within: tuple[float, float],
    label: Text,
    help: Text = EMPTY,
    *,
    step: float,
    scale: Literal["linear", "log"] = "linear",
    **more: Any,
) -> Any:
    """A real number from the first to the second of ``within``; on a ``log`` scale ``step`` is a factor."""
    minimum, maximum = within
    field = Real(label=label, help=help, minimum=minimum, maximum=maximum, step=step, scale=scale, **more)
    return parameter(default, field)


def integer(default: int, within: tuple[int, int], label: Text, help: Text = EMPTY, **more: Any) -> Any:
    """A whole number from the first to the second of ``within``."""
    minimum, maximum = within
    return parameter(default, Integer(label=label, help=help, minimum=minimum, maximum=maximum, **more))


def choice(default: str, options: Mapping[str, Text], label: Text, help: Text = EMPTY, **more: Any) -> Any:
    """One of ``options``: their values with their names for people, in the order in which they are offered."""
    offered = tuple(Option(value, name) for value, name in options.items())
    return parameter(default, Choice(label=label, help=help, options=offered, **more))


def view_choice(default: str, options: Mapping[str, Text], help: Text, effect: Effect = "restart") -> Any:
    """From which side all is looked at, chosen on the stage: the field ``view`` of those that show more than one."""
    return choice(default, options, Text("View"), help, effect=effect, on_stage=True)


def switch(default: bool, label: Text, help: Text = EMPTY, **more: Any) -> Any:
    """On or off."""
    return parameter(default, Switch(label=label, help=help, **more))
