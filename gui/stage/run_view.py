"""The base of views of a run that waits at its opening until somebody starts it."""

from __future__ import annotations

import pyqtgraph as pg

from engine.contract.frame import required
from gui.plots.learning.go_on import GoOnItem
from gui.plots.learning.run_plot import RunPlot
from gui.stage.snapshot import F, P
from gui.stage.view import View


class RunView(View[P, F]):
    """The base of views in which words at the end of a curve start the run. They are in ``go_on``; create them with
    ``invite_to_run``.
    """

    def invite_to_run(self, plot: pg.PlotItem) -> GoOnItem:
        """Add words at the end of a curve that ask to start the run; pressing them starts it."""
        item = GoOnItem(plot, plot.written) if isinstance(plot, RunPlot) else GoOnItem(plot)
        item.pressed.connect(self.run_wanted)
        return item

    def invite_at(self, x: float, y: float | None) -> None:
        """Show the words at a point of their plot; hide them if ``y`` is None or something was done already."""
        if self.is_inviting and y is not None:
            self.go_on.show_at(x, y)
        else:
            self.go_on.hide()

    @property
    def is_waiting(self) -> bool:
        """Whether the run is paused at its opening and nothing was done yet."""
        params, frame = required(self.current).params, required(self.current).frame
        return self.is_inviting and bool(frame.update == required(self.experiment.opening_for(params)).count)
