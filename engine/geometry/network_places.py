"""Maps between a network's neurons, weights and biases, their positions in its drawing, their indices and their names.

In the drawing the layers stand at x = 0, 1, 2, …, the inputs first; the neurons of a layer are spread from y = 1 down
to 0.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

_PATH = re.compile(r"(?:W([1-7])\[([0-7]),([0-7])\]|b([1-7])\[([0-7])\])", re.ASCII)
_NEAR = 0.24
"""The maximum horizontal distance from a layer's x at which a point still belongs to one of its neurons."""
_NEAR_EDGE = 0.05


def index_of(sizes: Sequence[int], path: str) -> int | None:
    """The index in the flat parameter vector of a weight or bias with a name such as W1[0,2] or b1[2]; None if a
    network of these sizes has none of that name.
    """
    match = _PATH.fullmatch(path)
    if not match:
        return None
    of_weight, source, target, of_bias, alone = match.groups()
    layer = int(of_weight or of_bias) - 1
    column = int(target or alone or 0)
    if layer >= len(sizes) - 1 or column >= sizes[layer + 1] or int(source or 0) >= sizes[layer]:
        return None
    row = sizes[layer] if source is None else int(source)
    return _start(sizes, layer) + row * sizes[layer + 1] + column


def place_of(sizes: Sequence[int], index: int) -> tuple[int, int, int]:
    """Layer, source and target, all from 0, of the parameter at an index in the flat parameter vector. For a bias, the
    source is one more than that of the last input.
    """
    layer = 0
    while index >= (sizes[layer] + 1) * sizes[layer + 1]:
        index -= (sizes[layer] + 1) * sizes[layer + 1]
        layer += 1
    return (layer, *divmod(index, sizes[layer + 1]))


def path_of(sizes: Sequence[int], index: int) -> str:
    """The name of the parameter at an index in the flat parameter vector, such as W1[0,2]; the reverse of
    ``index_of``.
    """
    layer, source, target = place_of(sizes, index)
    return f"b{layer + 1}[{target}]" if source == sizes[layer] else f"W{layer + 1}[{source},{target}]"


def height_of(number: int, count: int) -> float:
    """The y coordinate in the drawing of neuron ``number`` (from 0) in a layer of ``count`` neurons."""
    return 1.0 - (number + 0.5) / count


def neuron_at(sizes: Sequence[int], x: float, y: float) -> tuple[int, int] | None:
    """The layer and the index in it, both from 0, of the neuron or input that is drawn at a point; None if there is
    none.
    """
    layer = round(x)
    if not 0 <= layer < len(sizes) or abs(x - layer) > _NEAR or not 0.0 <= y <= 1.0:
        return None
    return layer, min(int((1.0 - y) * sizes[layer]), sizes[layer] - 1)


def weight_at(sizes: Sequence[int], x: float, y: float) -> int | None:
    """The index in the flat parameter vector of the weight whose line is nearest to a point between two layers; None if
    the point is on a neuron or far from all lines.
    """
    layer = int(np.floor(x))
    if not 0 <= layer < len(sizes) - 1 or not _NEAR < x - layer < 1 - _NEAR:
        return None
    n, m = sizes[layer], sizes[layer + 1]
    part = (x - layer - _NEAR) / (1 - 2 * _NEAR)
    sources = np.array([height_of(i, n) for i in range(n)])[:, None]
    targets = np.array([height_of(j, m) for j in range(m)])
    apart = np.abs(sources + part * (targets - sources) - y)
    if apart.min() > _NEAR_EDGE:
        return None
    return _start(sizes, layer) + int(apart.argmin())


def bias_of(sizes: Sequence[int], layer: int, number: int) -> int:
    """The index in the flat parameter vector of a neuron's bias; ``layer`` counts from 0 for the inputs, ``number``
    from 0 in the layer.
    """
    return _start(sizes, layer - 1) + sizes[layer - 1] * sizes[layer] + number


def _start(sizes: Sequence[int], layer: int) -> int:
    return sum((n + 1) * m for n, m in pairwise(sizes[: layer + 1]))
