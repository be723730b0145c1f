"""The base of views of something that learns from MNIST: its loss above its accuracy, on one axis of updates."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, ClassVar

from engine.contract.text.text import Text, notation
from gui.plots.learning.run_plot import SHORTEST, RunPlot, Series, share_plot
from gui.stage.run_view import RunView
from gui.stage.snapshot import F, P
from gui.style.language import translate

LOSS, UPDATES = Text("loss"), Text("updates")
_GUESSING = (
    Text("guessing: ln 10 = {chance:.3f}"),
    notation("{chance:.3f}"),
)


class LearningView(RunView[P, F]):
    """``loss`` and ``accuracy`` show the run as far as it has come; the end of the loss invites to let it go on."""

    accuracy_name: ClassVar[Text] = Text("accuracy")
    keys_at: ClassVar[tuple[float, float | None]] = (0.24, None)
    """Where the keys of both plots stand, as ``RunPlot`` has it."""
    shortest: ClassVar[float] = SHORTEST
    solid: ClassVar[tuple[str, ...]] = ("test_accuracy",)
    dashed: ClassVar[tuple[str, ...]] = ()
    """The figures of pinned runs that the lower plot draws, and which of them are dashed."""

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
        """Which curves of a plot stand for a run of before."""
        return curves[1:2]

    def show_run(self, frame: Any, before: Any, notes: Sequence[Sequence[str]]) -> None:
        """The curves of a frame, over those of a run ``before`` where there is one, with a note for each plot."""
        whole = self.farthest.frame
        plots = (self.loss, self.losses, notes[0]), (self.accuracy, self.accuracies, notes[1])
        for plot, curves_of, words in plots:
            plot.show_span(whole.update, frame.updates_per_epoch)
            plot.show_series(curves_of(frame), words)
            plot.show_ghost(*(self.ghosts_of(curves_of(before)) if before else ()))
            plot.show_later(None if whole is frame else frame.update, curves_of(whole))
        chance = math.log(10)
        self.loss.show_level(chance, [translate(text(chance=chance)) for text in _GUESSING])
