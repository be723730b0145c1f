"""Moving average: every number becomes the mean of a window around it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import numpy as np

from engine.contract.api import (
    Cell,
    Frame,
    Handle,
    Numbers,
    Params,
    Picture,
    Preset,
    Probe,
    ProbePoint,
    RandomStreams,
    Slide,
    Table,
    Text,
    WorkingStep,
    bar_body,
    format_real,
    integer,
    parameter,
    table_of,
    untranslated,
)

COUNT, MOST = 8, 9.0
_SIGNAL = (1.0, 2.0, 7.0, 1.0, 4.0, 3.0, 8.0, 4.0)
_READING = Text(
    "Window of {width}: from one mean to the next it changes by {after:.3g} in all, from one number to the next by "
    "{before:.3g}."
)
_PROBE = Text("number {place}: the mean of the window is {mean}")
_MEAN = Text("the window around number {place}")
_DRAG = Text("pull this number")


def moving_average(x: np.ndarray, reach: int) -> np.ndarray:
    """The mean of each number (N,) and its neighbours up to ``reach`` places away; at the ends of those there are."""
    return np.array([np.mean(x[max(0, i - reach) : i + reach + 1]) for i in range(len(x))])


class MovingAverageParams(Params):
    """A row of numbers, and how far the window reaches to either side."""

    reach: int = integer(1, (0, 3), Text("Reach"), Text("How many neighbours count on each side."))
    signal: tuple[float, ...] = parameter(
        _SIGNAL,
        Numbers(
            label=Text("Numbers"),
            help=Text("The row that is averaged."),
            prefix="x",
            minimum=0.0,
            maximum=MOST,
            step=0.1,
            fewest=COUNT,
            most=COUNT,
            more=True,
        ),
    )
    selected: tuple[int, int] = parameter(
        (0, 2), Cell(label=Text("Mean"), rows=1, columns=COUNT, effect="view", on_stage=True)
    )


class MovingAverageFrame(Frame):
    """The row and its means."""

    signal: np.ndarray  # (N,)
    means: np.ndarray  # (N,)
    change_before: float  # sum of |x[i + 1] - x[i]|
    change_after: float


class MovingAverage(Picture[MovingAverageParams, MovingAverageFrame]):
    """One row of numbers under a window, the simplest convolution there is."""

    order = 9
    title = Text("Moving average: a window that smooths")
    presets = (Preset("jump", Text("A jump"), {"signal": (0.0,) * 4 + (MOST,) * 4}),)
    code = (moving_average,)

    def compute(self, params: MovingAverageParams, streams: RandomStreams) -> MovingAverageFrame:
        signal = np.array(params.signal)
        means = moving_average(signal, params.reach)
        before, after = (float(np.sum(np.abs(np.diff(row)))) for row in (signal, means))
        return MovingAverageFrame(signal=signal, means=means, change_before=before, change_after=after, finished=True)

    def headline(self, params: MovingAverageParams, frame: MovingAverageFrame) -> Text:
        return _READING(width=2 * params.reach + 1, before=frame.change_before, after=frame.change_after)

    def main_tables(self, params: MovingAverageParams, frame: MovingAverageFrame) -> tuple[Table, ...]:
        places = (range(1, COUNT + 1), Text("place"))
        means = (frame.means, Text("mean"))
        return (table_of("means", Text("means"), place=places, x=frame.signal, mean=means),)

    def working(self, params: MovingAverageParams, frame: MovingAverageFrame) -> tuple[WorkingStep, ...]:
        place = params.selected[1]
        first = max(0, place - params.reach)
        window = frame.signal[first : place + params.reach + 1].tolist()
        mean, note = float(frame.means[place]), _MEAN(place=place + 1)
        return (WorkingStep.over("m", "(…) / {n}", "{x}", {"x": window}, mean, note, first=first + 1, n=len(window)),)

    def probe(self, params: MovingAverageParams, frame: MovingAverageFrame, spot: ProbePoint) -> Probe | None:
        """``spot`` is over a bar, or in the part "means" over a cell."""
        place = spot.column if spot.part == "means" else spot.bar
        if not 0 <= place < COUNT:
            return None
        return Probe(_PROBE(place=place + 1, mean=format_real(float(frame.means[place]), 4)))

    def handles(self, params: MovingAverageParams, frame: MovingAverageFrame) -> tuple[Handle, ...]:
        pulled = partial(Slide, hint=(0.0, 1.0), invitation=_DRAG, field="signal", along=(0.0, 1.0), decimals=1)
        return tuple(
            pulled(f"x{i + 1}", (i, x), 0.1, untranslated(f"x{i + 1}"), body=bar_body(i, x), index=i)
            for i, x in enumerate(params.signal)
        )

    def click_at(
        self, params: MovingAverageParams, frame: MovingAverageFrame, spot: ProbePoint
    ) -> Mapping[str, object]:
        """A click on a bar looks at its mean; cells are chosen by the view."""
        return {"selected": (0, spot.bar)} if spot.part == "" and 0 <= spot.bar < COUNT else {}
