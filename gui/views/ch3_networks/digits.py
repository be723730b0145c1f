"""Draws `digits`: a canvas to write on beside what the network makes of it, the test set, or the batches' times."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt

from engine.contract.params import field_of
from engine.contract.text import Text
from engine.data.plain_digits import LID, OPEN_FOUR
from engine.experiments.ch3_networks.parts.digits_params import DigitsFrame, DigitsParams
from engine.experiments.ch3_networks.parts.digits_words import accuracy, duration, percent
from gui.plots.bars.chance_bars import ChanceBars
from gui.plots.board.buttons import ButtonsItem
from gui.plots.board.count_matrix import CountMatrix
from gui.plots.board.fitting_words import FittingWords
from gui.plots.board.segmented import SegmentedItem
from gui.plots.curves.time import TimePlot
from gui.plots.network.layer_strip import LayerStrip
from gui.plots.pictures.answer_grid import AnswerGrid
from gui.plots.pictures.drawing_canvas import DrawingCanvas
from gui.plots.pictures.pixel_picture import PixelPicture
from gui.stage.view import Snapshot, View
from gui.style.language import show

_DIGITS = [str(digit) for digit in range(10)]
_SIZES = ("1", "10", "100", "1000")
_CLEAR = Text("Clear", "清空")
_RUBBER, _PEN = Text("Eraser", "橡皮"), Text("Pen", "画笔")
_BROWSE = (
    ("previous", Text("Previous", "上一张")),
    ("following", Text("Next", "下一张")),
    ("following_wrong", Text("Next wrong", "下一张认错的")),
)
_INVITATION = Text("close the top", "封上口试试")
_SEEN = Text("what the network sees", "网络看到的")
_MOVED = Text("moved: {same} of 9", "挪动后 {same}/9 相同")
_IMAGE = Text("image {number} of the test set", "测试集第 {number} 张")
_OWN_IMAGE = Text("image {number} of your file", "文件里第 {number} 张")
_LAYERS = (Text("layer 1", "第 1 层"), Text("layer 2", "第 2 层"), Text("output", "输出"))
_MATRIX = (Text("label", "标签"), Text("read as", "认成"))
_TIME = (Text("images in a batch", "每批的图片数"), Text("time per image", "每张用时"))
_PROGRESS = (
    Text("{evaluated:,} of 10,000 read: {accuracy} right", "已读 {evaluated} / 10000 张，认对 {accuracy}"),
    Text("{evaluated:,} read: {accuracy}", "{evaluated} 张：{accuracy}"),
    Text("{accuracy}", "{accuracy}"),
)


class DigitsView(View):
    """Three views of one stage; the canvas draws at once, its answer comes with the next frame."""

    compact_below = 410

    wide_from = 1.0

    def build(self) -> None:
        most_points = field_of(DigitsParams, "drawing").most_points
        self.canvas = DrawingCanvas(most_points)
        self.seen, self.image = PixelPicture(), PixelPicture()
        self.moved = AnswerGrid()
        self.bars, self.layers = ChanceBars(), LayerStrip()
        self.matrix, self.times = CountMatrix(), TimePlot()
        self.views, self.sizes, self.buttons = SegmentedItem(), SegmentedItem(), ButtonsItem()
        self.progress = FittingWords()
        for control in (self.canvas, self.buttons, self.sizes, self.views):
            self.add_control(control)
        self.canvas.drawn.connect(self._drawn)
        self.canvas.erased.connect(self._erased)
        self.canvas.stroke_ended.connect(self.gesture_ended)
        self.canvas.cleared.connect(self._clear)
        self.buttons.pressed.connect(self._pressed)
        self.views.chosen.connect(self._view_chosen)
        self.sizes.chosen.connect(self._size_chosen)
        self.matrix.cell_clicked.connect(self._cell_clicked)
        self._placed: str | None = None
        self._erases = False
        self._parts = (
            self.buttons, self.views, self.sizes, self.progress, self.canvas, self.seen, self.moved, self.bars,
            self.layers, self.image, self.matrix, self.times,
        )  # fmt: skip

    def arrange(self, wide: bool, compact: bool) -> None:
        for item in self._parts:
            self.stage.take_away(item)
        self._placed = view = self.current.params.view if self.current else "draw"
        self._set_buttons(view)
        place = {"draw": self._arrange_draw, "test": self._arrange_test, "batches": self._arrange_batches}[view]
        place(wide, compact)
        self.stage.ci.layout.setAlignment(self.views, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.stage.fill()

    def _arrange_draw(self, wide: bool, compact: bool) -> None:
        put = self.stage.place
        put(self.buttons, 0, 0)
        if wide and compact:
            put(self.views, 0, 1, columns=2)
            put(self.canvas, 1, 0, rows=2)
            put(self.seen, 1, 1)
            put(self.moved, 2, 1)
            put(self.bars, 1, 2, rows=2)
            self._share((0, 1, 1), (3, 2, 3), (5, 2, 4))
        elif wide:
            put(self.views, 0, 1, columns=2)
            put(self.canvas, 1, 0, rows=3)
            put(self.seen, 1, 1)
            put(self.moved, 1, 2)
            put(self.bars, 2, 1, columns=2)
            put(self.layers, 3, 1, columns=2)
            self._share((0, 4, 7, 0), (6, 2, 2), (6, 2, 2))
        else:
            put(self.views, 0, 1)
            put(self.canvas, 1, 0, columns=2)
            put(self.seen, 2, 0)
            put(self.bars, 2, 1)
            put(self.layers, 3, 0, columns=2)
            self._share((0, 5, 3, 0), (2, 3), (2, 3))

    def _arrange_test(self, wide: bool, compact: bool) -> None:
        put = self.stage.place
        put(self.buttons, 0, 0)
        if wide and compact:
            put(self.views, 0, 1, columns=2)
            put(self.image, 1, 0)
            put(self.bars, 1, 1)
            put(self.matrix, 1, 2)
            self._share((0, 1), (2, 2, 3), (2, 2, 3))
        elif wide:
            put(self.views, 0, 1)
            put(self.image, 1, 0)
            put(self.bars, 2, 0)
            put(self.matrix, 1, 1, rows=2)
            put(self.progress, 3, 1)
            put(self.layers, 3, 0)
            self._share((0, 5, 5, 0), (4, 5), (4, 5))
        else:
            put(self.views, 0, 1)
            put(self.image, 1, 0)
            put(self.bars, 1, 1)
            put(self.matrix, 2, 0, columns=2)
            put(self.progress, 3, 0, columns=2)
            self._share((0, 2, 3, 0), (1, 1), (1, 1))

    def _arrange_batches(self, wide: bool, compact: bool) -> None:
        put = self.stage.place
        put(self.sizes, 0, 0)
        put(self.views, 0, 1)
        if wide:
            put(self.times, 1, 0)
            put(self.matrix, 1, 1)
            put(self.progress, 2, 0, columns=2)
            self._share((0, 1, 0), (3, 2), (3, 2))
        else:
            put(self.times, 1, 0, columns=2)
            put(self.matrix, 2, 0, columns=2)
            put(self.progress, 3, 0, columns=2)
            self._share((0, 1, 1, 0), (1, 1), (1, 1))

    def _share(self, rows: Sequence[int], columns: Sequence[int], widths: Sequence[int]) -> None:
        """Stretch of rows and columns; equal starting widths, so that only the stretch decides."""
        self.stage.set_stretch(rows=tuple(rows), columns=tuple(columns))
        grid = self.stage.ci.layout
        for column in range(3):
            width = 100.0 * widths[column] if column < len(widths) else -1
            grid.setColumnPreferredWidth(column, width)

    def restyle(self) -> None:
        for item in (self.canvas, self.seen, self.image, self.moved, self.bars, self.layers, self.progress):
            item.restyle()
        self.matrix.set_words(*(show(words) for words in _MATRIX))
        self.times.set_words(*(show(words) for words in _TIME))
        options = field_of(DigitsParams, "view").options
        self.views.set_options([(option.value, show(option.label)) for option in options])
        self.sizes.set_options([(size, size) for size in _SIZES])
        self._set_buttons(self._placed or "draw")

    def for_export(self, on: bool) -> None:
        super().for_export(on)
        self._invite()

    def show_snapshot(self, current: Snapshot, ghost: Snapshot | None) -> None:
        params, frame = current.params, current.frame
        if self._arrangement is not None and params.view != self._placed:
            self.arrange(*self._arrangement)
        self.views.show_value(params.view)
        self.sizes.show_value(str(params.batch_size))
        if params.view == "test":
            self._show_image(frame, ghost)
        else:
            self._show_drawing(params, frame, ghost)
        has_label = params.view == "test" and frame.shown >= 0 and frame.label >= 0
        marked = (frame.label, frame.image_answer) if has_label else None
        self.matrix.show_counts(frame.confusion, marked)
        here = np.flatnonzero(frame.timed_sizes == params.batch_size)
        words = duration(float(frame.seconds[here[0]])) if here.size else ""
        self.times.show_times(frame.timed_sizes, frame.seconds, params.batch_size, words)
        values = {"evaluated": frame.evaluated, "accuracy": accuracy(frame)}
        self.progress.show_words(*(show(text(**values)) for text in _PROGRESS))

    def _show_drawing(self, params: DigitsParams, frame: DigitsFrame, ghost: Snapshot | None) -> None:
        self.canvas.show_drawing(params.drawing, frame.canvas, params.brush)
        self._invite()
        self.seen.show_picture(frame.seen, show(_SEEN))
        answers = [[str(answer) for answer in row] for row in frame.moved_answers.tolist()]
        self.moved.show_answers(answers, show(_MOVED(same=frame.same_when_moved)))
        before = ghost.frame.probabilities.tolist() if ghost else None
        self._show_bars(frame.probabilities, None, before)
        self._show_layers(frame.hidden1, frame.hidden2, frame.probabilities)

    def _show_image(self, frame: DigitsFrame, ghost: Snapshot | None) -> None:
        words = (_IMAGE if frame.label >= 0 else _OWN_IMAGE)(number=frame.shown)
        self.image.show_picture(frame.image, show(words))
        before = ghost.frame.image_probabilities.tolist() if ghost else None
        self._show_bars(frame.image_probabilities, frame.label if frame.label >= 0 else None, before)
        self._show_layers(frame.image_hidden1, frame.image_hidden2, frame.image_probabilities)

    def _show_bars(self, shares: np.ndarray, wanted: int | None, before: list[float] | None) -> None:
        values = shares.tolist()
        self.bars.show_shares(_DIGITS, values, [percent(share) for share in values], wanted, before)

    def _show_layers(self, *layers: np.ndarray) -> None:
        self.layers.show_layers([show(name) for name in _LAYERS], layers)

    def _invite(self) -> None:
        """The one invitation: the stroke that turns the open 4 into a 9."""
        drawing = self.current.params.drawing if self.current else None
        wanted = self._invites and not self._exporting and drawing == OPEN_FOUR
        self.canvas.invite(LID if wanted else None, show(_INVITATION))

    def _set_buttons(self, view: str) -> None:
        # The button is named by what it takes up.
        names = _BROWSE if view == "test" else (("clear", _CLEAR), ("tool", _PEN if self._erases else _RUBBER))
        self.buttons.set_buttons([(name, show(words)) for name, words in names])

    # The hand

    def plot_of_handle(self, handle_id: str) -> pg.PlotItem:
        raise KeyError(handle_id)

    def _drawn(self, strokes: tuple) -> None:
        self._invites = False
        self.change({"drawing": strokes}, f"stroke {len(strokes)}")

    def _erased(self, strokes: tuple) -> None:
        self._invites = False
        self.change({"drawing": strokes}, "erase")

    def _take(self, rubber: bool) -> None:
        self._erases = rubber
        self.canvas.set_erasing(rubber)
        self._set_buttons(self._placed or "draw")

    def _clear(self) -> None:
        self._pressed("clear")

    def _pressed(self, name: str) -> None:
        if name == "tool":
            self._take(not self._erases)
            return
        if name == "clear":
            # There is nothing left to rub out.
            self._take(False)
        if self.current is not None:
            self._change_if_any(self.experiment.click(self.current.params, self.current.frame, name))

    def _cell_clicked(self, label: int, answer: int) -> None:
        self._pressed(f"confusion.{label}.{answer}")

    def _view_chosen(self, view: str) -> None:
        self.change({"view": view})

    def _size_chosen(self, size: str) -> None:
        self.change({"batch_size": int(size)})
