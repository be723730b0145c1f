"""Common mistakes in the optimizers of chapter 6, and in their race."""

from __future__ import annotations

from engine.contract.text import Text
from engine.pieces.mistakes.mistake import Changes, Mistake, wrong


def _of_every_optimizer(step: str) -> tuple[Mistake, ...]:
    """Two mistakes of every optimizer, whose ``step`` is the line that moves a parameter."""
    sign, other = ("+", "-") if "+= " in step else ("-", "+")
    return (
        wrong(
            "rebinding",
            Text(
                "The arrays have stayed as they were: the dictionary got new ones. The layers hold the old ones, and "
                "would never learn."
            ),
            (step, step.replace(f" {sign}= ", f" = params[key] {sign} ")),
            of_code=True,
        ),
        wrong("uphill", Text("It goes the other way: gradients point uphill."), (step, step.replace(sign, other, 1))),
    )


def _one_for_all(*names: str) -> Changes:
    """The changes by which all parameters share what is remembered by these names."""
    zeros = "{key: np.zeros_like(params[key]) for key in params}"
    alone = [(f"self.{name} = {zeros}", f"self.{name} = 0.0") for name in names]
    return (*alone, *((f"self.{name}[key]", f"self.{name}") for name in names))


def _around_the_root(name: str) -> tuple[Mistake, ...]:
    """The mistakes around the root by which the step is divided, and ε beside it."""
    root = f"np.sqrt(self.{name}[key])"
    return (
        wrong("no_root", Text("You get exactly these numbers without the root."), (root, f"self.{name}[key]")),
        wrong(
            "epsilon",
            Text("Very near: ε stands under the root here."),
            (f"{root} + 1e-7", f"np.sqrt(self.{name}[key] + 1e-7)"),
        ),
        wrong("other_epsilon", Text("Very near: ε is 1e-8 here, and should be 1e-7."), ("1e-7", "1e-8")),
        wrong("without_epsilon", Text("Very near: ε is missing below the line."), (" + 1e-7", "")),
    )


_NO_RATE = Text("You get exactly these numbers if lr does not count.")
_WITHOUT_RATE = wrong("without_rate", _NO_RATE, ("self.lr * grads", "grads"))
_FIXED_RATE = wrong(
    "fixed_rate",
    Text("You get exactly these numbers with lr = 0.01, whatever is handed over."),
    ("self.lr = lr", "self.lr = 0.01"),
    of_code=True,
)
_H_STAYS = Text("You get exactly these numbers if h stays 0.")
_LATE = Text("The step was divided by the h of the update before. First h takes in the new gradient.")

_VELOCITY = "            self.v[key] = self.momentum * self.v[key] - self.lr * grads[key]\n"
_MOVED = "            params[key] += self.v[key]\n"
_MOMENTUM = (
    wrong(
        "forgetful",
        Text("This is SGD: no velocity is kept from one update to the next."),
        ("self.momentum * self.v[key] - self.lr", "-self.lr"),
    ),
    wrong(
        "one_velocity",
        Text("You get exactly these numbers if all parameters have one velocity together."),
        *_one_for_all("v"),
    ),
    wrong(
        "damped",
        Text("This is a mean of gradients. In the book the new gradient counts in full."),
        ("self.lr * grads", "(1 - self.momentum) * self.lr * grads"),
    ),
    wrong(
        "late",
        Text("The parameter moved by the velocity of the update before. First comes the velocity, then the step."),
        (_VELOCITY + _MOVED, _MOVED + _VELOCITY),
    ),
    _WITHOUT_RATE,
    wrong(
        "fixed_momentum",
        Text("You get exactly these numbers with momentum = 0.9, whatever is handed over."),
        ("self.momentum = momentum", "self.momentum = 0.9"),
        of_code=True,
    ),
    _FIXED_RATE,
    wrong("undamped", Text("The velocity keeps all of itself: momentum does not count."), ("self.momentum * ", "")),
    *_of_every_optimizer(_MOVED),
)

