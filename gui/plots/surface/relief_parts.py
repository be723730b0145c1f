"""What lies on a surface that is seen from aside: paths, arrows and marks, by their places on the plane below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

Kind = Literal["dot", "star", "square", "ring"]


@dataclass(frozen=True, eq=False)
class ReliefPath:
    """Places (K, 2) joined by straight steps, a row of nan is a gap; a ``plain`` one has neither halo nor dots."""

    places: np.ndarray
    color: str
    opacity: float = 1.0
    width: float = 1.8
    dashed: bool = False
    plain: bool = False
    dots: bool = True


@dataclass(frozen=True, eq=False)
class ReliefLine:
    """Pieces (K, 4) of a line at one height, such as the contour through a point."""

    pieces: np.ndarray
    height: float
    color: str
    width: float = 2.2


@dataclass(frozen=True, eq=False)
class ReliefArrow:
    """From ``foot`` by ``way`` over the plane, laid on the surface, with a name beside its tip."""

    foot: tuple[float, float]
    way: tuple[float, float]
    color: str
    name: str = ""
    width: float = 2.5
    opacity: float = 1.0


@dataclass(frozen=True, eq=False)
class ReliefMark:
    """A mark at a place of the plane, and words beside it."""

    place: tuple[float, float]
    kind: Kind
    color: str
    words: str = ""


@dataclass(frozen=True, eq=False)
class ReliefParts:
    """All that lies on a surface, each kind in the order in which it is drawn."""

    paths: Sequence[ReliefPath] = ()
    lines: Sequence[ReliefLine] = ()
    arrows: Sequence[ReliefArrow] = ()
    marks: Sequence[ReliefMark] = field(default=())
