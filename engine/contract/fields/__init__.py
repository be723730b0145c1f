"""Declarations of an experiment's parameters: one file per kind of field.

From one declaration come the control, validation with readable errors, sessions, the command line, undo and export
metadata. A new kind is a subclass of ``Field`` in a file of its own here, a control of the same file name in
``gui/form/controls`` and a strategy in ``tests/strategies.py``.
"""

from engine.contract.fields.base import Field, VisibleWhen, parameter
from engine.contract.fields.cell import Cell
from engine.contract.fields.choice import Choice, Option
from engine.contract.fields.choices import Choices
from engine.contract.fields.declared import choice, integer, real, switch, view_choice
from engine.contract.fields.drawing import Drawing
from engine.contract.fields.expression import TypedExpression
from engine.contract.fields.file import File
from engine.contract.fields.integer import Integer
from engine.contract.fields.labelled_points import LabelledPoints
from engine.contract.fields.matrix import Matrix
from engine.contract.fields.network import Network
from engine.contract.fields.numbers import Numbers
from engine.contract.fields.real import Real
from engine.contract.fields.switch import Switch
from engine.contract.fields.vector import Vector

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
