"""Parameters and frame of the experiment `training`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.contract.fields import Choice, Integer, Option, Real, Visible, parameter
from engine.contract.frame import Frame, quantity
from engine.contract.params import Params
from engine.contract.text import Text, same

DIGITS_SHOWN = 12
WEIGHTS_SHOWN = 50
# As bytes a picture of weights is 8 times smaller; 127 steps are more than the eye tells apart.
WEIGHT_STEPS = 127
# What the book calls the whole run; what it would cost by numerical gradient is reckoned for it.
RUN_UPDATES = 10_000
# So many images of each kind are looked at between the epochs' ends, or all where there are fewer.
SAMPLE = 1000

_SAMPLES = (100, 300, 1000, 3000, 10_000, 60_000)


@dataclass(frozen=True)
class TrainingParams(Params):
    """The network, what it learns from, and how."""

    learning_rate: float = parameter(
        0.1,
        Real(
            label=Text("Learning rate η", "学习率 η"),
            help=Text(
                "How far one update goes; a change works from the next one on.", "每次更新走多远，从下一次更新起生效。"
            ),
            minimum=0.001,
            maximum=10.0,
            step=1.1,
            scale="log",
            effect="live",
        ),
    )
    activation: str = parameter(
        "sigmoid",
        Choice(
            label=Text("Activation", "激活函数"),
            help=Text("How the hidden layer turns its sums into outputs.", "隐藏层用哪个激活函数。"),
            options=(Option("sigmoid", same("sigmoid")), Option("relu", same("ReLU"))),
        ),
    )
    initial_std: float = parameter(
        0.01,
        Real(
            label=Text("Initial weight std", "初始权重的标准差"),
            help=Text("How widely the weights scatter around 0 at the start.", "开始时权重在 0 附近散得多开。"),
            minimum=0.0001,
            maximum=1.0,
            step=1.1,
            scale="log",
        ),
    )
    batch_size: int = parameter(
        100,
        Integer(
            label=Text("Batch size", "批大小"),
            help=Text("How many images one update looks at.", "每次更新看多少张图片。"),
            minimum=1,
            maximum=1000,
        ),
    )
    samples: str = parameter(
        "60000",
        Choice(
            label=Text("Training images", "训练图片数"),
            help=Text(
                "Drawn once from the 60,000; the test always uses all 10,000.",
                "从 60000 张里抽一次，之后不变；测试总是用全部 10000 张。",
            ),
            options=tuple(Option(str(count), Text(f"{count:,}", str(count))) for count in _SAMPLES),
        ),
    )
    gradient: str = parameter(
        "backpropagation",
        Choice(
            label=Text("Gradient by", "求梯度的方法"),
            help=Text(
                "Backpropagation: one pass forward and one back. Numerical: two forward passes for every parameter.",
                "反向传播一来一回就够。数值微分要为每个参数做两次正向传播。",
            ),
            options=(
                Option("backpropagation", Text("backprop", "反向传播")),
                Option("numerical", Text("numerical", "数值微分")),
            ),
        ),
    )
    hidden: int = parameter(
        50,
        Integer(
            label=Text("Hidden units", "隐藏神经元"),
            help=Text("Neurons of the one hidden layer; the first 50 are shown.", "隐藏层的神经元个数，画出前 50 个。"),
            minimum=1,
            maximum=200,
            more=True,
        ),
    )
    image_side: str = parameter(
        "28",
        Choice(
            label=Text("Image size", "图片大小"),
            help=Text("In a smaller image each pixel is the mean of a block.", "缩小后，每个像素是一小块的平均值。"),
            options=tuple(Option(str(side), same(f"{side}×{side}")) for side in (28, 14, 7)),
            more=True,
        ),
    )
    h: float = parameter(
        1e-4,
        Real(
            label=Text("h of the central difference", "差分步长 h"),
            help=Text("How far a parameter is moved to either side.", "求中心差分时，参数往两边各挪多远。"),
            minimum=1e-6,
            maximum=0.1,
            step=10.0,
            scale="log",
            more=True,
            visible=Visible("gradient", ("numerical",)),
        ),
    )
    selected: int = parameter(
        1,
        Integer(
            label=Text("Digit looked at", "查看的数字"),
            help=Text("Which of the twelve is shown under Working.", "演算里算的是十二个中的哪一个。"),
            minimum=1,
            maximum=DIGITS_SHOWN,
            effect="view",
            on_stage=True,
        ),
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class TrainingFrame(Frame):
    """Where the training stands.

    ``loss`` is that of the newest batch before its update, ``mean_loss`` the mean of the newest batches, at most 20;
    both are None before the first update. ``flat_updates`` are the updates from the start during which that mean
    stayed within 1 % of ``chance_loss``, the loss of guessing; ``flat`` says that it is there now. The curves
    ``loss_…`` have one row for ``loss_stride`` updates. ``train_accuracy`` and ``test_accuracy`` are taken on
    ``sample_size`` fixed training images and 1,000 fixed test images, their curves are ``sample_…``. The curves
    ``epoch_…`` are taken on ``full_size`` training images and all test images when epochs end, and ``gap`` is the
    difference there.

    ``digit_…`` belong to twelve fixed test images. ``weights`` are the first hidden units' (units, side, side) in
    steps of ``weight_step``. ``b_before``, ``b_gradient`` and ``b_after`` are the output layer's biases at the newest
    update, ``used_rate`` its learning rate. ``saturated`` is the share of hidden outputs outside .05 to .95, ``dead``
    counts the hidden units of ReLU that are 0 for every image of the sample; both are of the newest
    ``sample_updates``.

    ``passes_per_update`` is what a numerical gradient takes; the times of one forward pass and of one update each way
    were measured when the run began, and again with every numerical update.
    """

    mean_loss: float | None = quantity()
    loss: float | None = quantity()
    chance_loss: float = quantity()
    flat_updates: int = quantity()
    flat: bool = quantity()
    loss_updates: np.ndarray = quantity()
    loss_minimum: np.ndarray = quantity()
    loss_maximum: np.ndarray = quantity()
    loss_mean: np.ndarray = quantity()
    loss_stride: int = quantity()
    batch_size: int = quantity()
    samples: int = quantity()
    updates_per_epoch: int = quantity()
    sample_size: int = quantity()
    full_size: int = quantity()
    train_accuracy: float = quantity()
    test_accuracy: float = quantity()
    gap: float = quantity()
    sample_updates: np.ndarray = quantity()
    sample_train: np.ndarray = quantity()
    sample_test: np.ndarray = quantity()
    epochs: np.ndarray = quantity()
    epoch_updates: np.ndarray = quantity()
    epoch_train: np.ndarray = quantity()
    epoch_test: np.ndarray = quantity()
    digit_indices: np.ndarray = quantity()
    digit_images: np.ndarray = quantity()
    digit_labels: np.ndarray = quantity()
    digit_scores: np.ndarray = quantity()
    digit_probabilities: np.ndarray = quantity()
    digit_answers: np.ndarray = quantity()
    digits_right: int = quantity()
    hidden: int = quantity()
    weights: np.ndarray = quantity()
    weight_step: float = quantity()
    b_before: np.ndarray = quantity()
    b_gradient: np.ndarray = quantity()
    b_after: np.ndarray = quantity()
    used_rate: float | None = quantity()
    saturated: float = quantity()
    dead: int = quantity()
    parameters: int = quantity()
    passes_per_update: int = quantity()
    run_updates: int = quantity()
    pass_seconds: float = quantity("s", measured=True)
    backpropagation_seconds: float = quantity("s", measured=True)
    numerical_seconds: float = quantity("s", measured=True)
    numerical_run_seconds: float = quantity("s", measured=True)

    @property
    def digit_chances(self) -> np.ndarray:
        """The probability of each digit's answer."""
        return np.max(self.digit_probabilities, axis=1)

    @property
    def digit_is_right(self) -> np.ndarray:
        """Whether each digit's answer is its label."""
        return self.digit_answers == self.digit_labels

    @property
    def largest_weight(self) -> float:
        """What the pictures of weights reach to on both sides of 0."""
        return WEIGHT_STEPS * self.weight_step
