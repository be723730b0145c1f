"""What is said of a place on the stage of `hyperparameters`, and which trial lies there."""

from __future__ import annotations

import math

import numpy as np

from engine.contract.pieces import Probe, Spot, Text, listed, percent, short
from engine.experiments.ch6_techniques.parts.hyperparameters_params import (
    HIGHEST,
    LOWEST_DECAY,
    LOWEST_RATE,
    SEARCHES,
    HyperparametersFrame,
    HyperparametersParams,
)

_NEAR = 0.03
"""A trial is meant up to this distance, as a share of the plane."""

_TRIAL = Text(
    "trial {number}: η = {rate}, λ = {decay}, {state}", "第 {number} 次试验：η = {rate}，λ = {decay}，{state}"
)
_DONE = Text("validation {validation}, training {train}", "验证 {validation}，训练 {train}")
_LOST = Text("its numbers became too large; validation {validation}", "数值变得太大，验证 {validation}")
_LEARNING, _TO_COME = Text("learning now", "正在学习"), Text("not done yet", "还没做")
_EPOCH = Text(
    "trial {number}, epoch {epoch}: training {train}, validation {validation}",
    "第 {number} 次试验，第 {epoch} 轮：训练 {train}，验证 {validation}",
)
_SO_FAR = Text("after {trials} trials each: {values}", "各做 {trials} 次后：{values}")
_BEST = Text("{search} {share}", "{search} {share}")
_COINS = Text("{count} of {coins} coins got {share} of their tosses right", "{coins} 枚硬币里有 {count} 枚猜对 {share}")


def trial_at(frame: HyperparametersFrame, spot: Spot) -> int:
    """The number of the trial at a spot of a plane, where powers of ten are counted; 0 where none is near."""
    across = (np.log10(frame.rates) - spot.x) / (HIGHEST - LOWEST_RATE)
    up = (np.log10(frame.decays) - spot.y) / (HIGHEST - LOWEST_DECAY)
    distances = np.hypot(across, up)
    if len(frame.searches) > 1:
        distances[frame.on_grid != (spot.part == "grid")] = math.inf
    nearest = int(np.argmin(distances))
    return nearest + 1 if distances[nearest] < _NEAR else 0


def probe(params: HyperparametersParams, frame: HyperparametersFrame, spot: Spot) -> Probe | None:
    """``spot`` is over a plane (the second has the part "grid"), over the curves of a trial ("curves"), over what is
    best so far ("so_far"), or over the coins ("luck").
    """
    if spot.part == "curves":
        if not frame.opened:
            return None
        epoch = min(max(round(spot.x), 0), params.epochs)
        train, validation = (percent(float(share), 1) for share in frame.opened_curves[:, epoch])
        return Probe(_EPOCH(number=frame.opened, epoch=epoch, train=train, validation=validation))
    if spot.part == "so_far":
        trials = min(max(round(spot.x), 1), params.count)
        row = zip(frame.searches, frame.so_far[:, trials - 1].tolist(), strict=True)
        values = [_BEST(search=SEARCHES[one], share=percent(share)) for one, share in row]
        return Probe(_SO_FAR(trials=trials, values=listed(values)))
    if spot.part == "luck":
        right = round(spot.x * params.validation)
        count = int(np.sum(np.round(frame.luck_scores * params.validation) == right))
        return Probe(_COINS(count=count, coins=params.count, share=percent(right / params.validation)))
    number = trial_at(frame, spot)
    return Probe(_said(frame, number)) if number else None


def _said(frame: HyperparametersFrame, number: int) -> Text:
    """A trial with what is known of it."""
    place = number - 1
    shares = {"validation": frame.validation, "train": frame.train}
    if math.isfinite(frame.validation[place]):
        state = (_LOST if frame.lost[place] else _DONE)(
            **{name: percent(float(row[place]), 1) for name, row in shares.items()}
        )
    else:
        state = _LEARNING if number == frame.learning else _TO_COME
    rate, decay = (short(float(row[place]), 2) for row in (frame.rates, frame.decays))
    return _TRIAL(number=number, rate=rate, decay=decay, state=state)
