"""The shots of an experiment as they are approved: what was measured with a clock has fixed values."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from engine.contract.frame import Frame
from tests.shots import Shot, openings, shots

_SECONDS = 0.001


@lru_cache(maxsize=2)
def moments(experiment_id: str, quick: bool = False) -> tuple[Shot, ...]:
    """All shots of an experiment, or with ``quick`` the openings alone."""
    return tuple(_timeless(shot) for shot in (openings if quick else shots)(experiment_id))


def nearest_before(shot: Shot, before: Sequence[Shot]) -> str:
    """The name of the shot that one is most like: of those before it one with the same parameters, a run's opening
    first, or the defaults as they open; empty for these themselves.
    """
    alike = [one for one in before if one.params == shot.params]
    as_far = [one for one in alike if one.frame.update == shot.frame.update]
    return next((one.name for one in (*as_far, *alike, *before)), "")


def _timeless(shot: Shot) -> Shot:
    before = shot.before and (shot.before[0], _without_clock(shot.before[1]))
    return dataclasses.replace(shot, frame=_without_clock(shot.frame), before=before)


def _without_clock(frame: Frame) -> Frame:
    """The frame with times that are alike on every computer; each field has others, so that none stands for another."""
    names = [field.name for field in dataclasses.fields(frame) if field.metadata.get("measured")]
    times: dict[str, Any] = {
        name: _fixed(getattr(frame, name), place * _SECONDS) for place, name in enumerate(names, start=1)
    }
    for name in times:
        # The least and the largest time of a field are said to lie around it.
        for bound, share in (("low", 0.9), ("high", 1.1)):
            if f"{name}_{bound}" in times:
                times[f"{name}_{bound}"] = share * times[name]
    return dataclasses.replace(frame, **times) if times else frame


def _fixed(measured: object, seconds: float) -> object:
    if isinstance(measured, np.ndarray):
        return np.where(
            np.isfinite(measured), seconds * np.arange(1, measured.size + 1).reshape(measured.shape), measured
        )
    return seconds if isinstance(measured, float) else measured
