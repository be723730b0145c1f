"""What an experiment is written with, in one place: ``from engine.contract.pieces import Picture, Params, Text``.

The package itself imports nothing, since the program's start reads its texts before NumPy is installed.
"""

from engine.contract.experiment import (
    Amount,
    CodeMark,
    Experiment,
    Pace,
    Picture,
    Preset,
    Probe,
    Training,
    Unit,
    Walk,
)
from engine.contract.fields import (
    Cell,
    Choices,
    Matrix,
    Numbers,
    Option,
    Vector,
    Visible,
    choice,
    integer,
    parameter,
    real,
    switch,
    view_choice,
)
from engine.contract.frame import Frame, quantity
from engine.contract.handle import Handle, Place, Slide, bar_body, pulled_cell
from engine.contract.measure import Measure
from engine.contract.numerals import (
    NONE,
    bracketed,
    finite_or_none,
    fixed_digits,
    format_alike,
    format_real,
    in_powers,
    percent,
    short,
    tidy,
)
from engine.contract.params import Params, field_of
from engine.contract.protocol import Process, Progress
from engine.contract.refusal import Refused
from engine.contract.spot import Spot
from engine.contract.status import Remedy, Status
from engine.contract.streams import Streams
from engine.contract.table import Column, Table, grid_table, table_of
from engine.contract.text import EMPTY, Text, counted, enumerated, listed, notation, same, side_by_side
from engine.contract.there import there
from engine.contract.working import Line

__all__ = [
    "EMPTY", "NONE", "Amount", "Cell", "Choices", "CodeMark", "Column", "Experiment", "Frame", "Handle", "Line",
    "Matrix", "Measure", "Numbers", "Option", "Pace", "Params", "Picture", "Place", "Preset", "Probe", "Process",
    "Progress", "Refused", "Remedy", "Slide", "Spot", "Status", "Streams", "Table", "Text", "Training", "Unit",
    "Vector", "Visible", "Walk", "bar_body", "bracketed", "choice", "counted", "enumerated", "field_of",
    "finite_or_none", "fixed_digits", "format_alike", "format_real", "grid_table", "in_powers", "integer", "listed",
    "notation", "parameter", "percent", "pulled_cell", "quantity", "real", "same", "short", "side_by_side",
    "switch", "table_of", "there", "tidy", "view_choice",
]  # fmt: skip
