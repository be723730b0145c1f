"""Common mistakes in the layers of chapter 5."""

from __future__ import annotations

from engine.contract.text import Text
from engine.pieces.mistakes.mistake import Changes, wrong

_MUL = (
    wrong(
        "own_input",
        Text("Each got its own number back. How fast a product grows is told by the other one."),
        ("dout * self.y", "dout * self.x"),
        ("dout * self.x", "dout * self.y"),
    ),
    wrong("upstream", Text("These are the slopes of the node alone: dout is lost."), ("dout * ", "")),
    wrong(
        "as_it_is",
        Text("dout went through as it is. That is how a sum does it."),
        (" * self.y", ""),
        (" * self.x", ""),
    ),
    wrong(
        "both",
        Text("Both numbers went into each gradient."),
        ("dout * self.y", "dout * self.y * self.x"),
        ("dout * self.x", "dout * self.x * self.y"),
    ),
    wrong("added", Text("dout was added. The chain rule multiplies."), ("dout *", "dout +")),
    wrong("sign", Text("Both gradients have the wrong sign."), ("= dout", "= -dout")),
    wrong("sum", Text("This is the sum of both numbers, not their product."), ("x * y", "x + y")),
    wrong(
        "second",
        Text("dx is right. To y belongs a slope, too, and dout went through as it is."),
        ("dy = dout * self.x", "dy = dout"),
    ),
)
_BOTH_KEPT = ("return x + y", "self.x = x\n        self.y = y\n        return x + y")
_ADD = (
    wrong("shared", Text("Each got half. A gradient is no amount that has to be shared."), ("dout * 1", "dout / 2")),
    wrong("upstream", Text("dout is lost on the way."), ("dout * 1", "1")),
    wrong(
        "own_input",
        Text("How large the numbers are does not count for a sum."),
        _BOTH_KEPT,
        ("dx = dout * 1", "dx = dout * self.x"),
        ("dy = dout * 1", "dy = dout * self.y"),
    ),
    wrong(
        "other_input",
        Text("This is the way back of a product."),
        _BOTH_KEPT,
        ("dx = dout * 1", "dx = dout * self.y"),
        ("dy = dout * 1", "dy = dout * self.x"),
    ),
    wrong(
        "sign",
        Text("Both gradients have the wrong sign: the sum grows when x or y grows."),
        ("dout * 1", "-dout"),
    ),
    wrong("difference", Text("This is the way back of a difference x − y."), ("dy = dout * 1", "dy = -dout")),
    wrong("product", Text("This is the product of both numbers, not their sum."), ("x + y", "x * y")),
    wrong("one_more", Text("The slope 1 was added to dout. The chain rule multiplies."), ("dout * 1", "dout + 1")),
    wrong("not_to_second", Text("Nothing came back to y. Both numbers move the sum."), ("dy = dout * 1", "dy = 0")),
)

