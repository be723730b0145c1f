"""The plot of a learning-rate schedule: a low plot with the past part bold and the future part pale."""

from __future__ import annotations

import math
from typing import Protocol

import numpy as np

from engine.contract.numerals import format_short, percent
from engine.contract.text import Text
from gui.plots.board.table import FittingWords
from gui.plots.drawing.api import pen, theme, translate
from gui.plots.learning.run_plot import RunPlot, Series

_ONE = (
    Text("η now {now} · update {update:,} of T = {planned:,}"),
    Text("η now {now}"),
)
_ALL = (
    Text("Each η now at {share} · update {update:,} of T = {planned:,}"),
    Text("Each η now at {share}"),
)
RATE = "rate_words", "rate"
"""The names under which views keep the line of words and the plot."""
_RATE = Text("rate")
_TOP = 1.12
"""The upper end of the axis, a little above 1, so that a constant rate does not lie on the edge."""


class Rates(Protocol):
    """Protocol of the attributes of an engine's schedule frame that are drawn."""

    @property
    def now(self) -> np.ndarray: ...  # (L,)

    @property
    def share(self) -> float: ...

    @property
    def plan_updates(self) -> np.ndarray: ...  # (K,)

    @property
    def plan_shares(self) -> np.ndarray: ...  # (K,)


class SchedulePlot(RunPlot):
    """A plot of the learning rate, from 0 to η, over all updates, planned or done; ``words`` above the plot say what η
    is.
    """

    def __init__(self) -> None:
        super().__init__((_TOP,), "0", numbered_below=False)
        self.getAxis("left").setTicks([[(0, "0"), (1, "η")], []])
        self.words = FittingWords()

    def name(self, widest: str) -> None:
        """Apply the current language, colours and fonts; ``widest`` is the widest tick text of the plot whose left
        margin this one shares.
        """
        self.set_names("", translate(_RATE))
        self.set_room(widest)

    def show_rates(self, rates: Rates | None, update: int, planned: int) -> None:
        """Show the learning-rate schedule of ``planned`` updates; the part up to ``update`` is drawn bold. Does nothing
        if ``rates`` is None.
        """
        if rates is None:
            return
        # Every update has its rate as long as it lasts, so that a rate which drops does not slide.
        at, shares = np.repeat(rates.plan_updates, 2)[1:], np.repeat(rates.plan_shares, 2)[:-1]
        self.show_span(float(at[-1]), math.inf, float(at[-1]))
        done = int(np.searchsorted(at, update, side="right"))
        plan = Series("", pen(theme().muted_text, 1.6), at, shares)
        self.show_series([plan, Series("", pen(theme().text, 2.8), at[:done], shares[:done])])
        self.show_later(update, [plan])
        wordings = _ONE if len(rates.now) == 1 else _ALL
        values = {"update": update, "planned": planned, "share": percent(rates.share, 1)}
        self.words.show_words(*wordings, color="muted_text", now=format_short(float(rates.now[0]), 3), **values)
