"""An experiment with a parameter of every kind, for tests of the form."""

from __future__ import annotations

from engine.contract.experiment import Preset
from engine.contract.fields import (
    Choice,
    Integer,
    LabelledPoints,
    Option,
    Real,
    Switch,
    Vector,
    VisibleWhen,
    parameter,
)
from engine.contract.params import Params
from engine.contract.text import untranslated
from tests.bilingual import both
from tests.dummies import Counting

_HELP = both("What it is for.", "用来做什么。")
_LETTERS = tuple(Option(letter, both(f"letter {letter}", f"字母 {letter}")) for letter in "abcdef")
_W = ("w1", "w2", "b")


class EveryKind(Params):
    """Two fields of most kinds: enough to fill the form and to have some left for 'more'."""

    rate: float = parameter(
        0.1, Real(label=both("Rate", "学习率"), help=_HELP, minimum=1e-4, maximum=10, step=1.1, scale="log")
    )
    noise: float = parameter(
        12.5, Real(label=both("Noise", "噪声"), help=_HELP, minimum=0, maximum=100, step=0.5, unit="%")
    )
    units: int = parameter(50, Integer(label=both("Units", "单元数"), help=_HELP, minimum=1, maximum=100))
    side: str = parameter("a", Choice(label=both("Side", "边"), help=_HELP, options=_LETTERS[:3]))
    letter: str = parameter("f", Choice(label=both("Letter", "字母"), help=_HELP, options=_LETTERS))
    smooth: bool = parameter(False, Switch(label=both("Smooth", "平滑"), help=_HELP))
    slope: float = parameter(
        1.0,
        Real(
            label=both("Slope", "斜率"),
            help=_HELP,
            minimum=0,
            maximum=5,
            step=0.1,
            visible=VisibleWhen("smooth", (True,)),
        ),
    )
    weights: tuple = parameter(
        (0.5, -0.5, 0.25),
        Vector(label=both("Weights", "权重"), help=_HELP, components=_W, minimum=-3, maximum=3, step=0.1),
    )
    points: tuple = parameter(
        ((0.5, -1.0, 0), (1.0, 0.25, 1), (0.0, 0.0, 1)),
        LabelledPoints(label=both("Points", "点"), help=_HELP, minimum=-3, maximum=3, classes=2, fewest=2, most=4),
    )
    decay: float = parameter(
        0.0, Real(label=both("Decay", "权值衰减"), help=_HELP, minimum=0, maximum=1, step=0.01, more=True)
    )
    shown: str = parameter(
        "a", Choice(label=both("Shown", "显示"), help=_HELP, options=_LETTERS[:2], effect="view", on_stage=True)
    )
    marked: int = parameter(
        0, Integer(label=both("Marked", "标出"), help=_HELP, minimum=0, maximum=9, effect="view", more=True)
    )


WIDE = Preset("wide", both("Wide", "宽"), {"units": 100})
SMOOTH = Preset("smooth", both("Smooth", "平滑"), {"smooth": True, "slope": 2.0})


class Every(Counting):
    """Draws random numbers, has presets, and trains nothing worth seeing."""

    params_type = EveryKind
    presets = (WIDE, SMOOTH)
    uses_seed = True
    title = untranslated("Every kind")


# One value other than the default for every parameter.
OTHERS = {
    "rate": 0.25,
    "noise": 0.0,
    "units": 7,
    "side": "c",
    "letter": "b",
    "smooth": True,
    "slope": 3.0,
    "weights": (1.0, 2.0, -3.0),
    "points": ((1.0, 1.0, 0), (2.0, 2.0, 0)),
    "decay": 0.5,
    "shown": "b",
    "marked": 3,
}
