"""The addresses by which a page opens an experiment in the program: ``layerwise:ID``.

An address comes from anybody's page. Nothing but the id of an experiment that there is can be said by one.
"""

from __future__ import annotations

import re

from engine.contract.catalogue import entries
from engine.contract.text import Refused, Text, shortened

SCHEME = "layerwise"
# Browsers and systems hand an address over as it was written, or with the marks of a host: layerwise://gates/
_ADDRESS = re.compile(rf"(?i:{SCHEME}):(?://)?([a-z0-9_]{{1,40}})/?", re.ASCII)
_UNKNOWN = Text("“{address}” opens nothing: an address is {scheme}:ID, and the ids are {ids}.")


def address_of(experiment_id: str) -> str:
    """The URL that opens an experiment in the program, such as ``layerwise:xor``."""
    return f"{SCHEME}:{experiment_id}"


def is_address(word: str) -> bool:
    """Whether this is meant as such an address, a right one or not."""
    return word[: len(SCHEME) + 1].lower() == f"{SCHEME}:"


def experiment_at(address: str) -> str:
    """The id of the experiment at an address; ``Refused``, which lists the ids that exist, for any other text."""
    ids = [entry.id for entry in entries()]
    found = _ADDRESS.fullmatch(address)
    if found is None or found[1] not in ids:
        raise Refused(_UNKNOWN(address=shortened(address), scheme=SCHEME, ids=", ".join(ids)))
    return found[1]
