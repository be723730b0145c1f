"""A ReLU that writes into the gradient which it is told."""

from __future__ import annotations

import numpy as np

from engine.contract.text import Text
from engine.exercises import one_input
from engine.exercises.exercise import Check, Exercise
from engine.exercises.layers.relu import EXERCISE as WHOLE
from engine.exercises.mending import Mending
from engine.nn import layers

_BACK = """        dout[self.mask] = 0
        dx = dout
        return dx
"""
_CODE = f"""
    def forward(self, x):
        self.mask = x <= 0
        out = x.copy()
        out[self.mask] = 0
        return out

    def backward(self, dout):
{_BACK}"""
_FAULTY = Text(
    f'class Relu:\n    """mask: True where x was not above 0"""\n{_CODE}',
    f'class Relu:\n    """mask：x 不大于 0 的地方是 True"""\n{_CODE}',
)
_MENDING = Mending("Relu", _FAULTY)

EXERCISE = Exercise(
    id="mend_relu",
    order=103,
    title=Text("ReLU and whose gradient it is", "ReLU 动了谁的梯度"),
    task=Text(
        "The gradient that comes out of this layer is right. Yet if its output went to two places, the other branch "
        "gets a wrong one. Mend it.",
        "这一层传出的梯度是对的。可是当 dout 还要给另一条分支用时，那条分支就拿到了错的数。把它改好。",
    ),
    name="Relu",
    blank=_FAULTY,
    use=one_input.use,
    reference=layers.ReLU,
    checks=(
        Check(Text("with the numbers of the stage", "用画面上的数")),
        Check(
            Text("an input of 0 lets no gradient through", "输入是 0 的地方不放过梯度"),
            lambda: {"x": [[0.0, 1.0, -1.0]], "dout": [[4.0, 5.0, 6.0]]},
        ),
        Check(
            Text("against central differences of your forward", "和你的正向的中心差分对照"),
            lambda: one_input.drawn(4, 3),
            ("dX",),
            "differences",
        ),
        Check(
            Text("one sample in float32", "一个 float32 样本"),
            lambda: {"x": np.array([[0.5, -2.0]], np.float32), "dout": np.array([[1.5, 2.5]], np.float32)},
        ),
    ),
    hints=(
        Text("Compare dout before the call with dout after it.", "把调用前和调用后的 dout 比一比。"),
        Text(
            "dx = dout gives the array a second name. It makes no second array.",
            "dx = dout 只是给同一个数组又起了个名字，并没有多出一个数组。",
        ),
        Text("Make the new array first, then set its cells to 0.", "先做出新数组，再把里面的格子设成 0。"),
    ),
    ours=(layers.ReLU,),
    mistakes=(
        _MENDING.wrong(
            "turned",
            Text(
                "Just the gradients that should be stopped came through: mask is True where the gate was shut.",
                "该拦下的梯度反而通过了：mask 是 True 的地方，闸门是关着的。",
            ),
            (_BACK, "        return dout * self.mask\n"),
        ),
        _MENDING.wrong(
            "nothing_stopped",
            Text("A copy goes back, but nothing is 0 in it.", "传回的是副本，但里面没有把任何数变成 0。"),
            (_BACK, "        return dout.copy()\n"),
        ),
        _MENDING.wrong(
            "by_upstream",
            Text(
                "Here the sign of dout decides. What came in decides, on the way forward.",
                "这里由 dout 的正负来决定。该由正向时的输入决定。",
            ),
            (_BACK, "        return np.maximum(dout, 0)\n"),
        ),
        _MENDING.wrong(
            "slope_alone",
            Text("These are the slopes alone, without dout.", "这只是斜率本身，没有乘 dout。"),
            (_BACK, "        return 1.0 - self.mask\n"),
        ),
    ),
    differences=one_input.differences,
    on_stage=WHOLE.on_stage,
    stage=WHOLE.stage,
    shown_at=WHOLE.shown_at,
    mends="relu_overwrites_upstream",
)
