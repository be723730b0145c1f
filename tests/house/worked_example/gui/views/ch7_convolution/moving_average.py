"""Draws `moving_average`: the numbers as bars, their means as cells beneath."""

from __future__ import annotations

from types import MappingProxyType

from engine.contract.api import Text, format_real
from engine.experiments.ch7_convolution.moving_average import COUNT, MOST, MovingAverageFrame, MovingAverageParams
from gui.plots.bars.bar_plot import Bar, BarPlot
from gui.plots.pictures.cells import CellPicture
from gui.stage.api import FittingWords, Layout, Snapshot, View, theme, translate
from gui.stage.rings import arrow_upwards

_BELOW = 0.8
"""Units below the bars, so that the handle of an empty one lies clear of its name."""
_MEANS = Text("Mean of each window")
_Shown = Snapshot[MovingAverageParams, MovingAverageFrame]


class MovingAverageView(View[MovingAverageParams, MovingAverageFrame]):
    """The window of the selected mean is lit among the bars."""

    handle_plots = MappingProxyType({"": "bars"})

    def build(self) -> None:
        self.bars = BarPlot("9")
        self.words = FittingWords()
        self.means = CellPicture()
        self.probe_plot(self.bars)
        self.probe_plot(self.means, "means")
        self.selects(self.means, "selected")

    def layout_for(self, params: MovingAverageParams, wide: bool, compact: bool) -> Layout:
        return Layout(("bars", "words", "means"), (60, 0, 40), (1,))

    def restyle(self) -> None:
        self.bars.restyle()
        self.bars.set_name("x")
        self.words.restyle()
        self.words.show_words(translate(_MEANS))

    def show_snapshot(self, current: _Shown, ghost: _Shown | None) -> None:
        params, frame = current.params, current.frame
        self.bars.show_bars(
            self._bars(params, frame),
            [(i, f"x{i + 1}") for i in range(COUNT)],
            (-_BELOW, MOST + 2.0),
            (0.0, 3.0, 6.0, 9.0),
            ghost=[(i, 0.0, x) for i, x in enumerate(ghost.frame.signal.tolist())] if ghost else (),
            arrow=arrow_upwards(self, "bars"),
        )
        self.means.show_cells(frame.means[None], most=MOST, selected=params.selected)

    def _bars(self, params: MovingAverageParams, frame: MovingAverageFrame) -> list[Bar]:
        place = params.selected[1]
        return [
            Bar(i, x, format_real(x, 3), _ink(abs(i - place) <= params.reach), lifted=True)
            for i, x in enumerate(frame.signal.tolist())
        ]


def _ink(is_in_window: bool) -> str:
    return theme().selection if is_in_window else theme().positive
