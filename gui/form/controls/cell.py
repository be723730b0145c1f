"""The control for a cell of a grid: number boxes for its row and its column, counted from 1 or from 0."""

from __future__ import annotations

from gui.form.controls import vector


class Control(vector.Control):
    """The form's control of a field of the kind ``cell``: number boxes for row and column."""
