"""The frame of `optimizers`: the paths of all optimizers, and the state before the newest step of each."""

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
    """The paths of all optimizers so far; mappings are by the optimizer's id.

    ``phase`` is the number of the newest phase of step ``step``, 5 if the step is complete. ``x`` (2,), ``f`` and
    ``verdict`` (the fate) are those at an optimizer's current point. ``distance`` is that to the nearest known minimum,
    nan if none is known; ``flips`` counts how often x1 changed its sign. ``opened`` is the state before the newest
    step, None before the first; ``largest_root`` is the largest √h so far, 0 for optimizers without h.

    ``heights`` are positions on the loss axis, ``ranges`` the range of that axis that each optimizer needs.
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
        """The surface as a relief, extended so that the start lies on it."""
        return relief_on(params.surface, self.map, np.array(params.start))

    def phases(self, params: OptimizersParams) -> tuple[Phase, ...]:
        """All phases of the selected optimizer's newest step, including those still to come; empty before the first
        step.
        """
        return () if self.opened is None else phases_of(params.selected, params, self.opened[params.selected])

    def roots(self, params: OptimizersParams) -> np.ndarray | None:
        """The square roots (2,) of the selected optimizer's memory of squared gradients; None if it has none."""
        kept, phases = OPTIMIZERS[params.selected].squares, self.phases(params)
        if kept is None:
            return None
        squares: float | np.ndarray | None = None if self.opened is None else self.opened[params.selected].squares
        for phase in phases[: self.phase]:
            squares = next((one.result for one in phase.quantities if one.symbol == kept[0]), squares)
        remembered = np.zeros(2) if squares is None else np.asarray(squares)
        return np.sqrt(remembered) if np.all(np.isfinite(remembered)) else None
