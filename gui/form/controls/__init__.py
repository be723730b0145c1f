"""The controls of the form: one module for each kind of field (real, choice, matrix, …), with the kind's name."""

from __future__ import annotations

import importlib

from engine.contract.fields import Field
from gui.form.controls.base import Control


def control_for(name: str, field: Field) -> Control:
    """A new control for the parameter ``name``, from the module of this package that is named like its kind."""
    return importlib.import_module(f"{__name__}.{field.kind}").Control(name, field)
