"""Reads the file of a kept network: what it says of itself is checked before anything is made of it."""

from __future__ import annotations

import io
import math
import threading
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from engine.contract.plain_json import read_json
from engine.contract.text.refusal import Refused, shortened
from engine.contract.text.text import Text
from engine.data.npy_header import read_npy_header
from engine.data.plain_file import Unreadable, read_plain_file
from engine.networks.archive import parts_of
from engine.networks.folder import name_of
from engine.networks.kept import ORDER, KeptNetwork, LayerSpec
from engine.networks.layers import MOST_NUMBERS, array_shapes
from engine.networks.writing import FORMAT, HEADER

LARGEST = 8 * MOST_NUMBERS + 2**20
"""Bytes of the largest file that is read: its numbers in double precision, and what is said of them."""
_LARGEST_HEADER, _MOST_COUNTED = 16 * 1024, 10**9
_WORD = 60
_DTYPES = (np.dtype("<f4"), np.dtype("<f8"))
_REFUSED = Text("“{file}” is not read as a network: {reason}.")
_NO_NETWORK = Text("it is no network that Layerwise has kept, or it is damaged")
_HEADER = Text("what it says of the network makes no sense")
_NEWER = Text("a newer version of Layerwise has written it")
_OTHER_PARTS = Text("its arrays are not those of its layers")
_SHAPE = Text("{array} has the shape {found} or another type of numbers; its layers need {wanted}")
_TOO_LARGE = Text("it is larger than {most:,} bytes", context="network")
_NOT_FINITE = Text("{array} holds numbers that are not finite")


def read_network(path: Path) -> KeptNetwork:
    """The network that a file holds, its arrays read-only; ``Refused`` for anything else.

    It is read again once the file has changed; one that is at work stays what it was once its file is gone. The name
    is the file's.
    """
    try:
        state = path.stat()
    except (OSError, ValueError):
        with _at_work_lock:
            known = _at_work.get(path)
        return known or _read(path, None)
    return _read(path, (state.st_mtime_ns, state.st_size))


def put_to_work(path: Path) -> KeptNetwork:
    """The network that a file holds, which is known from now on even when the file is gone; ``Refused`` for none.

    So are the last ones of which this was asked, as long as the program runs; any thread may ask.
    """
    found = read_network(path)
    with _at_work_lock:
        _at_work.pop(path, None)
        _at_work[path] = found
        if len(_at_work) > _MOST_KNOWN:
            del _at_work[next(iter(_at_work))]
    return found


def forget() -> None:
    """Know of no network any more, as at the program's start."""
    _read.cache_clear()
    with _at_work_lock:
        _at_work.clear()


_MOST_KNOWN = 8
_at_work: dict[Path, KeptNetwork] = {}
_at_work_lock = threading.Lock()


@lru_cache(maxsize=_MOST_KNOWN)
def _read(path: Path, state: tuple[int, int] | None) -> KeptNetwork:
    try:
        if state is not None and state[1] > LARGEST:
            raise Refused(_TOO_LARGE(most=LARGEST))
        return network_in(read_plain_file(path, LARGEST), name_of(path))
    except Unreadable as error:
        raise Refused(_REFUSED(file=shortened(path.name), reason=error.reason)) from None
    except Refused as refusal:
        raise Refused(_REFUSED(file=shortened(path.name), reason=refusal.text)) from None


def network_in(content: bytes, name: str = "") -> KeptNetwork:
    """The network in the content of a file; ``Refused`` with the end of a sentence where there is none."""
    try:
        parts = parts_of(content)
        header = parts[HEADER]
        if len(header) > _LARGEST_HEADER:
            raise ValueError("a long header")
        said = read_json(header.decode())
    except (ValueError, KeyError):
        raise Refused(_NO_NETWORK) from None
    network = _told(said)
    arrays = _arrays(parts, network)
    return KeptNetwork(**{**vars(network), "arrays": arrays, "name": name})


def _told(said: Any) -> KeptNetwork:
    """What the header says, without the arrays; everything in it has the type that belongs there."""
    if not isinstance(said, dict) or "layerwise_network" not in said:
        raise Refused(_NO_NETWORK)
    if isinstance(said["layerwise_network"], int) and said["layerwise_network"] > FORMAT:
        raise Refused(_NEWER)
    try:
        layers = tuple(_layer(one) for one in _list(said["layers"]))
        network = KeptNetwork(
            experiment=_word(said["experiment"]),
            inputs=tuple(_count(one) for one in _list(said["inputs"])),
            layers=layers,
            arrays={},
            data=_word(said["data"]),
            samples=_count(said["samples"]),
            features=tuple(_word(one) for one in _list(said["features"])),
            test_accuracy=_share(said["test_accuracy"]),
            tested=_count(said["tested"]),
            seed=_count(said["seed"], 2**32 - 1),
            updates=_count(said["updates"]),
        )
        if said["layerwise_network"] != FORMAT or said["kind"] != network.kind:
            raise ValueError("another kind")
    except (ValueError, KeyError):
        raise Refused(_HEADER) from None
    return network


def _arrays(parts: Mapping[str, bytes], network: KeptNetwork) -> dict[str, np.ndarray]:
    """The arrays, of the shapes that belong to the layers, all in one precision."""
    try:
        shapes = array_shapes(network.inputs, network.layers)
    except ValueError:
        raise Refused(_HEADER) from None
    order = f"{ORDER}.npy"
    names = {f"{name}.npy": name for name in shapes}
    if set(parts) - {HEADER, order} != set(names) or not names:
        raise Refused(_OTHER_PARTS)
    found = {name: _array(name, parts[part], shapes[name], _DTYPES) for part, name in names.items()}
    if len({values.dtype for values in found.values()}) != 1:
        raise Refused(_OTHER_PARTS)
    for name, values in found.items():
        if not np.isfinite(values).all():
            raise Refused(_NOT_FINITE(array=name))
    if order in parts:
        pixels = math.prod(network.inputs)
        found[ORDER] = _array(ORDER, parts[order], (pixels,), (np.dtype("<i2"),))
        if not np.array_equal(np.sort(found[ORDER]), np.arange(pixels)):
            raise Refused(_OTHER_PARTS)
    return found


def _array(name: str, part: bytes, shape: tuple[int, ...], dtypes: tuple[np.dtype, ...]) -> np.ndarray:
    file = io.BytesIO(part)
    try:
        said, is_fortran, dtype = read_npy_header(file)
    except ValueError:
        raise Refused(_OTHER_PARTS) from None
    start, length = file.tell(), math.prod(shape) * dtype.itemsize
    if said != shape or is_fortran or dtype not in dtypes or len(part) - start != length:
        shown = shortened("×".join(map(str, said)))
        raise Refused(_SHAPE(array=name, found=shown, wanted="×".join(map(str, shape))))
    # What was read is bytes, which nobody writes into.
    return np.frombuffer(part, dtype, offset=start).reshape(shape)


def _layer(value: object) -> LayerSpec:
    name, *sizes = _list(value)
    if not all(isinstance(size, (int, float)) and not isinstance(size, bool) for size in sizes):
        raise ValueError("sizes of a layer")
    return (_word(name), *sizes)


def _list(value: object) -> list[Any]:
    if not isinstance(value, list) or len(value) > 64:
        raise ValueError("no list")
    return value


def _word(value: object) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= _WORD:
        raise ValueError("no word")
    return value


def _count(value: object, most: int = _MOST_COUNTED) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise ValueError("no count")
    return value


def _share(value: object) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1:
        raise ValueError("no share")
    return float(value)
