"""Parameters and frames of the experiment `digits`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.contract.fields import Choice, Drawing, File, Integer, Option, Real, Switch, Visible, parameter
from engine.contract.frame import Frame, quantity
from engine.contract.params import Params
from engine.contract.text import Text, same
from engine.data.own_images import own_images
from engine.data.plain_digits import OPEN_FOUR

ANY = "any"
IMAGES = 10_000
MOVES = (-16, 0, 16)
"""By how many of the canvas's 112 pixels a drawing is moved to see whether the answer stays."""


@dataclass(frozen=True)
class DigitsParams(Params):
    """What is drawn, how it is prepared, what is shown of the test set, and in batches of what size it is read."""

    view: str = parameter(
        "draw",
        Choice(
            label=Text("Shown", "显示"),
            options=(
                Option("draw", Text("Draw", "书写")),
                Option("test", Text("Test set", "测试集")),
                Option("batches", Text("Batches", "批处理")),
            ),
            effect="view",
            on_stage=True,
        ),
    )
    drawing: tuple = parameter(
        OPEN_FOUR,
        Drawing(
            label=Text("Drawing", "笔画"),
            help=Text("What is written on the canvas, stroke by stroke.", "画布上写的字，一笔一笔记录。"),
            effect="live",
            visible=Visible("view", ("draw",)),
        ),
    )
    preprocessing: bool = parameter(
        True,
        Switch(
            label=Text("Preprocessing", "预处理"),
            help=Text(
                "Fit the digit into 20×20 and centre its mass, as was done to every MNIST picture.",
                "像 MNIST 的每张图那样，先缩放到 20×20，再把重心移到中央。",
            ),
            effect="live",
            visible=Visible("view", ("draw",)),
        ),
    )
    brush: float = parameter(
        0.09,
        Real(
            label=Text("Brush", "笔的粗细"),
            help=Text("Width of a stroke, as a share of the canvas.", "笔画的宽度，相对于画布的边长。"),
            minimum=0.03,
            maximum=0.2,
            step=0.01,
            effect="live",
            visible=Visible("view", ("draw",)),
        ),
    )
    index: int = parameter(
        8,
        Integer(
            label=Text("Image", "图片"),
            help=Text("Number of the image, from 0.", "图片的编号，从 0 开始。"),
            minimum=0,
            maximum=IMAGES - 1,
            effect="live",
            visible=Visible("view", ("test",)),
        ),
    )
    only_wrong: bool = parameter(
        False,
        Switch(
            label=Text("Only wrong ones", "只看认错的"),
            help=Text("Skip the images that are read correctly.", "跳过认对的图片。"),
            effect="live",
            visible=Visible("view", ("test",)),
        ),
    )
    digit: str = parameter(
        ANY,
        Choice(
            label=Text("Label", "标签"),
            help=Text("Skip the images of other digits.", "跳过其他数字的图片。"),
            options=(Option(ANY, Text("any", "全部")), *(Option(str(d), same(str(d))) for d in range(10))),
            effect="live",
            visible=Visible("view", ("test",)),
        ),
    )
    batch_size: int = parameter(
        100,
        Integer(
            label=Text("Batch size", "批大小"),
            help=Text(
                "How many images go through the network together; a change begins the test set anew.",
                "每次一起送进网络的图片数。改动后，从头再读一遍测试集。",
            ),
            minimum=1,
            maximum=1000,
            effect="live",
            visible=Visible("view", ("batches", "test")),
        ),
    )
    images: str = parameter(
        "",
        File(
            label=Text("Own images", "自己的图片"),
            help=Text(
                "An IDX file of 28×28 images, plain or gzip, to look at instead of MNIST's test set.",
                "28×28 图片的 IDX 文件（可以是 gzip），用它代替 MNIST 的测试集来浏览。",
            ),
            examine=own_images,
            suffixes=(".gz", ".idx", "-ubyte"),
            more=True,
            visible=Visible("view", ("test",)),
        ),
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class DigitsFrame(Frame):
    """The answer to the drawing, one image of the test set, and how far the test set was read."""

    strokes: int = quantity()
    canvas: np.ndarray = quantity()
    """Ink (112, 112), 0 to 255."""
    seen: np.ndarray = quantity()
    """What the network sees, (28, 28), 0 to 255."""
    hidden1: np.ndarray = quantity()
    hidden2: np.ndarray = quantity()
    scores: np.ndarray = quantity()
    probabilities: np.ndarray = quantity()
    answer: int = quantity()
    second: int = quantity()
    confidence: float = quantity()
    moved_answers: np.ndarray = quantity()
    """(3, 3): the answers when the drawing is moved up, not, down (rows) and left, not, right."""
    same_when_moved: int = quantity()

    shown: int = quantity()
    """Number of the image that is looked at; −1 where none is left by the filters."""
    image: np.ndarray = quantity()
    label: int = quantity()
    """−1 for an image of the learner's own, which has none."""
    image_hidden1: np.ndarray = quantity()
    image_hidden2: np.ndarray = quantity()
    image_scores: np.ndarray = quantity()
    image_probabilities: np.ndarray = quantity()
    image_answer: int = quantity()
    previous: int = quantity()
    following: int = quantity()
    following_wrong: int = quantity()
    left: int = quantity()
    """How many images the filters leave."""

    batch_size: int = quantity()
    evaluated: int = quantity()
    right: int = quantity()
    accuracy: float = quantity()
    """Right ones among those read so far; 0 before the first batch."""
    confusion: np.ndarray = quantity()
    """(10, 10) among those read so far: rows are labels, columns answers."""
    timed_sizes: np.ndarray = quantity()
    timed_images: np.ndarray = quantity()
    seconds: np.ndarray = quantity("s", measured=True)
    """Seconds for an image, the median over batches, for each of ``timed_sizes``."""
