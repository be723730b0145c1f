"""What an experiment is written with, in one place: ``from engine.contract.api import Picture, Params, Text``.

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
    VisibleWhen,
    choice,
    integer,
    parameter,
    real,
    switch,
    view_choice,
)
from engine.contract.interaction.handle import Handle, Place, Slide, bar_body, pulled_cell
from engine.contract.interaction.probe_point import ProbePoint
from engine.contract.interaction.status import Remedy, Status
from engine.contract.output.frame import Frame, quantity
from engine.contract.output.measure import Measure
from engine.contract.output.table import Column, Table, grid_table, table_of
from engine.contract.output.working import WorkingStep
from engine.contract.params import Params, field_of
from engine.contract.required import required
from engine.contract.run.protocol import Process, Progress
from engine.contract.run.random_streams import RandomStreams
from engine.contract.text.numerals import (
    NONE,
    bracketed,
    finite_or_none,
    fixed_digits,
    format_alike,
    format_real,
    format_short,
    in_powers,
    percent,
    tidy,
)
from engine.contract.text.refusal import Refused
from engine.contract.text.text import EMPTY, Text, counted, enumerated, listed, notation, side_by_side, untranslated

__all__ = [
    "EMPTY",
    "NONE",
    "Amount",
    "Cell",
    "Choices",
    "CodeMark",
    "Column",
    "Experiment",
    "Frame",
    "Handle",
    "Matrix",
    "Measure",
    "Numbers",
    "Option",
    "Pace",
    "Params",
    "Picture",
    "Place",
    "Preset",
    "Probe",
    "ProbePoint",
    "Process",
    "Progress",
    "RandomStreams",
    "Refused",
    "Remedy",
    "Slide",
    "Status",
    "Table",
    "Text",
    "Training",
    "Unit",
    "Vector",
    "VisibleWhen",
    "Walk",
    "WorkingStep",
    "bar_body",
    "bracketed",
    "choice",
    "counted",
    "enumerated",
    "field_of",
    "finite_or_none",
    "fixed_digits",
    "format_alike",
    "format_real",
    "format_short",
    "grid_table",
    "in_powers",
    "integer",
    "listed",
    "notation",
    "parameter",
    "percent",
    "pulled_cell",
    "quantity",
    "real",
    "required",
    "side_by_side",
    "switch",
    "table_of",
    "tidy",
    "untranslated",
    "view_choice",
]  # fmt: skip