_RENEWED = "            self.v[key] = self.momentum * self.v[key] - step\n"
_RENEWED_IN_TWO = "            self.v[key] *= self.momentum\n            self.v[key] -= step\n"
_AHEAD = "params[key] += self.momentum * self.v[key] - step\n"
_AHEAD_OF_OLD = "params[key] += self.momentum**2 * self.v[key]\n            params[key] -= (1 + self.momentum) * step\n"
NESTEROV_FAULT: Changes = ((_RENEWED, _RENEWED_IN_TWO), (_AHEAD, _AHEAD_OF_OLD))
"""The fault of the repair: the formula for the velocity before the update is used with the one after it."""
_NESTEROV = (
    wrong(
        "unmended",
        Text("The gradient of this update counts too often: it is in the v that was renewed, and in 1 + μ once more."),
        *NESTEROV_FAULT,
    ),
    wrong(
        "both",
        Text("With the new v, the gradient is in it already: 1 + μ belongs to the old one."),
        (_AHEAD, "params[key] += self.momentum * self.v[key] - (1 + self.momentum) * step\n"),
    ),
    wrong(
        "squared",
        Text("With the new v, μ counts once: the other one is in v."),
        (_AHEAD, "params[key] += self.momentum**2 * self.v[key] - step\n"),
    ),
    wrong(
        "late",
        Text("With the old v, μ counts twice: once for this update, once for the look ahead."),
        (_RENEWED, ""),
        (_AHEAD, f"params[key] += self.momentum * self.v[key] - (1 + self.momentum) * step\n{_RENEWED}"),
    ),
    wrong("momentum", Text("This is Momentum: nothing looks ahead."), (_AHEAD, "params[key] += self.v[key]\n")),
    wrong("no_velocity", Text("The velocity has no effect."), (_AHEAD, "params[key] -= (1 + self.momentum) * step\n")),
    wrong(
        "turned",
        Text("The velocity gathers in the wrong direction: uphill."),
        (_RENEWED, _RENEWED.replace("- step", "+ step")),
        (_AHEAD, _AHEAD_OF_OLD),
    ),
    wrong("plain", Text("This is SGD: the velocity is gone."), (_AHEAD, "params[key] -= step\n")),
    *_of_every_optimizer(_AHEAD),
)

_GATHERED = "            self.h[key] += grads[key] * grads[key]\n"
_DIVIDED = "            params[key] -= self.lr * grads[key] / (np.sqrt(self.h[key]) + 1e-7)\n"
_ADAGRAD = (
    wrong(
        "newest_only",
        Text("Only the newest gradient counts in h: nothing adds up."),
        ("self.h[key] += ", "self.h[key] = "),
    ),
    wrong("stays_zero", _H_STAYS, (_GATHERED, ""), of_code=True),
    wrong(
        "no_square", Text("h sums up sizes here, and not squares."), ("grads[key] * grads[key]", "np.abs(grads[key])")
    ),
    *_around_the_root("h"),
    wrong(
        "one_sum", Text("You get exactly these numbers if all parameters have one sum together."), *_one_for_all("h")
    ),
    wrong("late", _LATE, (_GATHERED + _DIVIDED, _DIVIDED + _GATHERED)),
    wrong(
        "without_gradient",
        Text("The step lacks its gradient: without it all numbers move the same way."),
        ("self.lr * grads[key]", "self.lr"),
    ),
    _WITHOUT_RATE,
    _FIXED_RATE,
    *_of_every_optimizer(_DIVIDED),
)

_KEPT = "            self.h[key] *= self.decay_rate\n"
_TAKEN = "            self.h[key] += (1 - self.decay_rate) * (grads[key] * grads[key])\n"
_RMSPROP = (
    wrong(
        "adagrad",
        Text("This is AdaGrad: h sums up all squares and forgets none."),
        (_KEPT, ""),
        ("(1 - self.decay_rate) * ", ""),
    ),
    wrong(
        "in_full",
        Text("The new squares count in full. Only the share that is left, 1 − decay_rate, is theirs."),
        ("(1 - self.decay_rate) * ", ""),
    ),
    wrong(
        "shares",
        Text("The two shares are exchanged: h hardly remembers."),
        ("*= self.decay_rate", "*= 1 - self.decay_rate"),
        ("(1 - self.decay_rate) * ", "self.decay_rate * "),
    ),
    wrong(
        "newest_only",
        Text("h begins anew with every update. It is kept from one to the next."),
        ("self.h[key] += ", "self.h[key] = "),
    ),
    wrong("stays_zero", _H_STAYS, (_TAKEN, ""), of_code=True),
    wrong(
        "no_square",
        Text("h is a mean of sizes here, and not of squares."),
        ("(grads[key] * grads[key])", "np.abs(grads[key])"),
    ),
    wrong("one_mean", Text("You get exactly these numbers if all parameters share one h."), *_one_for_all("h")),
    *_around_the_root("h"),
    wrong("late", _LATE, (_KEPT + _TAKEN + _DIVIDED, _DIVIDED + _KEPT + _TAKEN)),
    wrong(
        "corrected",
        Text("h was corrected for its start at 0, as in Adam. RMSProp leaves it as it is."),
        ("self.h = None", "self.h = None\n        self.iter = 0"),
        ("        for key in params:\n", "        self.iter += 1\n        for key in params:\n"),
        ("np.sqrt(self.h[key])", "np.sqrt(self.h[key] / (1 - self.decay_rate**self.iter))"),
    ),
    _WITHOUT_RATE,
    wrong(
        "fixed_decay",
        Text("You get exactly these numbers with decay_rate = 0.99, whatever is handed over."),
        ("self.decay_rate = decay_rate", "self.decay_rate = 0.99"),
        of_code=True,
    ),
    _FIXED_RATE,
    *_of_every_optimizer(_DIVIDED),
)

