"""The base of views of training on MNIST: loss plot above accuracy plot, with a common axis of updates."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, ClassVar

from engine.contract.text import Text, notation
from gui.plots.learning.run_plot import SHORTEST, RunPlot, Series, date_of, share_plot
from gui.plots.learning.slice_plots import SLICE, SlicePlots
from gui.stage.run_view import RunView
from gui.stage.snapshot import F, Layout, P
from gui.style.language import translate

LOSS, UPDATES = Text("loss"), Text("updates")
_GUESSING = (
    Text("guessing: ln 10 = {chance:.3f}"),
    notation("{chance:.3f}"),
)


class LearningView(RunView[P, F]):
    """A view with two plots, ``loss`` and ``accuracy``; a clickable invitation at the end of the loss curve starts the
    run.
    """

    accuracy_name: ClassVar[Text] = Text("accuracy")
    keys_at: ClassVar[tuple[float, float | None]] = (0.24, None)
    """The heights of the legends in both plots, as the argument ``key_at`` of ``RunPlot``."""
    shortest: ClassVar[float] = SHORTEST
    solid: ClassVar[tuple[str, ...]] = ("test_accuracy",)
    dashed: ClassVar[tuple[str, ...]] = ()
    """The keys of the pinned runs' series that the lower plot draws, as solid and as dashed lines."""

    def build(self) -> None:
        loss_key, accuracy_key = self.keys_at
        self.loss = RunPlot((2.6, 5.0, 10.0), "10.00", loss_key, True, numbered_below=False, shortest=self.shortest)
        self.accuracy = share_plot(key_at=accuracy_key, shortest=self.shortest)
        self.pinned.behind(self.loss, "loss")
        self.pinned.behind(self.accuracy, *self.solid, dashed=self.dashed)
        self.go_on = self.invite_to_run(self.loss)
        self.probe_plot(self.loss, "loss")
        self.probe_plot(self.accuracy, "accuracy")
        self.dress(self.loss.set_names, "", LOSS)
        self.dress(self.accuracy.set_names, UPDATES, self.accuracy_name)
        for plot in (self.loss, self.accuracy):
            self.dress(plot.set_room, "0.5")

    def losses(self, frame: F) -> Sequence[Series]:
        """The curves of the upper plot."""
        raise NotImplementedError

    def accuracies(self, frame: F) -> Sequence[Series]:
        """The curves of the lower plot."""
        raise NotImplementedError

    def ghosts_of(self, curves: Sequence[Series]) -> Sequence[Series]:
        """The curves of a plot that are also drawn as ghosts of the previous run."""
        return curves[1:2]

    def show_run(self, frame: Any, before: Any, notes: Sequence[Sequence[str]]) -> None:
        """Show a frame's curves and those of the earlier frame ``before``, if there is one, with a note in each
        plot.
        """
        whole = self.farthest.frame
        plots = (self.loss, self.losses, notes[0]), (self.accuracy, self.accuracies, notes[1])
        for plot, curves_of, words in plots:
            plot.show_span(whole.update, frame.updates_per_epoch)
            curves = curves_of(frame)
            plot.show_series(curves, words, date_of(curves, frame.update))
            plot.show_ghost(*(self.ghosts_of(curves_of(before)) if before else ()))
            plot.show_later(None if whole is frame else frame.update, curves_of(whole))
        chance = math.log(10)
        self.loss.show_level(chance, [translate(text(chance=chance)) for text in _GUESSING])


class SliceView(LearningView[P, F]):
    """A learning view that can also show the slice through the loss; ``SLICE`` names the attributes of its parts."""

    def build(self) -> None:
        super().build()
        self.slice = SlicePlots()
        self.slice_words, self.slice_loss, self.slice_accuracy = self.slice.parts
        self.dress(self.slice.name)
        for name, plot in zip(SLICE[1:], (self.slice_loss, self.slice_accuracy), strict=True):
            self.probe_plot(plot, name)

    @staticmethod
    def slice_layout(wide: bool, compact: bool) -> Layout:
        """The layout with the slice beside the curves (``wide``) or below them; a ``compact`` layout shows only the
        slice's loss.
        """
        words, loss, accuracy = SLICE
        if wide:
            last = loss if compact else accuracy
            return Layout((f"loss {words}", f"loss {loss}", f"accuracy {last}"), (0, 57, 43), (55, 45))
        if compact:
            return Layout(("loss", words, loss), (45, 0, 55), (1,))
        return Layout(("loss", "accuracy", words, loss, accuracy), (28, 22, 0, 28, 22), (1,))
