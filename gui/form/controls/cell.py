"""A cell of a grid: a box for its row and one for its column, counted from 1 or from 0."""

from __future__ import annotations

from gui.form.controls import vector


class Control(vector.Control):
    """The control of the kind ``cell``."""