RELU_OVERWRITES: Changes = (("dx = dout.copy()\n        dx[self.mask] = 0", "dout[self.mask] = 0\n        dx = dout"),)
_SLOPE_ALONE = Text("These are the slopes alone. What the later layers say of the loss is lost on the way.")
_OTHER_SIDE = Text("Here the negative numbers pass, and the positive ones do not.")
_RELU = (
    wrong("open_at_zero", Text("You get exactly these numbers if the gate is open at 0 too."), ("x <= 0", "x < 0")),
    wrong(
        "by_upstream",
        Text("You get exactly these numbers if the sign of dout decides. What came in decides, on the way forward."),
        ("dx[self.mask]", "dx[dout < 0]"),
    ),
    wrong(
        "no_slope",
        Text("Everything comes back, as if the gate had been open everywhere."),
        ("        dx[self.mask] = 0\n", ""),
    ),
    wrong("slope_alone", _SLOPE_ALONE, ("dout.copy()", "np.ones_like(dout)")),
    wrong(
        "mirrored",
        Text("Negative numbers come out with their sign flipped. They are to become 0."),
        ("return out", "return np.abs(x)"),
    ),
    wrong(
        "turned",
        Text("Just the gradients that should be stopped came through: what is kept was taken the other way round."),
        ("dx[self.mask]", "dx[~self.mask]"),
    ),
    wrong(
        "negative",
        Text("All gradients have the other sign. The step downhill is taken by the optimizer, not here."),
        ("return dx", "return -dx"),
    ),
    wrong("other_side", _OTHER_SIDE, ("x <= 0", "x > 0"), of_code=True),
    wrong("other_side_forward", _OTHER_SIDE, ("out[self.mask]", "out[~self.mask]")),
    wrong(
        "times_output",
        Text("dout was multiplied by the output. The slope is 1 or 0, however large the output is."),
        ("return out", "self.out = out\n        return out"),
        ("return dx", "return dx * self.out"),
    ),
    wrong(
        "leaky",
        Text("This is Leaky ReLU: below 0 something still comes through."),
        ("out[self.mask] = 0", "out[self.mask] *= 0.01"),
    ),
    wrong(
        "ones",
        Text("Where the gate was shut, 1 goes back now. Nothing should."),
        ("dx[self.mask] = 0", "dx[self.mask] = 1"),
    ),
    wrong(
        "picked",
        Text(
            "A mask in brackets picks out cells and forgets their places. The shape has to stay, with 0 in the others."
        ),
        ("return dx", "return dx[~self.mask]"),
    ),
)

_SLOPE = "self.out * (1 - self.out)"
_SIGMOID = (
    wrong(
        "of_input",
        Text("You get exactly these numbers if the slope is told from the input. The rule holds for the output."),
        ("self.out = sigmoid(x)", "self.out = x"),
        ("return self.out", "return sigmoid(x)"),
    ),
    wrong(
        "twice",
        Text("You get exactly these numbers if sigmoid is applied once more, to its own output."),
        (_SLOPE, "sigmoid(self.out) * (1 - sigmoid(self.out))"),
    ),
    wrong(
        "output_alone",
        Text("One factor of the slope is missing: the curve gets flat at the top too."),
        (" * (1 - self.out)", ""),
    ),
    wrong("slope_alone", _SLOPE_ALONE, ("dout * ", "")),
    wrong("tanh", Text("This is the slope of tanh."), (_SLOPE, "(1 - self.out**2)")),
    wrong(
        "negative",
        Text("All gradients have the other sign: the curve rises everywhere."),
        ("return dout", "return -dout"),
    ),
    wrong(
        "squared",
        Text("One factor of the slope stands here twice, the other is missing."),
        (_SLOPE, "(1 - self.out) ** 2"),
    ),
    wrong(
        "rest_alone",
        Text("One factor of the slope is missing: the curve gets flat at the bottom too."),
        ("dout * self.out", "dout"),
    ),
    wrong(
        "of_upstream",
        Text("This is the slope at dout. It belongs to what came in forward, and is then multiplied by dout."),
        ("dout * " + _SLOPE, "sigmoid(dout) * (1 - sigmoid(dout))"),
    ),
    wrong("turned", Text("The curve falls where it should rise: a sign is missing."), ("sigmoid(x)", "sigmoid(-x)")),
)

_ANY_PRODUCT = (" and (x.shape[0], y.shape[1]) == shape", "")
_WHICH_PRODUCT = (
    wrong("first", Text("This product fits, but it has another shape than the one that is asked for."), _ANY_PRODUCT),
    wrong(
        "reshaped",
        Text("Of another product the numbers were put into this shape. reshape computes nothing anew."),
        _ANY_PRODUCT,
        ("np.dot(x, y)", "np.dot(x, y).reshape(shape)"),
    ),
    wrong("transposed", Text("Rows and columns of the result are exchanged."), ("np.dot(x, y)", "np.dot(x, y).T")),
    wrong(
        "zeros",
        Text("The shape is right, but nothing was multiplied."),
        ("np.dot(x, y)", "np.zeros(shape)"),
        of_code=True,
    ),
    wrong("sign", Text("The product has the wrong sign."), ("np.dot(x, y)", "-np.dot(x, y)")),
    wrong(
        "doubled",
        Text("Each product counts twice: one that was found is enough."),
        ("np.dot(x, y)", "2 * np.dot(x, y)"),
        of_code=True,
    ),
    wrong(
        "sizes", Text("The signs are gone: the product is taken as it is."), ("np.dot(x, y)", "np.abs(np.dot(x, y))")
    ),
)

