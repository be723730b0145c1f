"""The registry of the export formats that need no figure, by suffix."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from engine.contract.text import Text
from engine.export import csv_format, import_format, json_format, notebook_format, npz_format, script_format
from engine.export.record import Export

Writer = Callable[[Export, str], dict[str, bytes]]


@dataclass(frozen=True)
class DataFormat:
    """An export format and its suffix; ``write(export, name)`` returns the files' contents by name, ``name`` first."""

    suffix: str
    label: Text
    write: Writer


DATA_FORMATS = (
    DataFormat(csv_format.SUFFIX, Text("CSV tables"), csv_format.write),
    DataFormat(npz_format.SUFFIX, Text("NumPy arrays"), npz_format.write),
    DataFormat(json_format.SUFFIX, Text("Layerwise session"), json_format.write),
    DataFormat(script_format.SUFFIX, Text("Python script, with NumPy alone"), script_format.write),
    DataFormat(
        notebook_format.SUFFIX,
        Text("Jupyter notebook, with NumPy alone"),
        notebook_format.write,
    ),
    DataFormat(
        import_format.SUFFIX,
        Text("Python script that imports Layerwise"),
        import_format.write,
    ),
)
