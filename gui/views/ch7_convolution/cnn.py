"""Draws `cnn`: loss above accuracy, the filters at the start and now, the digits that are still wrong, and the
parameters.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt

from engine.contract.api import Text, field_of, fixed_digits, format_real, percent
from engine.contract.fields import Drawing
from engine.experiments.ch7_convolution.cnn.params import BRUSH, WRONG_SHOWN, CnnFrame, CnnParams
from engine.experiments.ch7_convolution.cnn.words import parts
from engine.experiments.shared.learning.augmentation import SHOWN
from engine.nn.schedules import CONSTANT
from gui.plots.bars.chance_bars import ChanceBars
from gui.plots.bars.share_bar import ShareBar
from gui.plots.board.choosing import ButtonsItem
from gui.plots.drawing.curve_ink import TEST, TRAIN, curve_color, curve_pen, data_pen
from gui.plots.drawing.ink import hairline
from gui.plots.learning.run_plot import Series, band_of
from gui.plots.learning.schedule_plot import RATE, SchedulePlot
from gui.plots.pictures.digit_answers import DigitAnswers
from gui.plots.pictures.drawing_canvas import DrawingCanvas
from gui.plots.pictures.picture_pairs import PAIRS, PicturePairs
from gui.plots.pictures.weight_pictures import FilterPictures
from gui.stage.api import FittingWords, Layout, Snapshot, translate
from gui.stage.learning_view import SliceView

_CNN, _DENSE = Text("CNN"), Text("dense network")
_BATCH, _MEAN = Text("each batch"), Text("mean of 20")
_TRAIN, _TEST = Text("training"), Text("test")
_CNN_TEST, _DENSE_TEST = Text("CNN, test"), Text("dense, test")
_LOOKED = (
    Text("{few} training and {count} test digits · dots, at ends of epochs: all 10,000"),
    Text("{few} and {count} digits"),
)
_BEFORE = (Text("Before: ±{most}"), Text("Before"))
_BEFORE_EACH = (Text("Before, each scaled"), Text("Before"))
_NOW_EACH = (Text("Now, each scaled"), Text("Now"))
_NOW = (Text("Now: ±{most}"), Text("Now"))
_WRONG = (
    Text("Still wrong: {wrong} of {count} test digits; the first {shown}"),
    Text("Still wrong: {wrong} of {count} test digits"),
    Text("{wrong} wrong"),
)
_IS = Text("is {label}")
_DIGITS = [str(digit) for digit in range(10)]
_CLEAR = Text("Clear")
_DIGIT = (Text("What it says of my digit now"), Text("It says"))
_CNN_INK, _DENSE_INK = 1, 3
_Shown = Snapshot[CnnParams, CnnFrame]


class CnnView(SliceView[CnnParams, CnnFrame]):
    """The plots of loss and accuracy, with a common axis, take most of the stage; filters and wrong digits stand beside
    or below.
    """

    compact_below = 380
    solid, dashed = (), ("test_accuracy",)
    shortest = 75
    """The shortest axis in updates. Doubled three times, it holds the 600 updates of the first epoch; the five updates
    at the opening are visible on it.
    """

    def build(self) -> None:
        super().build()
        self.rate = SchedulePlot()
        self.rate_words = self.rate.words
        self.dress(self.rate.name, "0.5")
        self.before, self.now = FilterPictures(), FilterPictures()
        self.before_words, self.now_words, self.wrong_words = FittingWords(), FittingWords(), FittingWords()
        self.wrong = DigitAnswers(WRONG_SHOWN)
        # They are there to be seen only.
        self.wrong.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.wrong.setCursor(Qt.CursorShape.ArrowCursor)
        self.pairs = PicturePairs(SHOWN)
        self.pairs_words = self.pairs.words
        self.parameters = ShareBar()
        for pictures in (self.before, self.now):
            pictures.chosen.connect(lambda index: self.press(f"filter{index}"))
            self.add_control(pictures)
        drawing = field_of(CnnParams, "drawing", Drawing)
        self.canvas = DrawingCanvas(drawing.most_points, drawing.most_strokes)
        self.bars, self.tools, self.digit_words = ChanceBars(), ButtonsItem(), FittingWords()
        for control in (self.canvas, self.tools):
            self.add_control(control)
        self.canvas.drawn.connect(lambda strokes: self.change({"drawing": strokes}, f"stroke {len(strokes)}"))
        self.canvas.stroke_ended.connect(self.gesture_ended)
        self.canvas.cleared.connect(lambda: self.click_handle("clear"))
        self.canvas.turned.connect(self._voice.drawn)
        self.tools.pressed.connect(self.click_handle)
        self.dress(self.tools.set_options, [("clear", _CLEAR)])

    def layout_for(self, params: CnnParams, wide: bool, compact: bool) -> Layout:
        if params.loss_slice:
            layout = self.slice_layout(wide, compact)
        else:
            layout = _with_digit(wide, compact) if params.reads else _plain(wide, compact)
        if compact:
            return layout
        if params.augmentation:
            layout = layout.below("slice_accuracy" if params.loss_slice else "wrong", PAIRS, 36)
        return layout if params.schedule == CONSTANT else layout.below("accuracy", RATE, 30)

    def show_snapshot(self, current: _Shown, ghost: _Shown | None) -> None:
        params, frame = current.params, current.frame
        looked = [translate(text(few=frame.train_size, count=frame.sample_size)) for text in _LOOKED]
        self.show_run(frame, ghost.frame if ghost else None, ((), looked))
        self.loss.show_top(self.farthest.frame.loss_maximum)
        self._show_filters(params, frame)
        self._show_wrong(frame)
        self._show_digit(params, frame, ghost)
        self.rate.show_rates(frame.rates, frame.update, params.planned)
        self.pairs.show_pairs(frame.augmented)
        self.slice.show_slice(frame.slice)
        sizes = (*frame.parts.tolist(), *([frame.normalizing] if frame.normalizing else []))
        self.parameters.show_shares(sizes, *(translate(text) for text in parts(frame)))
        self.invite_at(frame.update, frame.mean_loss if self.is_waiting else None)

    def _show_filters(self, params: CnnParams, frame: CnnFrame) -> None:
        each = params.shades == "each"
        before, now = (_BEFORE_EACH, _NOW_EACH) if each else (_BEFORE, _NOW)
        for pictures, words, texts, shown, reach in (
            (self.before, self.before_words, before, frame.pictures_before, frame.reach_before),
            (self.now, self.now_words, now, frame.pictures, frame.reach),
        ):
            pictures.show_weights(shown, each)
            pictures.show_selected(params.looked_at)
            words.show_words(*texts, most=format_real(reach, 2))

    def _show_wrong(self, frame: CnnFrame) -> None:
        count = len(frame.wrong_indices)
        self.wrong.show_digits(
            frame.wrong_images,
            [str(answer) for answer in frame.wrong_answers.tolist()],
            [translate(_IS(label=label)) for label in frame.wrong_labels.tolist()],
            [False] * count,
            -1,
        )
        values: dict[str, Any] = {"wrong": frame.wrong, "count": frame.sample_size, "shown": count}
        texts = _WRONG if frame.wrong > count else _WRONG[1:]
        self.wrong_words.show_words(*texts, **values)

    def _show_digit(self, params: CnnParams, frame: CnnFrame, ghost: _Shown | None) -> None:
        if frame.canvas is None or frame.drawn_probabilities is None:
            return
        self.canvas.show_drawing(params.drawing, frame.canvas, BRUSH)
        shares = frame.drawn_probabilities.tolist()
        before = None if ghost is None else ghost.frame.drawn_probabilities
        earlier = None if before is None else before.tolist()
        self.bars.show_shares(_DIGITS, shares, [percent(share) for share in shares], None, earlier)
        self.digit_words.show_words(*_DIGIT)

    def losses(self, frame: CnnFrame) -> tuple[Series, ...]:
        """The CNN's loss of each batch as a thin curve, and the mean losses as bold ones."""
        thin = hairline(curve_color(_CNN_INK), 0.45)
        compares, means = frame.dense_test is not None, [fixed_digits(float(mean)) for mean in frame.mean_losses]
        batches = "" if compares else translate(_BATCH)
        found = [
            band_of(batches, thin, frame.loss_updates, frame.loss_minimum[0], frame.loss_maximum[0]),
            Series(
                translate(_CNN if compares else _MEAN),
                curve_pen(_CNN_INK, 2.4),
                frame.loss_updates,
                frame.loss_mean[0],
                means[0],
            ),
        ]
        if compares:
            ink = curve_pen(_DENSE_INK, 2.4)
            found.append(Series(translate(_DENSE), ink, frame.loss_updates, frame.loss_mean[1], means[1]))
        return tuple(found)

    def accuracies(self, frame: CnnFrame) -> tuple[Series, ...]:
        """The accuracy on training and test data; if a fully connected network is trained too, that of both on test
        data.
        """
        at, ends = frame.sample_updates, frame.epoch_updates
        newest = percent(frame.test_accuracy, 1)
        if frame.dense_test is None:
            train = Series(
                translate(_TRAIN), data_pen(TRAIN), at, frame.sample_train[0], percent(frame.train_accuracy, 1)
            )
            return train, Series(
                translate(_TEST), data_pen(TEST), at, frame.sample_test[0], newest, (ends, frame.epoch_test[0])
            )
        dense, ink = percent(frame.dense_test, 1), curve_pen(_DENSE_INK, 2.2)
        return (
            Series(translate(_DENSE_TEST), ink, at, frame.sample_test[1], dense, (ends, frame.epoch_test[1])),
            Series(
                translate(_CNN_TEST),
                curve_pen(_CNN_INK, 2.2),
                at,
                frame.sample_test[0],
                newest,
                (ends, frame.epoch_test[0]),
            ),
        )


