"""The base of views of a run that is paused at its beginning until the user starts it."""

from __future__ import annotations

import pyqtgraph as pg

from engine.contract.frame import required
from gui.plots.learning.go_on import GoOnItem
from gui.plots.learning.run_plot import RunPlot
from gui.stage.snapshot import F, P
from gui.stage.view import View


class RunView(View[P, F]):
    """The base of views in which a clickable invitation at the end of a curve starts the run.

    A subclass stores it in ``go_on``; ``invite_to_run`` creates it.
    """

    def invite_to_run(self, plot: pg.PlotItem) -> GoOnItem:
        """Create a clickable invitation in a plot that starts the run."""
        item = GoOnItem(plot, plot.written) if isinstance(plot, RunPlot) else GoOnItem(plot)
        item.pressed.connect(self.run_wanted)
        return item

    def invite_at(self, x: float, y: float | None) -> None:
        """Show the invitation at a point of its plot; hide it if ``y`` is None or if the user has already done
        something.
        """
        if self.is_inviting and y is not None:
            self.go_on.show_at(x, y)
        else:
            self.go_on.hide()

    @property
    def is_waiting(self) -> bool:
        """Whether the run is paused at its beginning and the user has not done anything yet."""
        params, frame = required(self.current).params, required(self.current).frame
        return self.is_inviting and bool(frame.update == required(self.experiment.opening_for(params)).count)