_AFFINE = (
    wrong(
        "first_sample",
        Text("You get exactly these numbers if the bias looks at one sample only. It was added for all of them."),
        ("np.sum(dout, axis=0)", "dout[0]"),
    ),
    wrong(
        "averaged",
        Text("You get exactly these numbers if the gradients are divided by N here. The loss does that, once."),
        ("np.dot(self.x.T, dout)", "np.dot(self.x.T, dout) / len(dout)"),
        ("np.sum(dout, axis=0)", "np.mean(dout, axis=0)"),
    ),
    wrong("no_bias", Text("You get exactly these numbers without the bias."), (" + self.b", "")),
    wrong(
        "sign",
        Text("All gradients have the other sign. The step downhill is taken by the optimizer, not here."),
        ("        self.dW", "        dout = -dout\n        self.dW"),
    ),
    wrong(
        "unweighted",
        Text("You get exactly these numbers if what flows back to x does not pass the weights."),
        ("np.dot(dout, self.W.T)", "np.repeat(dout.sum(axis=1, keepdims=True), len(self.W), axis=1)"),
    ),
    wrong(
        "over_neurons",
        Text("It was added up over the neurons of a sample. A bias is one neuron's, and used by all samples."),
        ("axis=0", "axis=1"),
    ),
    wrong(
        "one_for_all",
        Text("Each neuron has a bias of its own and needs one number: the sum over its samples."),
        (", axis=0", ""),
    ),
    wrong(
        "unsummed",
        Text("The bias was added for every sample: what comes back from all of them is summed up."),
        ("np.sum(dout, axis=0)", "dout"),
    ),
    wrong(
        "weights_turned",
        Text("A gradient has the shape of what it belongs to: dW that of W. Here it is turned."),
        ("np.dot(self.x.T, dout)", "np.dot(dout.T, self.x)"),
    ),
    wrong("bias_away", Text("The bias was taken away. It is added."), ("+ self.b", "- self.b")),
)

