"""Draws `cnn`: loss over accuracy, the filters before and now, the digits that are still wrong, and the parameters."""

from __future__ import annotations

import math
from typing import Any

from PySide6.QtCore import Qt

from engine.contract.numerals import fixed_digits, format_real, percent
from engine.contract.text import Text
from engine.contract.there import there
from engine.experiments.ch7_convolution.cnn.params import WRONG_SHOWN, CnnFrame, CnnParams
from engine.experiments.ch7_convolution.cnn.words import parts
from gui.plots.bars.share_bar import ShareBar
from gui.plots.board.fitting_words import FittingWords
from gui.plots.drawing.curve_ink import TEST, TRAIN, curve_color, curve_pen, data_pen
from gui.plots.drawing.ink import hairline
from gui.plots.learning.run_plot import RunPlot, Series, band_of
from gui.plots.pictures.digit_answers import DigitAnswers
from gui.plots.pictures.filter_pictures import FilterPictures
from gui.stage.layout import Layout
from gui.stage.view import Snapshot, View
from gui.style.language import show

_LOSS, _ACCURACY, _UPDATES = Text("loss", "损失"), Text("accuracy", "准确率"), Text("updates", "更新次数")
_EPOCH = Text("epoch {number}", "第 {number} 轮")
_CNN, _DENSE = Text("CNN", "卷积网络"), Text("dense network", "全连接网络")
_BATCH, _MEAN = Text("each batch", "每一批"), Text("mean of 20", "20 批平均")
_TRAIN, _TEST = Text("training", "训练"), Text("test", "测试")
_CNN_TEST, _DENSE_TEST = Text("CNN, test", "卷积网络，测试"), Text("dense, test", "全连接，测试")
_GUESSING = (
    Text("guessing: ln 10 = {chance:.3f}", "瞎猜：ln 10 = {chance:.3f}"),
    Text("{chance:.3f}", "{chance:.3f}"),
)
_LOOKED = (
    Text(
        "{few} training and {count} test digits · dots, at epochs: all 10,000",
        "训练 {few} 张，测试 {count} 张 · 圆点（每轮末）：全部 10000 张",
    ),
    Text("{few} and {count} digits", "{few} 和 {count} 张"),
)
_BEFORE = (Text("Before: ±{most}", "开始时：±{most}"), Text("Before", "开始时"))
_NOW = (Text("Now: ±{most}", "现在：±{most}"), Text("Now", "现在"))
_WRONG = (
    Text(
        "Still wrong: {wrong} of {count} test digits; the first {shown}",
        "{count} 张测试图片里还错 {wrong} 张，这是前 {shown} 张",
    ),
    Text("Still wrong: {wrong} of {count} test digits", "{count} 张测试图片里还错 {wrong} 张"),
    Text("{wrong} wrong", "还错 {wrong} 张"),
)
_IS = Text("is {label}", "应是 {label}")
_LOSS_INK, _DENSE_INK, _TOPS = 1, 3, (2.6, 5.0, 10.0)
_SHORTEST = 75
"""Doubled, this gives the first epoch's 600 updates; the opening's five are seen to begin."""
_Shown = Snapshot[CnnParams, CnnFrame]


