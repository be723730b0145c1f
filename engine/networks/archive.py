"""The file format of saved networks: an archive of plain arrays and a header; reading it executes nothing."""

from __future__ import annotations

import io
import json
import math
import threading
import zipfile
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.lib import format as array_format

from engine.contract.plain_json import is_number, is_text, is_whole, read_document
from engine.contract.text import Refused, Text, shortened
from engine.data.npy_header import read_npy_header
from engine.data.plain_file import Unreadable, read_plain_file
from engine.networks.folder import name_of
from engine.networks.kept import ORDER, KeptNetwork, LayerSpec
from engine.networks.layers import MOST_NUMBERS, array_shapes
from engine.version import PROGRAM

HEADER = "network.json"


FORMAT = 1


# The same network gives the same bytes: the entries carry the earliest moment that a zip file knows, not now.
_EPOCH = (1980, 1, 1, 0, 0, 0)


def network_file(network: KeptNetwork) -> bytes:
    """The content of a network's file; ``numpy.load(path, allow_pickle=False)`` reads it as well.

    It is not compressed: weights hardly shrink, and an uncompressed file cannot expand beyond its size.
    """
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as archive:
        for name, part in _parts(network):
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), part)
    return content.getvalue()


def _parts(network: KeptNetwork) -> Iterator[tuple[str, bytes]]:
    header = {
        "layerwise_network": FORMAT,
        "program": PROGRAM,
        "kind": network.kind,
        "experiment": network.experiment,
        "data": network.data,
        "samples": network.samples,
        "features": network.features,
        "inputs": network.inputs,
        "layers": network.layers,
        "seed": network.seed,
        "updates": network.updates,
        "test_accuracy": network.test_accuracy,
        "tested": network.tested,
    }
    yield HEADER, (json.dumps(header, indent=1) + "\n").encode()
    for name, values in network.arrays.items():
        array = io.BytesIO()
        # In the order of C, whatever lies in memory: what is read has one order.
        array_format.write_array(array, values.copy(order="C"), version=(1, 0), allow_pickle=False)
        yield f"{name}.npy", array.getvalue()


MOST_PARTS = 128
_END, _END_OF_LARGE = b"PK\x05\x06", b"PK\x06\x07"
_END_LENGTH = 22
_LARGEST_LIST = 64 * 1024
"""The maximum size of the archive's directory in bytes; sixteen thousand empty entries would take too long to read."""


def parts_of(content: bytes) -> Mapping[str, bytes]:
    """The entries of an uncompressed archive by name; ValueError if the archive is damaged or of another kind.

    The directory is checked before anything is read, so no entry can be larger than the file.
    """
    end = content[-_END_LENGTH:]
    if not content.startswith(b"PK") or not end.startswith(_END):
        raise ValueError("no archive, or cut off")
    if content[-_END_LENGTH - 20 :].startswith(_END_OF_LARGE):
        raise ValueError("an archive of the large kind")
    count, size = int.from_bytes(end[10:12], "little"), int.from_bytes(end[12:16], "little")
    if count > MOST_PARTS or size > _LARGEST_LIST:
        raise ValueError("more parts than any network has")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            listed = archive.infolist()
            names = [one.filename for one in listed]
            plain = all(
                one.compress_type == zipfile.ZIP_STORED and one.file_size == one.compress_size and not one.flag_bits & 1
                for one in listed
            )
            if not plain or len(set(names)) != len(names) or sum(one.file_size for one in listed) > len(content):
                raise ValueError("packed, or listed twice")
            return {one.filename: archive.read(one) for one in listed}
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, OverflowError) as error:
        raise ValueError("a damaged archive") from error


LARGEST = 8 * MOST_NUMBERS + 2**20
"""The maximum size of a file in bytes: its values in double precision, and the header."""
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
    """Reads the network in a file, its arrays read-only; ``Refused`` if the file contains none.

    Cached until the file changes; a network from ``put_to_work`` stays available after its file is deleted. The
    network's name is the file's.
    """
    try:
        state = path.stat()
    except (OSError, ValueError):
        with _at_work_lock:
            known = _at_work.get(path)
        return known or _read(path, None)
    return _read(path, (state.st_mtime_ns, state.st_size))


def put_to_work(path: Path) -> KeptNetwork:
    """Reads the network in a file and keeps it in memory, even if the file is deleted; ``Refused`` if it cannot be
    read.

    The last few networks stay until the program ends; may be called from any thread.
    """
    found = read_network(path)
    with _at_work_lock:
        _at_work.pop(path, None)
        _at_work[path] = found
        if len(_at_work) > _MOST_KNOWN:
            del _at_work[next(iter(_at_work))]
    return found


def forget() -> None:
    """Clears the caches of networks that were read."""
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
    """Parses a network from a file's content.

    ``Refused`` if it is invalid; its text is only the end of a sentence, which the caller begins with the file's name.
    """
    try:
        parts = parts_of(content)
        header = parts[HEADER]
        if len(header) > _LARGEST_HEADER:
            raise ValueError("a long header")
        said = read_document(header.decode(), "layerwise_network")
    except (ValueError, KeyError):
        raise Refused(_NO_NETWORK) from None
    network = _told(said)
    arrays = _arrays(parts, network)
    return KeptNetwork(**{**vars(network), "arrays": arrays, "name": name})


def _told(said: Mapping[str, Any]) -> KeptNetwork:
    """A network with the data in a file's header, without its arrays; ``Refused`` if a value has the wrong type."""
    if isinstance(said["layerwise_network"], int) and said["layerwise_network"] > FORMAT:
        raise Refused(_NEWER)
    try:
        network = KeptNetwork(
            experiment=_word(said["experiment"]),
            inputs=tuple(_count(one) for one in _list(said["inputs"])),
            layers=tuple(_layer(one) for one in _list(said["layers"])),
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
    """Reads the arrays and checks that they have the shapes of the layers and one precision."""
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
    if not all(map(is_number, sizes)):
        raise ValueError("sizes of a layer")
    return (_word(name), *sizes)


def _list(value: object) -> list[Any]:
    if not isinstance(value, list) or len(value) > 64:
        raise ValueError("no list")
    return value


def _word(value: object) -> str:
    if not is_text(value, _WORD, 1):
        raise ValueError("no word")
    return value


def _count(value: object, most: int = _MOST_COUNTED) -> int:
    if not is_whole(value, most):
        raise ValueError("no count")
    return value


def _share(value: object) -> float | None:
    if value is None:
        return None
    if not is_number(value, 1) or value < 0:
        raise ValueError("no share")
    return float(value)
