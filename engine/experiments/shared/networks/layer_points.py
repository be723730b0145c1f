"""Layers as points: a layer's outputs for 500 test digits, projected on their two principal components."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass

import numpy as np

from engine.contract.api import Probe, ProbePoint, Progress, Text, percent, quantity
from engine.contract.table import Table, table_of
from engine.data.digits import Digits
from engine.nn.losses import softmax
from engine.nn.principal_components import principal_components

COUNT = 500
"""The number of test digits that are projected, the first of the test set."""
POINTS = "points"
"""The name of the plot with the points."""
_NEAR = 0.02
"""The maximum distance from pointer to point at which the point is found, as a share of the longer side of the plot."""
_PASSING = Text("500 test digits go through the network")
_READING = Text(
    "{layer}: {numbers:,} numbers a digit, whose two widest directions hold {share} of their spread."
    " {alike} of the {count} digits lie nearest to one of their own class."
)
_UNTRAINED = Text("{layer}, before learning")
_POINT = Text("test digit {image}, a {label}, read as {answer}")


@dataclass(frozen=True, eq=False)
class LayerPoints:
    """The test digits as points of the plane, and how much of their variance the projection keeps."""

    places: np.ndarray  # (500, 2) along the two strongest directions, from the mean
    labels: np.ndarray  # (500,)
    chances: np.ndarray  # (500, 10) the probabilities that the network gives
    shares: np.ndarray  # (2,) of the variance, along each direction
    numbers: int  # how many the layer makes of a digit
    share: float = quantity(share=True)
    """The share of the variance that both directions of the plane hold together."""
    alike: float = quantity(share=True)
    """The share of the digits whose nearest neighbour in the plane is of their own class."""

    @property
    def answers(self) -> np.ndarray:
        """The network's answers, (500,)."""
        return self.chances.argmax(axis=1)

    def point_at(self, x: float, y: float) -> int | None:
        """The index of the point nearest to x, y; None if no point is close."""
        apart = np.hypot(*(self.places - (x, y)).T)
        nearest = int(apart.argmin())
        return nearest if apart[nearest] <= _NEAR * float(np.ptp(self.places, axis=0).max()) else None

    def beside(self, number: int, right: int, up: int) -> int:
        """The index of the nearest point in one of four directions, for arrow keys; ``right`` or ``up`` is 1 or −1.

        Only points within 45° of that direction count; if there is none, ``number`` itself is returned.
        """
        ways = self.places - self.places[number]
        along = ways @ (right, up)
        aside = np.abs(ways @ (up, right))
        ahead = np.flatnonzero((along > 0) & (aside <= along))
        return int(ahead[np.argmin(along[ahead] + aside[ahead])]) if len(ahead) else number


def layer_points(outputs: np.ndarray, labels: np.ndarray, scores: np.ndarray) -> LayerPoints:
    """Project a layer's outputs (N, D) for digits with ``labels`` (N,); ``scores`` (N, 10) are those of the network."""
    found = principal_components(outputs)
    places = found.coordinates.astype(np.float32)
    exact = places.astype(np.float64)
    ways = exact[:, None] - exact  # (N, 1, 2) (N, 2) -> (N, N, 2)
    apart = np.einsum("ijk,ijk->ij", ways, ways)
    np.fill_diagonal(apart, np.inf)
    alike = float(np.mean(labels[apart.argmin(axis=1)] == labels))
    arrays = places, labels.astype(np.int64), softmax(scores).astype(np.float32), found.shares
    for array in arrays:
        # A frame copies what might still change, and all frames of a run have the same points.
        array.setflags(write=False)
    return LayerPoints(*arrays, outputs.shape[1], float(found.shares.sum()), alike)


Layer = Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]]
"""Computes for images (N, 28, 28) a layer's outputs (N, …) and the network's scores (N, 10)."""
_found: dict[tuple[object, ...], LayerPoints] = {}
_MOST_FOUND, _AT_ONCE = 16, 25


def found_once(key: tuple[object, ...], test: Digits, layer: Layer) -> Generator[Progress, None, LayerPoints]:
    """A generator that yields its progress and returns the points of a layer for the first 500 test digits.

    The points are cached under ``key``, which identifies the network and the layer.
    """
    if key not in _found:
        made, scores = [], []
        for start in range(0, COUNT, _AT_ONCE):
            outputs, some_scores = layer(test.images[start : start + _AT_ONCE])
            made.append(outputs.reshape(len(outputs), -1))
            scores.append(some_scores)
            yield Progress(_PASSING, (start + _AT_ONCE) / COUNT)
        if len(_found) >= _MOST_FOUND:
            del _found[next(iter(_found))]
        _found[key] = layer_points(np.concatenate(made), test.labels[:COUNT], np.concatenate(scores))
    return _found[key]


def reading_of_points(points: LayerPoints, layer: Text, untrained: bool) -> Text:
    """The headline with the figures of the projection; ``layer`` is the layer's name."""
    return _READING(
        layer=_UNTRAINED(layer=layer) if untrained else layer,
        numbers=points.numbers,
        share=percent(points.share),
        alike=percent(points.alike),
        count=len(points.labels),
    )


def point_under(points: LayerPoints, spot: ProbePoint) -> Probe | None:
    """The tooltip of the point under the pointer; None if no point is close."""
    image = points.point_at(spot.x, spot.y)
    if image is None:
        return None
    return Probe(_POINT(image=image, label=int(points.labels[image]), answer=int(points.answers[image])))


def table_of_points(points: LayerPoints) -> Table:
    """The table of all points: test digit, label, the network's answer and the coordinates."""
    return table_of(
        "points",
        Text("digits as points"),
        image=(np.arange(len(points.labels)), Text("test digit")),
        label=(points.labels, Text("label")),
        answer=(points.answers, Text("answer")),
        first=(points.places[:, 0], Text("along direction 1")),
        second=(points.places[:, 1], Text("along direction 2")),
    )
