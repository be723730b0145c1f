"""NPZ: every field of the frame as an array, nested names joined by dots, and the run as JSON text; no pickles."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.lib import format as array_format

from engine.contract.frame import flattened
from engine.export.record import Export

SUFFIX = ".npz"
RUN = "run"

# The same frame gives the same bytes: the entries carry the earliest moment that a zip file knows, not now.
_EPOCH = (1980, 1, 1, 0, 0, 0)


def write(export: Export, name: str) -> dict[str, bytes]:
    """Returns the content of the one file by its name; ``numpy.load(path, allow_pickle=False)`` reads it.

    Fields that are None are left out.
    """
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for key, array in arrays(export).items():
            entry = zipfile.ZipInfo(f"{key}.npy", _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(entry, "w", force_zip64=True) as file:
                array_format.write_array(file, array, allow_pickle=False)
    return {name: content.getvalue()}


def arrays(export: Export) -> dict[str, np.ndarray]:
    """Returns the file's arrays by name: the frame's fields, and ``run`` with the session as JSON text.

    Raises ValueError for a field that is called ``run`` or holds Python objects.
    """
    found = {name: _array(name, value) for name, value in _leaves(export) if value is not None}
    if RUN in found:
        raise ValueError(f"a frame field called {RUN!r} would hide the run in an NPZ file")
    return {**found, RUN: np.array(export.session.to_json())}


def _leaves(export: Export) -> Iterator[tuple[str, Any]]:
    status = export.frame.status
    for name, value in flattened(export.frame):
        # A status is a kind and a sentence; its pieces in every language would only be clutter.
        if name != "status" and not name.startswith("status."):
            yield name, value
    if status is not None:
        yield "status.kind", status.kind
        yield "status.text", status.text.render(export.language)
        if status.remedy is not None:
            yield "status.remedy", status.remedy.label.render(export.language)


def _array(name: str, value: Any) -> np.ndarray:
    if isinstance(value, np.ndarray):
        array = value
    elif isinstance(value, tuple) and not value:
        array = np.zeros(0)
    else:
        array = _from_python(value)
    if array.dtype.hasobject:
        raise ValueError(f"frame field {name!r}: holds Python objects")
    return array


def _from_python(value: Any) -> np.ndarray:
    try:
        array = np.asarray(value)
    except ValueError:  # rows of different lengths
        return np.array(json.dumps(value, ensure_ascii=False))
    # Numbers beyond 64 bits, and None among other values, would only fit as Python objects.
    return np.array(json.dumps(value, ensure_ascii=False)) if array.dtype.hasobject else array
