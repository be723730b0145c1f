"""The base of views of a run that waits at its opening until somebody lets it go on."""

from __future__ import annotations

import pyqtgraph as pg

from engine.contract.required import required
from gui.plots.learning.go_on import GoOnItem
from gui.plots.learning.run_plot import RunPlot
from gui.stage.snapshot import F, P
from gui.stage.view import View


class RunView(View[P, F]):
    """``go_on`` are the words that ask for it: ``invite_to_run`` makes them, ``invite_at`` says where they stand."""

    def invite_to_run(self, plot: pg.PlotItem) -> GoOnItem:
        """Words at the end of a curve that ask for the run to go on, and that do it when they are pressed."""
        item = GoOnItem(plot, plot.written) if isinstance(plot, RunPlot) else GoOnItem(plot)
        item.pressed.connect(self.run_wanted)
        return item

    def invite_at(self, x: float, y: float | None) -> None:
        """Have these words stand at a place of their plot, unless there is none or something was done already."""
        if self.is_inviting and y is not None:
            self.go_on.show_at(x, y)
        else:
            self.go_on.hide()

    @property
    def is_waiting(self) -> bool:
        """Whether the run is where it first waits, and nothing was done yet."""
        params, frame = required(self.current).params, required(self.current).frame
        return self.is_inviting and bool(frame.update == required(self.experiment.opening_for(params)).count)
