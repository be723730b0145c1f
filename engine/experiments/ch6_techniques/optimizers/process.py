"""The run of `optimizers`: all optimizers side by side, phase by phase, from one start."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np

from engine.contract.numerals import rounded_up
from engine.contract.protocol import Process
from engine.experiments.ch6_techniques.optimizers.frame import OptimizersFrame
from engine.experiments.ch6_techniques.optimizers.params import (
    PHASES,
    Opened,
    OptimizersParams,
)
from engine.experiments.shared.surfaces.surface_choice import map_of
from engine.experiments.shared.surfaces.surface_fate import Region, fate_of
from engine.experiments.shared.surfaces.surface_walk import Step, Walk, exact_gradient
from engine.geometry.heights import height_range, power_heights, signed_heights
from engine.nn.optimizer_registry import OPTIMIZERS

NAME = "x"
"""The key of the point in the dictionaries of arrays that optimizers update."""
_KEPT = 320
"""The number of recorded moments of each path: enough for all steps that a run takes before it pauses."""


class OptimizersProcess(Process):
    """The run: an update is one phase of a step; all optimizers move their points in the last phase."""

    def __init__(self, params: OptimizersParams) -> None:
        self._params, self._surface = params, params.surface
        expression = self._surface.expression
        self._optimizers = {rule: params.optimizer(rule) for rule in OPTIMIZERS}
        self._walks = {
            rule: Walk(expression, exact_gradient(expression), np.array(params.start), _step_by(optimizer), _KEPT)
            for rule, optimizer in self._optimizers.items()
        }
        low, high = np.minimum(self._surface.low, params.start), np.maximum(self._surface.high, params.start)
        self._region = Region(tuple(low.tolist()), tuple(high.tolist()))
        self._updates = 0
        self._flips = dict.fromkeys(OPTIMIZERS, 0)
        self._largest_root = dict.fromkeys(OPTIMIZERS, 0.0)
        self._opened: dict[str, Opened] | None = None
        self._measured: OptimizersFrame | None = None
        self.finished = all(walk.is_lost for walk in self._walks.values())

    @property
    def counts(self) -> tuple[int, ...]:
        return self._updates, self._updates // len(PHASES)

    def advance(self) -> None:
        phase = self._updates % len(PHASES)
        if phase == 0:
            self._opened = {rule: self._opened_of(rule) for rule in OPTIMIZERS}
        self._updates += 1
        if phase < len(PHASES) - 1:
            return
        for rule, walk in self._walks.items():
            if walk.is_lost or walk.is_at_infinity:
                continue
            walk.advance()
            self._flips[rule] += bool(np.sign(walk.before[1]) * np.sign(walk.x[1]) < 0)
            squares = _kept(self._optimizers[rule], OPTIMIZERS[rule].squares)
            if squares is not None:
                self._largest_root[rule] = max(self._largest_root[rule], float(np.sqrt(np.max(squares))))
        self.finished = all(walk.is_lost or walk.is_at_infinity for walk in self._walks.values())

    def frame(self, heavy: bool) -> OptimizersFrame:
        steps = self.counts[1]
        now: dict[str, Any] = {
            "update": self._updates,
            "counts": self.counts,
            "finished": self.finished,
            # All phases are done where a step ends, and none where none has begun.
            "phase": (self._updates - 1) % len(PHASES) + 1 if self._updates else 0,
            "step": -(-self._updates // len(PHASES)),
            "opened": self._opened,
        }
        if self._measured is None or self._measured.counts[1] != steps:
            self._measured = OptimizersFrame(**now, **self._measure())
        # Nothing else changes until the next move, so that the frames of a step share their arrays.
        return dataclasses.replace(self._measured, **now)

    def _measure(self) -> dict[str, Any]:
        """The frame's fields that stay the same until the points move again."""
        params, surface, walks, steps = self._params, self._surface, self._walks, self.counts[1]
        paths = {rule: walk.path(surface.low, surface.high) for rule, walk in walks.items()}
        signed = not surface.minima
        heights_of = signed_heights if signed else power_heights
        heights = {rule: heights_of(path.values) for rule, path in paths.items()}
        return {
            "map": map_of(surface.text, surface.names, surface.low, surface.high),
            "paths": paths,
            "x": {rule: walk.x for rule, walk in walks.items()},
            "f": {rule: walk.value for rule, walk in walks.items()},
            "verdict": {rule: fate_of(walk, self._region, None) for rule, walk in walks.items()},
            "distance": {rule: self._distance(walk.x) for rule, walk in walks.items()},
            "flips": dict(self._flips),
            "largest_root": dict(self._largest_root),
            "signed": signed,
            "heights": heights,
            "ranges": {rule: height_range(some, signed) for rule, some in heights.items()},
            "last_step": params.steps if steps <= params.steps else round(rounded_up(steps)),
        }

    def _distance(self, x: np.ndarray) -> float:
        """The distance from ``x`` (2,) to the nearest known minimum; nan if none is known."""
        if not self._surface.minima:
            return float("nan")
        with np.errstate(all="ignore"):
            return float(np.min(np.linalg.norm(np.array(self._surface.minima) - x, axis=1)))

    def _opened_of(self, rule: str) -> Opened:
        """The state before an optimizer's step; its memory is 0 before the first one."""
        walk, optimizer = self._walks[rule], self._optimizers[rule]
        kept = [_kept(optimizer, one) for one in (OPTIMIZERS[rule].memory, OPTIMIZERS[rule].squares)]
        return Opened(walk.steps + 1, walk.x.copy(), walk.gradient.copy(), *kept)


def _kept(optimizer: Any, kept: tuple[str, str] | None) -> np.ndarray | None:
    """An optimizer's memory (2,), or zeros before its first update; None if it has none. ``kept`` is its letter and the
    name of the attribute.
    """
    return None if kept is None else getattr(optimizer, kept[1]).get(NAME, np.zeros(2)).copy()


def _step_by(optimizer: Any) -> Step:
    """A step function for ``Walk`` that updates a point with this optimizer."""

    def step(x: np.ndarray, gradient: np.ndarray) -> np.ndarray:
        optimizer.update({NAME: x}, {NAME: gradient})
        return x

    return step
