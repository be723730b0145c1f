"""The computations of `differentiation`: errors over h, the function close to x, and the gradient in an
integer array.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from engine.calculus.numerical_gradient import (
    func1,
    func1_gradient,
    is_corner,
    numerical_gradient,
    one_sided_slopes,
    storing_calls,
)
from engine.calculus.step_errors import best_step, rounding_error, slopes_over_steps, truncation_error
from engine.contract.numerals import rounded_up
from engine.experiments.ch4_training.differentiation.params import (
    ARRAY_TYPES,
    BOOK_H,
    DIFFERENCES,
    DTYPES,
    NOTCHES,
    STEPS,
    WIDE,
    DifferentiationFrame,
    DifferentiationParams,
)
from engine.geometry.heights import drawable

_CURVE = 401
_NEAR = 601
_NEAR_REACH = 1.5
_SLICE = np.linspace(-12.0, 12.0, 241)
"""The values of one coordinate at which f is drawn; they go beyond the range of a point, so that it can be dragged
there.
"""
_SLICE_REACH = 2.2
_FLATTEST = 0.2
"""The smallest slope that fills the plot of the function close to x, so that a nearly flat function looks flat."""
_MOST_DIGITS = 17.0
_FURTHEST = 1e100
"""The limit of the vertical axis of the plot of the function close to x."""
_CLOSE = 1e-4
"""The tolerance (relative or absolute) within which a gradient counts as equal to the exact one."""


def frame_of(params: DifferentiationParams) -> DifferentiationFrame:
    """The frame for these parameters, still without its status."""
    return DifferentiationFrame(finished=True, function=params.function, **_quotient(params), **_integers(params))


def _quotient(params: DifferentiationParams) -> dict[str, Any]:
    """The frame's fields about the difference quotient of a function of x."""
    f, x, h, row = params.f, params.x, params.h, params.row
    central = params.difference == "central"

    def slope(at: np.ndarray) -> np.ndarray:
        return f.gradient(at)[0]

    value, exact = float(f(np.array([x]))[0]), float(slope(np.array([x]))[0])
    left, right = one_sided_slopes(slope, x)
    state = "fine"
    if not math.isfinite(value):
        state = "no_value"
    elif not (math.isfinite(exact) and math.isfinite(left) and math.isfinite(right)):
        state = "no_slope"
    elif is_corner(slope, x):
        state = "corner"
    fine = state == "fine"
    if not fine:
        exact = math.nan
    steps = np.append(STEPS, h)
    slopes = np.array(
        [[slopes_over_steps(difference, f, x, steps, dtype) for dtype in DTYPES] for difference in DIFFERENCES.values()]
    )
    slopes = _known(slopes)
    with np.errstate(over="ignore"):
        errors = _known(np.abs(slopes - exact))
    over, here = errors[..., :-1], errors[..., -1]
    found = np.array([[best_step(one, NOTCHES // 2) or 0 for one in rows] for rows in over])
    best_errors = np.take_along_axis(over, found[..., None], axis=2)[..., 0]
    best = np.where(np.isfinite(best_errors), STEPS[found], np.nan)
    unknown = np.full(len(STEPS), np.nan)
    return {
        "state": state,
        "value": value,
        "exact": exact,
        "left": left,
        "right": right,
        "slope": float(slopes[row][-1]),
        "error": float(here[row]),
        "digits": _right_digits(float(here[row]), exact),
        "best_h": float(best[row]),
        "best_error": float(best_errors[row]),
        "absorbed": _absorbed(params),
        "slopes": slopes[..., -1],
        "errors_here": here,
        "steps": STEPS,
        "errors": over,
        "best": best,
        "best_errors": best_errors,
        "truncation": truncation_error(slope, x, STEPS, central) if fine else unknown,
        "rounding": rounding_error(f, slope, x, STEPS, central, params.dtype) if fine else unknown,
        "top": _top(over),
        **_curve(params),
        **_microscope(params, exact),
    }


def _integers(params: DifferentiationParams) -> dict[str, Any]:
    """The frame's fields about the gradient of func1 in an array of the chosen dtype."""
    point = np.array(params.point)
    array = point.astype(ARRAY_TYPES[params.pitfall])
    cut, points, values = storing_calls(func1, array, BOOK_H)
    count = len(point)
    kept = np.array([[float(points[2 * i + side][i]) for side in (0, 1)] for i in range(count)])
    base, f_kept, exact = array.astype(float), np.array(values, dtype=float).reshape(count, 2), func1_gradient(point)
    slices = np.array(
        [
            func1(np.array(np.broadcast_arrays(*(_SLICE if i == entry else base[i] for i in range(count)))))
            for entry in range(count)
        ]
    )
    return {
        "stored": base,
        "f_stored": float(func1(base)),
        "cut_gradient": cut.astype(float),
        "right_gradient": numerical_gradient(func1, point.copy(), BOOK_H),
        "exact_gradient": exact,
        "is_right": np.isclose(cut.astype(float), exact, rtol=_CLOSE, atol=_CLOSE),
        "asked": np.stack([base + BOOK_H, base - BOOK_H], axis=1),
        "kept": kept,
        "f_kept": f_kept,
        "change": f_kept[:, 0] - f_kept[:, 1],
        "slice_x": _SLICE,
        "slices": slices,
        "slice_ranges": np.array([_slice_range(slices[i], float(base[i])) for i in range(count)]),
    }


def _slice_range(values: np.ndarray, middle: float) -> list[float]:
    """The axes (x from, x to, f from, f to) of a plot of f over one coordinate, around its value ``middle``."""
    seen = values[np.abs(_SLICE - middle) <= _SLICE_REACH]
    low, high = float(seen.min()), float(seen.max())
    room = 0.12 * (high - low)
    return [middle - _SLICE_REACH, middle + _SLICE_REACH, low - room, high + room]


def _known(values: np.ndarray) -> np.ndarray:
    """The values with nan in place of infinities."""
    return np.where(np.isfinite(values), values, np.nan)


def _absorbed(params: DifferentiationParams) -> bool:
    """Whether x + h rounds to x in the chosen format, and x − h too if the difference uses it."""
    kind = np.dtype(params.dtype).type
    x, h = kind(params.x), kind(params.h)
    return bool(x + h == x and (params.difference == "forward" or x - h == x))


def _right_digits(error: float, exact: float) -> float:
    """The number of correct digits of a slope with this error, from 0 to 17."""
    if not math.isfinite(error):
        return 0.0
    relative = error / abs(exact) if exact else error
    return min(_MOST_DIGITS, max(0.0, -math.log10(relative))) if relative else _MOST_DIGITS


def _top(errors: np.ndarray) -> float:
    """The smallest integer n ≥ 0 such that no error exceeds 10ⁿ."""
    known = errors[np.isfinite(errors)]
    largest = float(known.max()) if known.size else 0.0
    return max(0.0, math.ceil(math.log10(largest))) if largest > 0 else 0.0


def _curve(params: DifferentiationParams) -> dict[str, Any]:
    """The frame's fields for the function's plot: its curve, its axes, and the points between which the secant runs."""
    low, high = params.window
    # All of the axis, however coarse, for the time while x is dragged from where the window is another one.
    x = np.union1d(np.linspace(low, high, _CURVE), np.linspace(*WIDE, _CURVE))
    y = drawable(params.f(x))
    ends_x = np.array([params.x + params.h, params.x - params.h if params.difference == "central" else params.x])
    return {
        "curve_x": x,
        "curve_y": y,
        "x_range": np.array([low, high]),
        "y_range": _heights(y[(low <= x) & (x <= high)]),
        "ends_x": ends_x,
        "ends_y": drawable(params.f(ends_x)),
    }


def _heights(y: np.ndarray) -> np.ndarray:
    """The range of the vertical axis for a curve: from its 3rd to its 97th percentile with a margin, so that poles do
    not flatten the rest.
    """
    known = y[np.isfinite(y)]
    if not known.size:
        return np.array([-1.0, 1.0])
    low, high = np.percentile(known, (3, 97)).tolist()
    room = max(0.22 * (high - low), 1e-3 * max(1.0, abs(low)))
    return np.array([low - room, high + room])


def _microscope(params: DifferentiationParams, exact: float) -> dict[str, Any]:
    """The frame's fields for the plot of f close to x in the chosen number format.

    Distances from x and changes of f are in units of h, so that slopes look as they are.
    """
    kind = np.dtype(params.dtype)
    last = -1.0 if params.difference == "central" else 0.0
    near = np.concatenate([np.linspace(-_NEAR_REACH, _NEAR_REACH, _NEAR), [1.0, last]])
    x, h = kind.type(params.x), kind.type(params.h)
    rise = (drawable(params.f(x + near.astype(kind) * h)) - drawable(params.f(np.array([x])))) / float(h)
    wanted = min(_FURTHEST, 1.6 * max(abs(exact), _FLATTEST)) if math.isfinite(exact) else 2.0
    return {
        "near": near[:-2],
        "rise": rise[:-2],
        "ends_near": near[-2:],
        "ends_rise": rise[-2:],
        "rise_reach": rounded_up(wanted),
    }
