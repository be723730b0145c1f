"""Arrow key navigation in the drawing of a network: neurons, weights, and the buttons − and + of a layer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple


class Part(NamedTuple):
    """A part of a network drawing that arrow keys can reach: a neuron, a weight, or a button of a hidden layer.

    ``number`` is the index of a neuron, or of the source of a weight to neuron ``target`` in the next layer; for a
    button it is −1 or 1. Layer 0 are the inputs.
    """

    kind: Literal["neuron", "weight", "count"]
    layer: int
    number: int
    target: int = 0


START = Part("neuron", 1, 0)


def part_there(sizes: Sequence[int], part: Part) -> Part:
    """The same part if a network with these layer sizes has it, otherwise the nearest one."""
    last = len(sizes) - 1
    if part.kind == "weight":
        layer = min(part.layer, last - 1)
        return Part("weight", layer, min(part.number, sizes[layer] - 1), min(part.target, sizes[layer + 1] - 1))
    if part.kind == "count" and part.layer < last:
        return part
    layer = min(part.layer, last)
    return Part("neuron", layer, min(max(part.number, 0), sizes[layer] - 1))


def part_beside(sizes: Sequence[int], part: Part, way: tuple[int, int]) -> Part:
    """The next part in a direction: ``way`` is (1, 0) to the right, (−1, 0) to the left, (0, 1) up, (0, −1) down.

    Sideways, a neuron is followed by a weight, and a weight by the neuron at its end. At the edge of the drawing
    ``part`` itself is returned.
    """
    (across, up), (kind, layer, number, target), last = way, part, len(sizes) - 1
    if kind == "neuron":
        if across:
            return _weight_beside(sizes, part, across)
        if up == 1 and not number and 0 < layer < last:
            return Part("count", layer, -1)
        return Part("neuron", layer, min(max(number - up, 0), sizes[layer] - 1))
    if kind == "weight":
        if across:
            return Part("neuron", layer + 1, target) if across == 1 else Part("neuron", layer, number)
        place = number * sizes[layer + 1] + target - up
        most = sizes[layer] * sizes[layer + 1] - 1
        return Part("weight", layer, *divmod(min(max(place, 0), most), sizes[layer + 1]))
    if not across:
        return Part("neuron", layer, 0) if up == -1 else part
    if number != across:
        return Part("count", layer, across)
    return Part("count", layer + across, -across) if 0 < layer + across < last else part


def _weight_beside(sizes: Sequence[int], part: Part, across: int) -> Part:
    """The weight that joins the neuron ``part`` to the one at about the same height in the next layer (``across`` 1) or
    the previous one (−1); ``part`` itself if there is no such layer.
    """
    other = part.layer + across
    if not 0 <= other < len(sizes):
        return part
    nearest = part.number * sizes[other] // sizes[part.layer]
    if across == 1:
        return Part("weight", part.layer, part.number, nearest)
    return Part("weight", other, nearest, part.number)
