"""The sixteen gates of two inputs by name, so that a neuron can be called what it computes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

# Outputs for the inputs 00, 01, 10, 11 as one word; {0} and {1} stand for the names of the inputs.
_NAMES = {
    "0000": "0",
    "0001": "AND",
    "0010": "{0} > {1}",
    "0011": "{0}",
    "0100": "{0} < {1}",
    "0101": "{1}",
    "0110": "XOR",
    "0111": "OR",
    "1000": "NOR",
    "1001": "XNOR",
    "1010": "NOT {1}",
    "1011": "{0} ≥ {1}",
    "1100": "NOT {0}",
    "1101": "{0} ≤ {1}",
    "1110": "NAND",
    "1111": "1",
}


def gate_name(outputs: Sequence[float] | np.ndarray, first: str = "x1", second: str = "x2") -> str:
    """The name of the gate with these outputs (0 or 1, or probabilities, 1 from 0.5 on) for 00, 01, 10, 11.

    A gate without a name of its own is written as what it says of its inputs: ``x1 > x2`` is 1 for 10 only, ``NOT x2``
    wherever x2 is 0, and ``1`` always.
    """
    word = "".join("1" if output >= 0.5 else "0" for output in outputs)
    return _NAMES[word].format(first, second)


def gate_names(first: str = "x1", second: str = "x2") -> tuple[str, ...]:
    """All names that there are for inputs of these names."""
    return tuple(name.format(first, second) for name in _NAMES.values())
