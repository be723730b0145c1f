"""A last layer whose way back does not listen to what comes from above."""

from __future__ import annotations

from typing import Any

from engine.contract.text import Text
from engine.exercises.exercise import Check, Exercise, Inputs, Search
from engine.exercises.layers.softmax_with_loss import EXERCISE as WHOLE
from engine.exercises.mending import Mending
from engine.nn.layers import SoftmaxWithLoss

_FAULTY = Text(
    '''class SoftmaxWithLoss:
    """x, t (N, C): scores and one-hot labels"""

    def forward(self, x, t):
        self.t = t
        self.y = softmax(x)
        return cross_entropy_error(self.y, t)

    def backward(self, dout=1):
        """dout: the gradient that comes from above"""
        samples = len(self.t)
        return (self.y - self.t) / samples
''',
    '''class SoftmaxWithLoss:
    """x、t (N, C)：得分和 one-hot 标签"""

    def forward(self, x, t):
        self.t = t
        self.y = softmax(x)
        return cross_entropy_error(self.y, t)

    def backward(self, dout=1):
        """dout：从后面传来的梯度"""
        samples = len(self.t)
        return (self.y - self.t) / samples
''',
)
_MENDING = Mending("SoftmaxWithLoss", _FAULTY, WHOLE.given)
_LINE = "(self.y - self.t) / samples"


def _with_upstream(dout: Any) -> Inputs:
    return {"x": [[0.3, 2.9, 4.0], [1.0, 2.0, 0.5]], "t": [[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]], "dout": float(dout)}


EXERCISE = Exercise(
    id="mend_upstream",
    order=101,
    title=Text("the last layer on the way back", "最后一层的反向传播"),
    task=Text(
        "This last layer passes its tests as long as nothing stands above it. Mend the way back so that it also holds "
        "below a sum of losses, or a factor.",
        "这个最后一层，只要后面没有别的运算，怎么查都对。把反向传播改好，让它后面再接上求和或乘一个数时也成立。",
    ),
    name="SoftmaxWithLoss",
    blank=_FAULTY,
    use=WHOLE.use,
    reference=SoftmaxWithLoss,
    given=WHOLE.given,
    checks=(
        Check(Text("with the numbers of the stage, dout = 1", "用画面上的数，dout = 1")),
        Check(Text("dout = 2", "dout = 2"), lambda: _with_upstream(2)),
        Check(Text("dout = −0.5", "dout = −0.5"), lambda: _with_upstream(-0.5)),
        Check(
            Text("against central differences of dout·L", "和 dout·L 的中心差分对照"),
            lambda: _with_upstream(-2.5),
            ("dX",),
            "differences",
        ),
        Check(Text("dout = 0: nothing comes back", "dout = 0：什么也不传回"), lambda: _with_upstream(0)),
    ),
    hints=(
        Text(
            "If the loss is doubled behind this layer, what becomes of the gradient of every score?",
            "如果在这一层后面把损失翻倍，每个得分的梯度会怎样？",
        ),
        Text(
            "Look for the name that is handed in and then not used.",
            "找一找：哪个名字传了进来，却没有用到？",
        ),
        Text(
            "The chain rule multiplies: the slope of this layer by what comes from above.",
            "链式法则是相乘：这一层的斜率，乘从后面传来的梯度。",
        ),
    ),
    ours=(SoftmaxWithLoss.backward,),
    mistakes=(
        _MENDING.none(
            Text(
                "Whatever comes from above, the same gradient goes back: dout is not used.",
                "不管后面传来什么，传回的梯度都一样：没有用到 dout。",
            )
        ),
        _MENDING.wrong(
            "divided",
            Text(
                "This divides by what comes from above. A loss that counts twice has a gradient twice as large.",
                "这里除以了传来的梯度。损失翻倍，梯度也该翻倍。",
            ),
            (_LINE, "(self.y - self.t) / samples / dout"),
        ),
        _MENDING.wrong(
            "added",
            Text(
                "dout was added. It says how often every change counts, so it is a factor.",
                "dout 是加上去的。它说的是每个变化算几倍，所以是个因数。",
            ),
            (_LINE, "(self.y - self.t) / samples + dout - 1"),
        ),
        _MENDING.wrong(
            "output_only",
            Text(
                "Only the output was multiplied, not the label: the difference as a whole has to be.",
                "只乘了输出，没有乘标签。应该把整个差乘上去。",
            ),
            (_LINE, "(dout * self.y - self.t) / samples"),
        ),
        _MENDING.wrong(
            "mean_lost",
            Text("dout is in it, but the mean over the samples has been lost.", "dout 乘上了，但对样本的平均丢掉了。"),
            (_LINE, "(self.y - self.t) * dout"),
        ),
    ),
    differences=WHOLE.differences,
    on_stage=WHOLE.on_stage,
    stage={"layer": "softmax_loss"},
    shown_at=WHOLE.shown_at,
    mends="upstream_ignored",
    search=Search(
        Text(
            "Find it first: at which dout does backward give something wrong?",
            "先找出来：dout 是多少时，backward 会给出错的结果？",
        ),
        "dout",
        _with_upstream,
        start=1.0,
        bounds=(-5.0, 5.0),
        quantities=("dX",),
    ),
)
