"""The addresses by which a web page opens an experiment in the program: ``layerwise:ID``.

Any web page may contain such an address, so it is not trusted: all it can name is the id of an existing experiment.
"""

from __future__ import annotations

import re

from engine.contract.catalogue import entries
from engine.contract.text import Refused, Text, shortened

SCHEME = "layerwise"
# Browsers and systems pass an address as it was written, or with the slashes of a host: layerwise://gates/
_ADDRESS = re.compile(rf"(?i:{SCHEME}):(?://)?([a-z0-9_]{{1,40}})/?", re.ASCII)
_UNKNOWN = Text("“{address}” opens nothing: an address is {scheme}:ID, and the ids are {ids}.")


def address_of(experiment_id: str) -> str:
    """The address that opens an experiment, such as ``layerwise:gates``."""
    return f"{SCHEME}:{experiment_id}"


def is_address(word: str) -> bool:
    """Whether a word begins with ``layerwise:``; the rest need not be a valid address."""
    return word[: len(SCHEME) + 1].lower() == f"{SCHEME}:"


def experiment_at(address: str) -> str:
    """The id of the experiment in an address such as ``layerwise:gates``; ``Refused`` for any other text, with the ids
    that exist.
    """
    ids = [entry.id for entry in entries()]
    found = _ADDRESS.fullmatch(address)
    if found is None or found[1] not in ids:
        raise Refused(_UNKNOWN(address=shortened(address), scheme=SCHEME, ids=", ".join(ids)))
    return found[1]
