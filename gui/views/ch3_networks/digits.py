"""Draws `digits`: a drawing canvas beside the network's answer, the test set, the computing times of batches, or a
plane of digits.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from engine.contract.api import Text, field_of, notation, percent, required
from engine.contract.fields import Drawing
from engine.data.plain_digits import LID, OPEN_FOUR
from engine.experiments.ch3_networks.digits.params import DigitsFrame, DigitsParams, Unaltered
from engine.experiments.ch3_networks.digits.words import accuracy, duration
from engine.experiments.shared.networks.layer_points import POINTS
from gui.plots.bars.chance_bars import ChanceBars
from gui.plots.board.choosing import ButtonsItem
from gui.plots.board.count_matrix import CountMatrix
from gui.plots.curves.sweep import SweepPlot
from gui.plots.curves.time import TimePlot
from gui.plots.network.network_plot import LayerStrip
from gui.plots.pictures.digit_answers import AnswerGrid
from gui.plots.pictures.drawing_canvas import DrawingCanvas
from gui.plots.pictures.pixel_picture import PixelPicture
from gui.plots.plane.digit_points import DigitPoints
from gui.stage.api import FittingWords, Layout, SegmentedItem, Snapshot, View, translate
from gui.style.tokens import GRID
from gui.style.typography import px

_DIGITS = [str(digit) for digit in range(10)]
_SIZES = (1, 10, 100, 1000)
_CLEAR = Text("Clear")
_RUBBER, _PEN = Text("Use eraser"), Text("Back to pen")
_BROWSE = (
    ("previous", Text("Previous")),
    ("following", Text("Next", context="digit")),
    ("following_wrong", Text("Next wrong")),
)
_INVITATION = Text("close the top")
_SEEN = Text("what the network sees"), Text("what it sees")
_MOVED = Text("moved: {same} of 9")
_IMAGE = Text("image {number} of the test set")
_OWN_IMAGE = Text("image {number} of your file")
_ALTERED = Text("{image}, altered")
_LAYERS = (Text("layer 1"), Text("layer 2"), Text("output"))
_LAYERS_OF_OWN = (Text("hidden"), Text("output"))
_MATRIX = (Text("label"), Text("read as"))
_TIME = (Text("images in a batch"), Text("time per image"))
_SWEEP = (
    Text("{slider} · solid: probability of {right} · dashed: strongest other · press to set it"),
    Text("{slider} · solid: {right} · dashed: strongest other"),
    Text("{slider} · probability of {right}"),
)
_LOW_FOR_SWEEP, _LOW_FOR_BOTH = 425, 510
"""Heights of the stage in pixels below which there is no room for the sweep plot, and none for the layers beside it."""
_SHARE = 42
"""The share of the bars' height, in percent, that the sweep plot gets."""
_PROGRESS = (
    Text("{evaluated:,} of 10,000 read: {accuracy} right"),
    Text("{evaluated:,} read: {accuracy}"),
    notation("{accuracy}"),
)
_ROOM_IN_A_ROW = 600
"""The width in pixels from which a row of a low stage has room for all the buttons, and for the bars beside those for
drawing.
"""
_LOW = {
    # Ten bars need most of a low stage, so they take all of its height where they can.
    ("draw", True): Layout(("tools views views bars", "canvas seen moved bars"), (0, 1), (50, 20, 20, 40)),
    ("draw", False): Layout(("tools views views", "canvas seen bars", "canvas moved bars"), (0, 1, 1), (50, 20, 40)),
    ("test", True): Layout(("browsing views views", "image bars matrix"), (0, 1), (20, 20, 30)),
    ("test", False): Layout(("views views", "browsing browsing", "image bars"), (0, 0, 1), (30, 30)),
    ("points", True): Layout(("layer views views", "points image bars"), (0, 1), (50, 20, 30)),
    ("points", False): Layout(("views views", "layer layer", "points image"), (0, 0, 1), (70, 30)),
}
"""The layout of a low, wide stage, by the view shown and whether it has the width ``_ROOM_IN_A_ROW``."""
_Shown = Snapshot[DigitsParams, DigitsFrame]


