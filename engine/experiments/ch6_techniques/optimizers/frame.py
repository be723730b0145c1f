"""The frame of `optimizers`: paths side by side, and the newest step of each in phases."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from engine.contract.api import Frame
from engine.experiments.ch6_techniques.optimizers.params import Opened, OptimizersParams
from engine.experiments.ch6_techniques.optimizers.phases import Phase, phases_of
from engine.experiments.shared.surfaces.surface_relief import relief_on
from engine.experiments.shared.surfaces.surface_walk import Path
from engine.geometry.relief import Relief
from engine.geometry.surface_map import SurfaceMap
from engine.nn.optimizer_registry import OPTIMIZERS


class OptimizersFrame(Frame):
    """All paths so far, by the names of the rules; ``phase`` is the last phase done of step number ``step``, 5 if the
    step is complete.

    ``x`` (2,), ``f`` and ``verdict`` are those at a rule's current place, ``distance`` that from the nearest known
    minimum, nan if none is known; ``flips`` counts how often x1 changed its sign. ``opened`` is the state before the
    newest step, None before the first step, and ``largest_root`` the longest √h so far, 0 if there is none.

    ``heights`` are places on the axis of losses, whose range must contain ``ranges``.
    """

    phase: int
    step: int
    map: SurfaceMap
    paths: Mapping[str, Path]
    x: Mapping[str, np.ndarray]
    f: Mapping[str, float]
    verdict: Mapping[str, str]
    distance: Mapping[str, float]
    flips: Mapping[str, int]
    opened: Mapping[str, Opened] | None
    largest_root: Mapping[str, float]
    signed: bool
    heights: Mapping[str, np.ndarray]
    ranges: Mapping[str, np.ndarray]
    last_step: int

    def relief(self, params: OptimizersParams) -> Relief:
        """The surface as seen from the side, extended so that the start lies on it."""
        return relief_on(params.surface, self.map, np.array(params.start))

    def phases(self, params: OptimizersParams) -> tuple[Phase, ...]:
        """The phases of the newest step of the selected rule, future ones included."""
        return () if self.opened is None else phases_of(params.selected, params, self.opened[params.selected])

    def roots(self, params: OptimizersParams) -> np.ndarray | None:
        """The roots (2,) of the selected rule's memory of squares; None if it has none."""
        kept, phases = OPTIMIZERS[params.selected].squares, self.phases(params)
        if kept is None:
            return None
        squares: float | np.ndarray | None = None if self.opened is None else self.opened[params.selected].squares
        for phase in phases[: self.phase]:
            squares = next((one.result for one in phase.quantities if one.symbol == kept[0]), squares)
        remembered = np.zeros(2) if squares is None else np.asarray(squares)
        return np.sqrt(remembered) if np.all(np.isfinite(remembered)) else None