_COUNTED = "        self.iter += 1\n"
_CORRECTED = " * np.sqrt(1.0 - self.beta2**self.iter) / (1.0 - self.beta1**self.iter)"
_FOR_EACH = "        for key in params:\n"
_SQUARED = "            self.v[key] += (1 - self.beta2) * (grads[key] ** 2 - self.v[key])\n"
_BY_ROOT = "            params[key] -= lr_t * self.m[key] / (np.sqrt(self.v[key]) + 1e-7)\n"
_OTHER_FORM = Text(
    "This is the form of other libraries, which correct m and v themselves. There ε weighs a little otherwise; the "
    "book puts both corrections into the rate."
)


def _other_form(epsilon: str) -> Changes:
    m, v = "self.m[key] / (1 - self.beta1**self.iter)", "self.v[key] / (1 - self.beta2**self.iter)"
    return ((_BY_ROOT, f"            params[key] -= self.lr * ({m}) / (np.sqrt({v}) + {epsilon})\n"),)


_ADAM = (
    wrong(
        "uncorrected",
        Text("The means are not corrected: at first they are far too near to the 0 that they began with."),
        (_CORRECTED, ""),
    ),
    wrong(
        "counted_for_each",
        Text("You get exactly these numbers if t counts every parameter by itself."),
        (_COUNTED, ""),
        (f"        lr_t = self.lr{_CORRECTED}\n", ""),
        (_FOR_EACH, f"{_FOR_EACH}    {_COUNTED}            lr_t = self.lr{_CORRECTED}\n"),
    ),
    wrong(
        "one_memory",
        Text("You get exactly these numbers if all parameters share one m and one v."),
        *_one_for_all("m", "v"),
    ),
    wrong("stays_zero", Text("You get exactly these numbers if v stays 0."), (_SQUARED, ""), of_code=True),
    wrong(
        "negative",
        Text("You get nan if v gets negative, since its root is taken."),
        ("self.v[key] += ", "self.v[key] -= "),
        of_code=True,
    ),
    wrong(
        "no_square", Text("v is a mean of sizes here, and not of squares."), ("grads[key] ** 2", "np.abs(grads[key])")
    ),
    wrong("other_form", _OTHER_FORM, *_other_form("1e-7")),
    wrong("other_libraries", _OTHER_FORM, *_other_form("1e-8")),
    wrong(
        "counted_late",
        Text("You get nan if t is still 0 in the first update, since 1 − β⁰ is 0: t is counted before it is used."),
        (_COUNTED, ""),
        (_FOR_EACH, f"{_COUNTED}{_FOR_EACH}"),
    ),
    wrong("counted_once", Text("t has stayed 1: it counts every update."), ("self.iter += 1", "self.iter = 1")),
    wrong(
        "forgetful",
        Text("m and v begin anew with every update. They are kept from one to the next."),
        ("if self.m is None:", "if True:"),
    ),
    *_around_the_root("v"),
    wrong(
        "in_full",
        Text("The new gradient and its square count in full here. Only the share that is left, 1 − β, is theirs."),
        (
            "self.m[key] += (1 - self.beta1) * (grads[key] - self.m[key])",
            "self.m[key] += grads[key] - (1 - self.beta1) * self.m[key]",
        ),
        (
            "self.v[key] += (1 - self.beta2) * (grads[key] ** 2 - self.v[key])",
            "self.v[key] += grads[key] ** 2 - (1 - self.beta2) * self.v[key]",
        ),
    ),
    wrong(
        "shares",
        Text("The two shares are exchanged: the means hardly remember."),
        ("(1 - self.beta1) * ", "self.beta1 * "),
        ("(1 - self.beta2) * ", "self.beta2 * "),
    ),
    wrong("without_rate", _NO_RATE, ("self.lr * np", "np")),
    *_of_every_optimizer(_BY_ROOT),
)

RACE_FAULT: Changes = (("    start = randn(4)\n", ""), ("start.copy()", "randn(4)"))
"""The fault of the repair: every optimizer begins at weights of its own."""
_RACE = (
    wrong("unmended", Text("Each begins at weights of its own: who is lucky begins further down."), *RACE_FAULT),
    wrong(
        "shared",
        Text("There is only one array, whatever its names: the second begins where the first has ended."),
        ("start.copy()", "start"),
    ),
    wrong(
        "zeros",
        Text("They do begin alike, but nothing is drawn: a start without chance tells little of the optimizers."),
        ("randn(4)", "np.zeros(4)"),
    ),
    wrong(
        "one_update",
        Text("Each took a single step. The race has as many as updates says."),
        ("range(updates)", "range(1)"),
    ),
    wrong(
        "of_the_start",
        Text("The losses are those of the start. What counts is where each has arrived."),
        ("loss(W)", "loss(start)"),
    ),
    wrong("turned", Text("The losses have the wrong sign: so the worst of all would win."), ("loss(W)", "-loss(W)")),
)

MISTAKES = {
    "Momentum": _MOMENTUM,
    "Nesterov": _NESTEROV,
    "AdaGrad": _ADAGRAD,
    "RMSProp": _RMSPROP,
    "Adam": _ADAM,
    "race": _RACE,
}