class DigitsView(View[DigitsParams, DigitsFrame]):
    """One of several views is shown; the canvas shows strokes at once, the network's answer comes with the next
    frame.
    """

    compact_below = 410
    wide_from = 1.0

    def build(self) -> None:
        drawing = field_of(DigitsParams, "drawing", Drawing)
        self.canvas = DrawingCanvas(drawing.most_points, drawing.most_strokes)
        self.seen, self.image = PixelPicture(), PixelPicture()
        self.moved = AnswerGrid()
        self.bars, self.layers = ChanceBars(), LayerStrip()
        self.matrix, self.times = CountMatrix(), TimePlot()
        self.sweep, self.sweep_words = SweepPlot(), FittingWords()
        self._slider = ""
        self._shown_params: DigitsParams | None = None
        self.sweep.moved.connect(self._slide)
        self.sweep.released.connect(self.gesture_ended)
        self.tools, self.browsing, self.progress = ButtonsItem(), ButtonsItem(), FittingWords()
        for control in (self.canvas, self.tools, self.browsing):
            self.add_control(control)
        self.sizes = self.choice("batch_size", SegmentedItem(), _SIZES)
        self.views = self.choice("view", SegmentedItem())
        self.layer, self.points = self.choice("layer", SegmentedItem()), DigitPoints()
        self.add_control(self.points)
        self.add_control(self.matrix)
        self.matrix.walked.connect(self._voice.drawn)
        self.probe_plot(self.points, POINTS)
        self.points.stepped.connect(self._step_to_point)
        self.canvas.drawn.connect(lambda strokes: self._changed(strokes, f"stroke {len(strokes)}"))
        self.canvas.erased.connect(lambda strokes: self._changed(strokes, "erase"))
        self.canvas.stroke_ended.connect(self.gesture_ended)
        self.canvas.cleared.connect(self._clear)
        self.canvas.turned.connect(self._voice.drawn)
        self.tools.pressed.connect(self._tool_pressed)
        self.browsing.pressed.connect(self.click_handle)
        self.matrix.cell_clicked.connect(lambda *cell: self.click_handle("confusion.{}.{}".format(*cell)))
        self._erases = False
        self.dress(self.matrix.set_words, *_MATRIX)
        self.dress(self.times.set_words, *_TIME)
        self.dress(self.sweep.restyle)
        self.dress(self.browsing.set_options, _BROWSE)
        self.dress(lambda: self._take(self._erases))

    def layout_for(self, params: DigitsParams, wide: bool, compact: bool) -> Layout:
        if wide and compact and params.view != "batches":
            return _LOW[params.view, self.width() >= px(_ROOM_IN_A_ROW)]
        if params.view == "draw":
            return self._with_sweep(params, wide, _drawing_layout(wide))
        place, buttons = {
            "test": (_test_layout, self.browsing),
            "batches": (_batches_layout, self.sizes),
            "points": (_points_layout, self.layer),
        }[params.view]
        roomy = buttons.minimumWidth() + self.views.minimumWidth() + 4 * GRID <= self.width()
        return self._with_sweep(params, wide, place(wide, roomy))

    def _with_sweep(self, params: DigitsParams, wide: bool, layout: Layout) -> Layout:
        """The layout with the sweep plot (probabilities over a slider) added below the bars, if a slider changes the
        digit. If there is little room, it replaces the layers.
        """
        has_sweep = wide and params.view in ("draw", "test") and params.alteration.is_any
        if not has_sweep or self.height() < px(_LOW_FOR_SWEEP):
            return layout
        if self.height() < px(_LOW_FOR_BOTH):
            layout = replace(layout, cells=tuple(row.replace("layers", ".") for row in layout.cells))
        return layout.below("bars", ("sweep_words", "sweep"), _SHARE)

    def show_snapshot(self, current: _Shown, ghost: _Shown | None) -> None:
        params, frame = current.params, current.frame
        if params.view == "points":
            self._show_points(params, frame)
            return
        if params.view == "test":
            # What was said of another picture is nothing to compare with.
            same = ghost is not None and ghost.frame.shown == frame.shown and ghost.params.images == params.images
            self._show_image(frame, ghost if same else None)
        else:
            self._show_drawing(params, frame, ghost)
        self._show_sweep(params, frame.image_unaltered if params.view == "test" else frame.unaltered)
        has_label = params.view == "test" and frame.shown >= 0 and frame.label >= 0
        # The test set was read as it is.
        plain = frame.image_unaltered
        answer = frame.image_answer if plain is None else plain.answer
        self.matrix.show_counts(frame.confusion, (frame.label, answer) if has_label else None)
        here = np.flatnonzero(frame.timed_sizes == params.batch_size)
        words = duration(float(frame.seconds[here[0]])) if here.size else ""
        spread = np.array([frame.seconds_low, frame.seconds_high])
        self.times.show_times(frame.timed_sizes, frame.seconds, params.batch_size, words, spread=spread)
        values: dict[str, Any] = {"evaluated": frame.evaluated, "accuracy": accuracy(frame)}
        self.progress.show_words(*_PROGRESS, **values)

    def _show_drawing(self, params: DigitsParams, frame: DigitsFrame, ghost: _Shown | None) -> None:
        self.canvas.show_drawing(params.drawing, frame.canvas, params.brush)
        # The one invitation: the stroke that turns the open 4 into a 9.
        inviting = self.is_inviting and params.drawing == OPEN_FOUR
        self.canvas.invite(LID if inviting else None, translate(_INVITATION))
        self.seen.show_picture(frame.seen, *(translate(words) for words in _SEEN))
        answers = [[str(answer) for answer in row] for row in frame.moved_answers.tolist()]
        self.moved.show_answers(answers, translate(_MOVED(same=frame.same_when_moved)))
        self._show_bars(frame.probabilities, None, ghost.frame.probabilities if ghost else None)
        self._show_layers(frame.hidden1, frame.hidden2, frame.probabilities)

    def _show_image(self, frame: DigitsFrame, ghost: _Shown | None) -> None:
        label = frame.label if frame.label >= 0 else None
        self._show_picture(frame)
        self._show_bars(frame.image_probabilities, label, ghost.frame.image_probabilities if ghost else None)
        self._show_layers(frame.image_hidden1, frame.image_hidden2, frame.image_probabilities)

    def _show_picture(self, frame: DigitsFrame, plain: bool = False) -> None:
        """Show the selected image; ``plain`` is unaltered, as in the test set."""
        words = (_OWN_IMAGE if frame.label < 0 else _IMAGE)(number=frame.shown)
        unaltered = frame.image_unaltered
        if unaltered is not None and not plain:
            self.image.show_picture(frame.image, translate(_ALTERED(image=words)))
        else:
            self.image.show_picture(frame.image if unaltered is None else unaltered.picture, translate(words))

    def _show_points(self, params: DigitsParams, frame: DigitsFrame) -> None:
        """Show all digits in the plane, and the selected one with its image and the answer of the network whose layer
        is shown.
        """
        points, image = frame.points, frame.shown_point
        self.points.show_points(points.places, points.labels, image, points.shares)
        self._show_picture(frame, plain=True)
        if image is not None:
            self._show_bars(points.chances[image], frame.label, None)
        elif params.weights == "trained":
            self._show_bars(frame.image_probabilities, frame.label if frame.label >= 0 else None, None)

    def _show_bars(self, shares: np.ndarray, wanted: int | None, before: np.ndarray | None) -> None:
        values = shares.tolist()
        earlier = None if before is None else before.tolist()
        self.bars.show_shares(_DIGITS, values, [percent(share) for share in values], wanted, earlier)

    def _show_sweep(self, params: DigitsParams, plain: Unaltered | None) -> None:
        """Show the probabilities over the slider that was moved last, or over the first one that is not at its
        default.
        """
        if plain is None:
            return
        before = self._shown_params or params
        moved = [name for name in plain.swept if getattr(params, name) != getattr(before, name)]
        self._shown_params = params
        self._slider = next((name for name in (*moved, self._slider) if name in plain.swept), plain.swept[0])
        row = plain.swept.index(self._slider)
        curves = plain.sweep_values[row], plain.sweep_right[row], plain.sweep_other[row]
        self.sweep.show_sweep(*curves, float(getattr(params, self._slider)))
        label = translate(field_of(DigitsParams, self._slider).label)
        self.sweep_words.show_words(*_SWEEP[self._exporting :], color="muted_text", slider=label, right=plain.right)

    def _show_layers(self, *layers: np.ndarray) -> None:
        """Show the activations of the layers; those of the user's own network have only one hidden layer here."""
        names = _LAYERS if all(layer.size for layer in layers) else _LAYERS_OF_OWN
        self.layers.show_layers([translate(name) for name in names], [layer for layer in layers if layer.size])

    # The hand

    def _changed(self, strokes: tuple, gesture: str) -> None:
        self.invites = False
        self.change({"drawing": strokes}, gesture)

    def _slide(self, value: float) -> None:
        """Set the slider's field to the value that was pressed in the sweep plot."""
        change = required(self.current).params.slid(self._slider, value)
        if change:
            self.change(change, self._slider)

    def _take(self, rubber: bool) -> None:
        """Switch to the eraser or back to the pen; the button then names the other one."""
        self._erases = rubber
        self.canvas.set_erasing(rubber)
        self.tools.set_options([("clear", translate(_CLEAR)), ("tool", translate(_PEN if rubber else _RUBBER))])

    def _tool_pressed(self, name: str) -> None:
        if name == "tool":
            self._take(not self._erases)
        else:
            self._clear()

    def _step_to_point(self, right: int, up: int) -> None:
        """Select the next point in a direction, or the first of all if none is selected."""
        frame = required(self.current).frame
        known = frame.shown_point
        self.change({"index": 0 if known is None else frame.points.beside(known, right, up)})

    def _clear(self) -> None:
        # There is nothing left to rub out.
        self._take(False)
        self.click_handle("clear")