UPSTREAM_IGNORED: Changes = (("dout * dx", "dx"),)
_DIFFERENCE, _AT_LABELS = "dx = self.y - self.t\n", "dx[np.arange(batch_size), self.t]"
NUMBERS_IN_DIFFERENCE: Changes = (
    (
        "        if self.t.size == self.y.size:\n"
        f"            {_DIFFERENCE}"
        "        else:\n"
        "            dx = self.y.copy()\n"
        f"            {_AT_LABELS} -= 1\n",
        f"        {_DIFFERENCE}",
    ),
)
_OTHER_WAY_ROUND = Text("The difference is the other way round.")
_LESS_SCORES = Text(
    "You get exactly these numbers if the scores are taken away. It is the label that is compared with."
)
_OUTPUT_ALONE = Text("This is y alone: the label has not been taken away.")
_UPSTREAM_ADDED = Text("dout was added. It says how often every change counts, so it is a factor.")
_KEPT_SCORES = ("self.t = t", "self.t = t\n        self.x = x")
_INTO_Y = Text("y itself was written into, which forward has kept. Work on a copy.")
_IN_DIFFERENCE, _IN_CELLS = (_DIFFERENCE, "dx = self.y\n            dx -= self.t\n"), (".copy()", "")
_SOFTMAX_WITH_LOSS = (
    wrong(
        "no_mean",
        Text("All gradients are N times as large: the loss is a mean over the samples, and so is its gradient."),
        (" / batch_size", ""),
    ),
    wrong("sign", _OTHER_WAY_ROUND, ("return dout", "return -dout")),
    wrong("turned", _OTHER_WAY_ROUND, ("self.y - self.t", "self.t - self.y"), of_code=True),
    wrong("upstream", Text("What comes back from above, dout, does not count here."), *UPSTREAM_IGNORED),
    wrong("scores", _LESS_SCORES, _KEPT_SCORES, ("self.y - self.t", "self.y - self.x")),
    wrong("scores_always", _LESS_SCORES, _KEPT_SCORES, ("dout * dx", "dout * (self.y - self.x)")),
    wrong(
        "one_row",
        Text("You get exactly these numbers if the whole batch is taken for one row of softmax."),
        ("softmax(x)", "softmax(x.ravel()).reshape(x.shape)"),
    ),
    wrong(
        "class_numbers",
        Text("The class number itself was taken away from every column. It says where to look, and is no amount."),
        (f"{_AT_LABELS} -= 1", "dx -= self.t[:, None]"),
    ),
    wrong(
        "class_numbers_as_row",
        Text("NumPy spread the class numbers over the columns and took them away. They say where, not how much."),
        *NUMBERS_IN_DIFFERENCE,
    ),
    wrong(
        "over_all",
        Text("The number of classes has been divided by, too. Only the samples are averaged."),
        ("/ batch_size", "/ self.y.size"),
    ),
    wrong("output_alone", _OUTPUT_ALONE, ("self.y - self.t", "self.y")),
    wrong("output_alone_always", _OUTPUT_ALONE, ("dout * dx", "dout * self.y")),
    wrong("in_place", _INTO_Y, _IN_DIFFERENCE, _IN_CELLS),
    wrong("difference_in_place", _INTO_Y, _IN_DIFFERENCE),
    wrong("cells_in_place", _INTO_Y, _IN_CELLS),
    wrong(
        "divided",
        Text("This divides by what comes from above. A loss that counts twice has a gradient twice as large."),
        ("dout * dx / batch_size", "dx / batch_size / dout"),
    ),
    wrong("added", _UPSTREAM_ADDED, ("dout * dx / batch_size", "dx / batch_size + dout - 1")),
    wrong("just_added", _UPSTREAM_ADDED, ("dout * dx / batch_size", "dx / batch_size + dout")),
    wrong(
        "output_only",
        Text("Only the output was multiplied, not the label: the difference as a whole has to be."),
        ("self.y - self.t", "dout * self.y - self.t"),
        ("self.y.copy()", "dout * self.y"),
        ("dout * dx", "dx"),
    ),
    wrong("squared", Text("dout counts twice here."), ("dout * dx", "dout * dout * dx")),
    wrong(
        "size_only",
        Text("Only the size of dout counts here. If it is below 0, so every gradient turns its sign."),
        ("dout * dx", "abs(dout) * dx"),
    ),
    wrong(
        "every_row",
        Text("Every row got 1 less in all the columns that are named anywhere. Rows and columns go in pairs."),
        (_AT_LABELS, "dx[:, self.t]"),
    ),
    wrong(
        "mean_lost",
        Text("The right cells, but N times as large: for class numbers the mean over the samples is missing."),
        ("-= 1", "-= 1\n            return dout * dx"),
        of_code=True,
    ),
    wrong("more", Text("For class numbers 1 was added. The label is taken away."), ("-= 1", "+= 1")),
    wrong(
        "rows",
        Text("The class numbers were taken for numbers of rows. Each names a column of its own row."),
        (_AT_LABELS, "dx[self.t]"),
    ),
    wrong(
        "numbers_upstream",
        Text("For class numbers dout does not count."),
        ("-= 1", "-= 1\n            return dx / batch_size"),
    ),
)

MISTAKES = {
    "MulLayer": _MUL,
    "AddLayer": _ADD,
    "Relu": _RELU,
    "Sigmoid": _SIGMOID,
    "which_product": _WHICH_PRODUCT,
    "Affine": _AFFINE,
    "SoftmaxWithLoss": _SOFTMAX_WITH_LOSS,
}
