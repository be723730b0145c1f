"""Exercise: the output size of a convolution along one axis, that is, how many windows fit."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from engine.contract.text import Text
from engine.exercises import returned
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs, Mistake, Values
from engine.nn.im2col import output_size


def _ours(n: int, f: int, p: int = 0, s: int = 1) -> int:
    """The engine's ``output_size``, but 0 instead of ``Refused`` if not even one window fits."""
    try:
        return output_size(n, f, s, p)
    except ValueError:
        return 0


def _padded_once(n: int, f: int, p: int = 0, s: int = 1) -> int:
    return max(0, (n + p - f) // s + 1)


def _one_less(n: int, f: int, p: int = 0, s: int = 1) -> int:
    return max(0, (n + 2 * p - f) // s)


def _not_rounded(n: int, f: int, p: int = 0, s: int = 1) -> float:
    return max(0.0, (n + 2 * p - f) / s + 1)


def _rounded_up(n: int, f: int, p: int = 0, s: int = 1) -> int:
    return max(0, math.ceil((n + 2 * p - f) / s) + 1)


def _below_zero(n: int, f: int, p: int = 0, s: int = 1) -> int:
    return (n + 2 * p - f) // s + 1


def _padding_away(n: int, f: int, p: int = 0, s: int = 1) -> int:
    return max(0, (n - 2 * p - f) // s + 1)


def _without_padding(n: int, f: int, p: int = 0, s: int = 1) -> int:
    return max(0, (n - f) // s + 1)


def _without_stride(n: int, f: int, p: int = 0, s: int = 1) -> int:
    return max(0, n + 2 * p - f + 1)


def _first_divided(n: int, f: int, p: int = 0, s: int = 1) -> int:
    return max(0, (n + 2 * p - f + 1) // s)


def _to_nearest(n: int, f: int, p: int = 0, s: int = 1) -> int:
    return max(0, round((n + 2 * p - f) / s) + 1)


def _window_added(n: int, f: int, p: int = 0, s: int = 1) -> int:
    return max(0, (n + 2 * p + f) // s + 1)


def _use(written: Any, n: int, f: int, p: int, s: int) -> Values:
    yield "OH", written(n, f, p, s)


def _on_stage(params: Any) -> Inputs | None:
    if params.dilation != 1:
        return None
    return {"n": params.height, "f": params.kernel_height, "p": params.padding, "s": params.stride}


def _of(n: int, f: int, p: int, s: int) -> Inputs:
    return {"n": n, "f": f, "p": p, "s": s}


def _at_work(written: Any) -> Mapping[Any, Any]:
    def yours(size: int, kernel: int, stride: int = 1, padding: int = 0, dilation: int = 1) -> int:
        """The learner's function with the engine's signature; a dilated kernel counts with the gaps in it."""
        reach = dilation * (kernel - 1) + 1
        found = int(returned.number(written(size, reach, padding, stride)))
        if found < 1:
            raise ValueError(f"kernel {kernel}: reaches over {reach} cells, there are {size + 2 * padding}")
        return found

    return {output_size: yours}


EXERCISE = Exercise(
    id="output_size",
    order=1,
    title=Text("The size of the output"),
    task=Text(
        "A window of f cells slides along a row of n cells, s cells a step, with p cells of padding at either end. "
        "Write how many positions it has. Cells that do not fill another step are left over; if no window fits, there "
        "are 0."
    ),
    name="output_size",
    blank=Text(
        '''def output_size(n, f, p=0, s=1):
    """n cells, window f, padding p, stride s -> places"""
'''
    ),
    use=_use,
    reference=_ours,
    checks=(
        Check(Text("height, with the numbers of the stage")),
        Check(Text("a window of one cell"), lambda: _of(5, 1, 0, 1)),
        Check(Text("with padding: 4 cells, window 3, padding 1"), lambda: _of(4, 3, 1, 1), hint=2),
        Check(Text("with a stride: 7 cells, window 3, stride 2"), lambda: _of(7, 3, 0, 2), hint=1),
        Check(Text("what does not divide: 7 cells, window 3, stride 3"), lambda: _of(7, 3, 0, 3), hint=2),
        Check(Text("33 cells, window 5, padding 2, stride 3"), lambda: _of(33, 5, 2, 3)),
        Check(Text("a window that just fits"), lambda: _of(5, 5, 0, 2)),
        Check(Text("a window that does not fit"), lambda: _of(3, 7, 1, 1)),
        Check(
            Text("an int, as the side of an array has to be"),
            lambda: _of(8, 3, 0, 2),
            whole=True,
        ),
    ),
    hints=(
        Text("Put the window at the left end. How many cells are free to its right?"),
        Text("Every whole step over the free cells is one more place. And the first place counts too."),
        Text("Padding lies at both ends. Division with // leaves out what is not whole."),
    ),
    ours=(output_size,),
    mistakes=(
        Mistake(
            "padded_once",
            _padded_once,
            Text("The padding is counted at one end only."),
        ),
        Mistake("one_less", _one_less, Text("The first place is not counted.")),
        Mistake(
            "not_rounded",
            _not_rounded,
            Text("Part of a step leads to no further place: the number is a whole one."),
        ),
        Mistake("rounded_up", _rounded_up, Text("The last window reaches beyond the end.")),
        Mistake("below_zero", _below_zero, Text("There cannot be fewer places than none.")),
        Mistake("padding_away", _padding_away, Text("The padding was taken away. It makes the row longer.")),
        Mistake("no_padding", _without_padding, Text("You get exactly these numbers without the padding.")),
        Mistake("no_stride", _without_stride, Text("You get exactly these numbers if every step is one cell long.")),
        Mistake(
            "first_divided",
            _first_divided,
            Text("The first place was divided by the stride, too. It counts whatever the stride is."),
        ),
        Mistake(
            "to_nearest",
            _to_nearest,
            Text("Rounded to the nearest: from half a step on, the last window reaches beyond the end."),
        ),
        Mistake("window_added", _window_added, Text("The window was added. What it covers is not free for steps.")),
    ),
    by_hand=ByHand(
        Text("9 cells, a window of 4, padding 1 and stride 3. What is OH?"),
        lambda: _of(9, 4, 1, 3),
        "OH",
    ),
    on_stage=_on_stage,
    works_in=("convolution", "pooling"),
    at_work=_at_work,
)
