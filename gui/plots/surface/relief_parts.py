"""What may lie on the surface of a relief: paths, lines, arrows and marks, given by points of the plane below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

MarkerShape = Literal["dot", "star", "square", "ring"]


@dataclass(frozen=True, eq=False)
class ReliefPath:
    """A path through ``places`` (K, 2), joined by straight lines; a row of NaN is a gap. A ``plain`` one has no halo or
    dots.
    """

    places: np.ndarray
    color: str
    opacity: float = 1.0
    width: float = 1.8
    dashed: bool = False
    plain: bool = False
    dots: bool = True


@dataclass(frozen=True, eq=False)
class ReliefLine:
    """Segments (K, 4), each (x, y, x, y), of a line at one ``height``, such as the contour through a point."""

    pieces: np.ndarray
    height: float
    color: str
    width: float = 2.2


@dataclass(frozen=True, eq=False)
class ReliefArrow:
    """An arrow from ``foot`` along the vector ``way`` in the plane, projected on to the surface, with a name at its
    tip.
    """

    foot: tuple[float, float]
    way: tuple[float, float]
    color: str
    name: str = ""
    width: float = 2.5
    opacity: float = 1.0


@dataclass(frozen=True, eq=False)
class ReliefMark:
    """A mark at a point of the plane, with words beside it."""

    place: tuple[float, float]
    kind: MarkerShape
    color: str
    words: str = ""


@dataclass(frozen=True, eq=False)
class ReliefParts:
    """Everything on a surface, each kind in the order of drawing."""

    paths: Sequence[ReliefPath] = ()
    lines: Sequence[ReliefLine] = ()
    arrows: Sequence[ReliefArrow] = ()
    marks: Sequence[ReliefMark] = field(default=())