def _plain(wide: bool, compact: bool) -> Layout:
    """The layout with curves, filters and wrongly classified digits; if the stage is low (``compact``), without the
    digits.

    If ``wide``, filters and digits are beside the curves, otherwise below them.
    """
    if wide and compact:
        cells: tuple[str, ...] = ("loss before_words . now_words", "loss before . now", "accuracy before . now")
        return Layout(cells, (0, 60, 40), (60, 19, 2, 19))
    if wide:
        cells = ("loss before_words . now_words", "loss before . now",
                 "accuracy wrong_words wrong_words wrong_words", "accuracy wrong wrong wrong",
                 "parameters parameters parameters parameters")  # fmt: skip
        return Layout(cells, (0, 52, 0, 48, 0), (58, 20, 2, 20))
    if compact:
        return Layout(("loss loss", "accuracy accuracy", "before_words now_words", "before now"),
                      (36, 30, 0, 34), (50, 50))  # fmt: skip
    cells = ("loss loss", "accuracy accuracy", "before_words now_words", "before now", "wrong_words wrong_words",
             "wrong wrong", "parameters parameters")  # fmt: skip
    return Layout(cells, (31, 26, 0, 22, 0, 21, 0), (50, 50))


def _with_digit(wide: bool, compact: bool) -> Layout:
    """The layout with a canvas for the user's own digit and the bars of its probabilities, in place of the wrongly
    classified digits.

    If the stage is low (``compact``), they replace the filters, too.
    """
    if wide and compact:
        cells: tuple[str, ...] = ("loss tools . digit_words", "loss canvas . bars", "accuracy canvas . bars")
        return Layout(cells, (0, 60, 40), (60, 19, 2, 19))
    if wide:
        cells = ("loss before_words . now_words", "loss before . now", "accuracy tools . digit_words",
                 "accuracy canvas . bars", "parameters parameters parameters parameters")  # fmt: skip
        return Layout(cells, (0, 48, 0, 52, 0), (54, 22, 2, 22))
    if compact:
        return Layout(("loss loss", "accuracy accuracy", "tools digit_words", "canvas bars"),
                      (33, 27, 0, 40), (50, 50))  # fmt: skip
    cells = ("loss loss", "accuracy accuracy", "before_words now_words", "before now", "tools digit_words",
             "canvas bars", "parameters parameters")  # fmt: skip
    return Layout(cells, (26, 22, 0, 18, 0, 34, 0), (50, 50))
