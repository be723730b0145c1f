"""The base of views of something that learns from MNIST, and through whose loss a slice can be taken."""

from __future__ import annotations

from gui.plots.learning.slice_plots import SLICE, SlicePlots
from gui.stage.layout import Layout
from gui.stage.learning_view import LearningView
from gui.stage.snapshot import F, P


class SliceView(LearningView[P, F]):
    """Beside the curves ``slice`` has the slice, whose parts have the names of ``SLICE``."""

    def build(self) -> None:
        super().build()
        self.slice = SlicePlots()
        self.slice_words, self.slice_loss, self.slice_accuracy = self.slice.parts
        self.dress(self.slice.name)
        for name, plot in zip(SLICE[1:], (self.slice_loss, self.slice_accuracy), strict=True):
            self.probe_plot(plot, name)

    @staticmethod
    def slice_layout(wide: bool, compact: bool) -> Layout:
        """The slice beside the curves or below them; on a low stage its loss alone."""
        words, loss, accuracy = SLICE
        if wide:
            last = loss if compact else accuracy
            return Layout((f"loss {words}", f"loss {loss}", f"accuracy {last}"), (0, 57, 43), (55, 45))
        if compact:
            return Layout(("loss", words, loss), (45, 0, 55), (1,))
        return Layout(("loss", "accuracy", words, loss, accuracy), (28, 22, 0, 28, 22), (1,))
