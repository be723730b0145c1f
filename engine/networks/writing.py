"""A kept network as a file: an archive of plain arrays, and beside them a header that people can read; no pickle."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator

from numpy.lib import format as array_format

from engine.networks.kept import KeptNetwork
from engine.version import PROGRAM

HEADER = "network.json"
FORMAT = 1
# The same network gives the same bytes: the entries carry the earliest moment that a zip file knows, not now.
_EPOCH = (1980, 1, 1, 0, 0, 0)


def network_file(network: KeptNetwork) -> bytes:
    """The content of the file; ``numpy.load(path, allow_pickle=False)`` reads it as well.

    Nothing in it is packed: weights hardly become smaller, and what is not packed cannot unpack to more than it is.
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