class CnnView(View[CnnParams, CnnFrame]):
    """Loss and accuracy share their axis and take the larger part; filters and wrong digits stand beside or below."""

    compact_below = 380

    def build(self) -> None:
        self.loss = RunPlot(_TOPS, "10.00", key_at=0.24, names_epochs=True, numbered_below=False, shortest=_SHORTEST)
        self.accuracy = RunPlot((1.03,), "100.0%", shortest=_SHORTEST)
        self.accuracy.getAxis("left").setTicks([[(0, "0"), (0.5, "0.5"), (1, "1")], []])
        self.before, self.now = FilterPictures(), FilterPictures()
        self.before_words, self.now_words, self.wrong_words = FittingWords(), FittingWords(), FittingWords()
        self.wrong = DigitAnswers(WRONG_SHOWN)
        # They are there to be seen only.
        self.wrong.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.wrong.setCursor(Qt.CursorShape.ArrowCursor)
        self.parameters = ShareBar()
        self.go_on = self.invite_to_run(self.loss)
        for pictures in (self.before, self.now):
            pictures.chosen.connect(self._filter_chosen)
            self.add_control(pictures)
        self.probe_plot(self.loss, "loss")
        self.probe_plot(self.accuracy, "accuracy")
        self.dress(self.loss.set_names, "", _LOSS, _EPOCH(number="{number}"))
        self.dress(self.accuracy.set_names, _UPDATES, _ACCURACY, _EPOCH(number="{number}"))
        for plot in (self.loss, self.accuracy):
            self.dress(plot.set_room, "0.5")

    def layout_for(self, params: CnnParams, wide: bool, compact: bool) -> Layout:
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

    def show_snapshot(self, current: _Shown, ghost: _Shown | None) -> None:
        params, frame = current.params, current.frame
        self._show_curves(frame, ghost.frame if ghost else None)
        self._show_filters(params, frame)
        self._show_wrong(frame)
        self.parameters.show_shares(frame.parts.tolist(), *(show(text) for text in parts(frame)))
        waits = frame.update == there(self.experiment.opening_for(params)).count
        if self.is_inviting and waits and frame.mean_loss is not None:
            self.go_on.show_at(frame.update, frame.mean_loss)
        else:
            self.go_on.hide()

    def _show_curves(self, frame: CnnFrame, ghost: CnnFrame | None) -> None:
        whole: CnnFrame = self.farthest.frame
        last = max(whole.update, ghost.update if ghost else 0)
        looked = [show(text(few=frame.train_size, count=frame.sample_size)) for text in _LOOKED]
        for plot, series_of, notes in ((self.loss, _losses, ()), (self.accuracy, _accuracies, looked)):
            plot.show_span(last, frame.updates_per_epoch)
            plot.show_series(series_of(frame), notes)
            plot.show_ghost(_of_cnn(series_of(ghost)) if ghost else None)
            plot.show_later(None if whole is frame else frame.update, series_of(whole))
        self.loss.show_top(whole.loss_maximum)
        chance = math.log(10)
        self.loss.show_level(chance, [show(text(chance=chance)) for text in _GUESSING])

    def _show_filters(self, params: CnnParams, frame: CnnFrame) -> None:
        for pictures, words, texts, shown, reach in (
            (self.before, self.before_words, _BEFORE, frame.pictures_before, frame.reach_before),
            (self.now, self.now_words, _NOW, frame.pictures, frame.reach),
        ):
            pictures.show_weights(shown)
            pictures.show_selected(params.looked_at)
            words.show_words(*texts, most=format_real(reach, 2))

    def _show_wrong(self, frame: CnnFrame) -> None:
        count = len(frame.wrong_indices)
        self.wrong.show_digits(
            frame.wrong_images,
            [str(answer) for answer in frame.wrong_answers.tolist()],
            [show(_IS(label=label)) for label in frame.wrong_labels.tolist()],
            [False] * count,
            -1,
        )
        values: dict[str, Any] = {"wrong": frame.wrong, "count": frame.sample_size, "shown": count}
        texts = _WRONG if frame.wrong > count else _WRONG[1:]
        self.wrong_words.show_words(*texts, **values)

    # The hand

    def _filter_chosen(self, index: int) -> None:
        if self.current is not None:
            self._change_if_any(self.experiment.click(self.current.params, self.current.frame, f"filter{index + 1}"))


def _of_cnn(series: tuple[Series, ...]) -> Series:
    """The curve that stands for a run of before: the CNN's mean loss, or its accuracy on test data."""
    return series[1]


def _losses(frame: CnnFrame) -> tuple[Series, ...]:
    """Every batch of the CNN thin, the means bold."""
    thin = hairline(curve_color(_LOSS_INK), 0.45)
    compares, means = frame.dense_test is not None, [fixed_digits(float(mean)) for mean in frame.mean_losses]
    batches = "" if compares else show(_BATCH)
    found = [
        band_of(batches, thin, frame.loss_updates, frame.loss_minimum[0], frame.loss_maximum[0]),
        Series(show(_CNN if compares else _MEAN), curve_pen(_LOSS_INK, 2.4), frame.loss_updates, frame.loss_mean[0],
               means[0]),
    ]  # fmt: skip
    if compares:
        ink = curve_pen(_DENSE_INK, 2.4)
        found.append(Series(show(_DENSE), ink, frame.loss_updates, frame.loss_mean[1], means[1]))
    return tuple(found)


def _accuracies(frame: CnnFrame) -> tuple[Series, ...]:
    """On training and test data; beside a dense network both on test data, so that there are two curves at most."""
    at, ends = frame.sample_updates, frame.epoch_updates
    newest = percent(frame.test_accuracy, 1)
    if frame.dense_test is None:
        train = Series(show(_TRAIN), data_pen(TRAIN), at, frame.sample_train[0], percent(frame.train_accuracy, 1))
        return train, Series(show(_TEST), data_pen(TEST), at, frame.sample_test[0], newest, (ends, frame.epoch_test[0]))
    dense, ink = percent(frame.dense_test, 1), curve_pen(_DENSE_INK, 2.2)
    return (
        Series(show(_DENSE_TEST), ink, at, frame.sample_test[1], dense, (ends, frame.epoch_test[1])),
        Series(show(_CNN_TEST), data_pen(TEST), at, frame.sample_test[0], newest, (ends, frame.epoch_test[0])),
    )