def _drawing_layout(wide: bool) -> Layout:
    if wide:
        cells: tuple[str, ...] = ("tools views views", "canvas seen moved", "canvas bars bars", "canvas layers layers")
        return Layout(cells, (0, 4, 7, 0), (66, 17, 17))
    return Layout(("tools views", "canvas canvas", "seen bars", "layers layers"), (0, 5, 3, 0), (20, 30))


def _under_choices(
    buttons: str, roomy: bool, cells: tuple[str, ...], heights: tuple[int, ...], widths: tuple[int, int]
) -> Layout:
    """A layout of two columns; the buttons and the choice of views stand above, in one row if it is ``roomy``."""
    above = (f"{buttons} views",) if roomy else ("views views", f"{buttons} {buttons}")
    return Layout((*above, *cells), (*(0 for _ in above), *heights), widths)


def _test_layout(wide: bool, roomy: bool) -> Layout:
    if wide:
        cells: tuple[str, ...] = ("image matrix", "bars matrix", "layers progress")
        return _under_choices("browsing", roomy, cells, (5, 5, 0), (40, 50))
    cells = ("image bars", "matrix matrix", "progress progress")
    return _under_choices("browsing", roomy, cells, (2, 3, 0), (10, 10))


def _batches_layout(wide: bool, roomy: bool) -> Layout:
    if wide:
        return _under_choices("sizes", roomy, ("times matrix", "progress progress"), (1, 0), (30, 20))
    cells = ("times times", "matrix matrix", "progress progress")
    return _under_choices("sizes", roomy, cells, (1, 1, 0), (10, 10))


def _points_layout(wide: bool, roomy: bool) -> Layout:
    if wide:
        return _under_choices("layer", roomy, ("points image", "points bars"), (4, 6), (66, 34))
    return _under_choices("layer", roomy, ("points points", "image bars"), (5, 3), (30, 30))
