"""Declarations of an experiment's parameters: one file per kind of field.

The form, validation, sessions, the command line, undo and export metadata are all derived from a declaration. A new
kind is a subclass of ``Field`` in a file of its own here, a control of the same file name in ``gui/form/controls`` and
a strategy in ``tests/strategies.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from engine.contract.fields.base import Effect, Field, VisibleWhen, parameter
from engine.contract.fields.choices import Choice, Choices, Option, Switch
from engine.contract.fields.drawing import Drawing
from engine.contract.fields.expression import TypedExpression
from engine.contract.fields.file import File, Network
from engine.contract.fields.labelled_points import LabelledPoints
from engine.contract.fields.matrix import Cell, Matrix
from engine.contract.fields.numbers import Integer, Numbers, Real, Vector
from engine.contract.text import EMPTY, Text


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
    """Declares a real number in the range ``within``, both ends included; on a ``log`` scale ``step`` is a factor."""
    minimum, maximum = within
    field = Real(label=label, help=help, minimum=minimum, maximum=maximum, step=step, scale=scale, **more)
    return parameter(default, field)


def integer(default: int, within: tuple[int, int], label: Text, help: Text = EMPTY, **more: Any) -> Any:
    """Declares an integer in the range ``within``, both ends included."""
    minimum, maximum = within
    return parameter(default, Integer(label=label, help=help, minimum=minimum, maximum=maximum, **more))


def choice(default: str, options: Mapping[str, Text], label: Text, help: Text = EMPTY, **more: Any) -> Any:
    """Declares a choice of one of ``options``, which map each value to its label, in the order in which they are
    offered.
    """
    offered = tuple(Option(value, name) for value, name in options.items())
    return parameter(default, Choice(label=label, help=help, options=offered, **more))


def view_choice(default: str, options: Mapping[str, Text], help: Text, effect: Effect = "restart") -> Any:
    """Declares a choice between an experiment's views, with its control in the main picture; the field must be named
    ``view``.
    """
    return choice(default, options, Text("View"), help, effect=effect, on_stage=True)


def switch(default: bool, label: Text, help: Text = EMPTY, **more: Any) -> Any:
    """Declares a parameter that is true or false."""
    return parameter(default, Switch(label=label, help=help, **more))


__all__ = [
    "Cell",
    "Choice",
    "Choices",
    "Drawing",
    "Field",
    "File",
    "Integer",
    "LabelledPoints",
    "Matrix",
    "Network",
    "Numbers",
    "Option",
    "Real",
    "Switch",
    "TypedExpression",
    "Vector",
    "VisibleWhen",
    "choice",
    "integer",
    "parameter",
    "real",
    "switch",
    "view_choice",
]
