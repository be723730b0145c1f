"""Data sets of random points in the plane: with classes to be separated, or with target values ("heights") for
regression.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from engine.contract.text import Text

REACH = 3.0
"""The maximum absolute value of the points' coordinates."""
OUTER = 2.6
"""The maximum absolute value of the points' coordinates without noise."""

Random = np.random.Generator


def circles(random: Random, label: np.ndarray, classes: int) -> np.ndarray:
    """Points (N, 2) in a disc in the centre, and in a ring around it for every further class, with a gap between
    neighbours.
    """
    width = OUTER / classes
    # The root makes them equally dense all over.
    low, high = np.where(label > 0, label + 0.25, 0.0) * width, (label + np.where(label > 0, 1.0, 0.85)) * width
    radius = np.sqrt(random.uniform(low**2, high**2))
    angle = random.uniform(0, 2 * np.pi, len(label))
    return radius[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])


def quadrants(random: Random, label: np.ndarray, classes: int) -> np.ndarray:
    """Points (N, 2) in the four quadrants; classes follow one another round the centre, and two of them form the
    pattern of XOR.
    """
    quadrant = (label + classes * random.integers(0, 4, len(label))) % 4
    if classes == 3:
        # Class 0 has the first and the last quadrant.
        quadrant = np.where(label == 0, 3 * random.integers(0, 2, len(label)), label)
    sides = np.column_stack([np.where((quadrant == 0) | (quadrant == 3), 1, -1), np.where(quadrant < 2, 1, -1)])
    return sides * random.uniform(0.15, OUTER, (len(label), 2))


def clusters(random: Random, label: np.ndarray, classes: int) -> np.ndarray:
    """Normally distributed points (N, 2) in a round cluster for every class."""
    angle = np.pi / 4 + 2 * np.pi * label / classes
    middle = 1.6 * np.column_stack([np.cos(angle), np.sin(angle)])
    return middle + random.normal(0, 0.45, middle.shape)


def spirals(random: Random, label: np.ndarray, classes: int) -> np.ndarray:
    """Points (N, 2) on a spiral arm for every class, wound round the centre one and a half times."""
    along = np.sqrt(random.uniform(0.01, 1, len(label)))
    angle = 3 * np.pi * along + 2 * np.pi * label / classes
    return OUTER * along[:, None] * np.column_stack([np.sin(angle), np.cos(angle)])


def moons(random: Random, label: np.ndarray, classes: int) -> np.ndarray:
    """Points (N, 2) on a half circle for every class, open upwards and downwards in turn, each reaching into the next
    one.
    """
    angle = random.uniform(0, np.pi, len(label))
    up, size = 1 - 2 * (label % 2), 2 * OUTER / (classes + 1)
    x = size * (np.cos(angle) + label - (classes - 1) / 2)
    return np.column_stack([x, up * (size * np.sin(angle) - 0.45 * size)])


def plane_height(x: np.ndarray) -> np.ndarray:
    """The heights (N,) of a plane that rises towards (1, 1), from −1 to 1, at points (N, 2)."""
    return x.sum(axis=1) / (2 * REACH)


def hills_height(x: np.ndarray) -> np.ndarray:
    """The heights (N,) of two hills up to 1 and two hollows down to −1, at points (N, 2)."""
    total = np.zeros(len(x))
    for x1, x2, height in ((-1.5, 1.5, 1), (1.5, -1.5, 1), (1.5, 1.5, -1), (-1.5, -1.5, -1)):
        total += height * np.exp(-np.square(x - (x1, x2)).sum(axis=1))
    return total


@dataclass(frozen=True, kw_only=True)
class PlaneSet:
    """A data set of points: ``id`` is its value in parameters, ``name`` its name for people.

    It has either ``places(random, labels, classes)``, which draws points (N, 2) for labels (N,) from 0 to classes − 1;
    or ``height``, a function from points (N, 2) to their target values (N,).
    """

    id: str
    name: Text
    places: Callable[[Random, np.ndarray, int], np.ndarray] | None = None
    height: Callable[[np.ndarray], np.ndarray] | None = None


PLANE_SETS: Mapping[str, PlaneSet] = MappingProxyType(
    {
        one.id: one
        for one in (
            PlaneSet(id="circle", name=Text("circle"), places=circles),
            PlaneSet(id="xor", name=Text("XOR"), places=quadrants),
            PlaneSet(id="gauss", name=Text("clusters"), places=clusters),
            PlaneSet(id="spiral", name=Text("spiral"), places=spirals),
            PlaneSet(id="moons", name=Text("moons"), places=moons),
            PlaneSet(id="plane", name=Text("slope (regression)"), height=plane_height),
            PlaneSet(id="hills", name=Text("hills (regression)"), height=hills_height),
        )
    }
)
"""All data sets of points by ``id``."""
CLASSES = {one.id: one.places for one in PLANE_SETS.values() if one.places is not None}
HEIGHTS = {one.id: one.height for one in PLANE_SETS.values() if one.height is not None}


def plane_set(name: str, random: Random, count: int, classes: int, noise: float) -> tuple[np.ndarray, np.ndarray]:
    """Draws ``count`` points (N, 2) of the set called ``name``, and either their integer labels (N,) or their real
    target values (N,).

    ``noise`` is the standard deviation by which each point is moved at random; it does not affect which random numbers
    are drawn. The classes have equally many points, give or take one.
    """
    if name in HEIGHTS:
        x = random.uniform(-OUTER, OUTER, (count, 2))
        target = HEIGHTS[name](x)
    else:
        target = np.arange(count) % classes
        x = CLASSES[name](random, target, classes)
    return _with_noise(x, random, noise), target


def beside_curve(
    f: Callable[[np.ndarray], np.ndarray], random: Random, count: int, noise: float
) -> tuple[np.ndarray, np.ndarray]:
    """Draws ``count`` points (N, 2), uniformly distributed, and their labels (N,): 1 above the curve x2 = f(x1), 0
    below.

    ``noise`` moves points as in ``plane_set``; points that it moves across the curve keep their labels.
    """
    x = random.uniform(-OUTER, OUTER, (count, 2))
    target = (x[:, 1] > f(x[:, 0])).astype(int)
    return _with_noise(x, random, noise), target


def _with_noise(x: np.ndarray, random: Random, noise: float) -> np.ndarray:
    return np.clip(x + noise * random.standard_normal(x.shape), -REACH, REACH)
