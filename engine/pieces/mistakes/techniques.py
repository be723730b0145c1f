"""Common mistakes in the techniques of chapter 6."""

from __future__ import annotations

from engine.contract.text import Text
from engine.pieces.mistakes.mistake import wrong

ONE_SAMPLE = (("samples=5", "samples=1"),)
BY_RATIO = (("(1.0 - self.dropout_ratio)", "self.dropout_ratio"),)
SCORES_DROPPED = (("    return softmax", "    scores = dropout(scores, train_flg)\n    return softmax"),)
"""The faults of three repairs: a check with one sample, the share left out in a test, and dropout behind the scores."""

_OF_NEURONS = Text("This goes by the number of neurons. What a neuron sums up are its inputs: the rows of W.")
_OVER_FEATURES = Text(
    "These are means over the features of a sample. Each feature, a column, has its own over all samples."
)

_XAVIER = (
    wrong("of_neurons", _OF_NEURONS, ("1.0 / n", "1.0 / m")),
    wrong("variance", Text("This is the variance. The standard deviation is its root."), ("np.sqrt(1.0 / n)", "1 / n")),
    wrong("he", Text("This is He's, made for ReLU, which lets only half of the sums pass."), ("1.0 / n", "2.0 / n")),
    wrong(
        "both",
        Text("Inputs and neurons both count, as in the paper by Glorot and Bengio. In the book inputs alone do."),
        ("1.0 / n", "2.0 / (n + m)"),
    ),
    wrong(
        "turned",
        Text("The more inputs, the wider these weights. They have to be the narrower."),
        ("1.0 / n", "1.0 * n"),
    ),
    wrong(
        "of_all",
        Text("All weights of the layer are counted. A neuron has one weight for each input."),
        ("1.0 / n", "1.0 / (n * m)"),
    ),
    wrong(
        "of_sum",
        Text("The neurons are counted, too. A neuron has one weight for each input, and no more."),
        ("1.0 / n", "1.0 / (n + m)"),
    ),
    wrong("fixed", Text("This is 0.01, whatever the layer's shape is."), ("np.sqrt(1.0 / n)", "0.01"), of_code=True),
)

_HE = (
    wrong("xavier", Text("This is Xavier's. Before ReLU twice the variance is needed."), ("2.0 / n", "1.0 / n")),
    wrong("of_neurons", _OF_NEURONS, ("2.0 / n", "2.0 / m")),
    wrong(
        "variance",
        Text("The numbers are multiplied by the variance. It takes its root, the standard deviation."),
        ("np.sqrt(2.0 / n)", "2.0 / n"),
    ),
    wrong(
        "twice",
        Text("The standard deviation is doubled. It is the variance that is."),
        ("np.sqrt(2.0 / n)", "2.0 * np.sqrt(1.0 / n)"),
    ),
    wrong("unscaled", Text("The numbers of randn are left as they came."), ("np.sqrt(2.0 / n) * ", "")),
    wrong(
        "divided",
        Text("The numbers are divided by the standard deviation: the more inputs, the wider the weights."),
        ("np.sqrt(2.0 / n) * randn(n, m)", "randn(n, m) / np.sqrt(2.0 / n)"),
    ),
    wrong(
        "added",
        Text("The standard deviation is added: that moves all weights, and makes them no wider or narrower."),
        ("* randn", "+ randn"),
    ),
    wrong(
        "turned",
        Text("Rows and columns are exchanged: a row of W belongs to an input."),
        ("* randn(n, m)", "* randn(m, n)"),
        of_code=True,
    ),
    wrong(
        "fixed",
        Text("The standard deviation is 0.01, whatever the layer's shape is."),
        ("np.sqrt(2.0 / n)", "0.01"),
        of_code=True,
    ),
)

_WEIGHT_DECAY = (
    wrong("of_all", Text("You get exactly these numbers if biases decay too."), ('key.startswith("W")', "True")),
    wrong(
        "without_half",
        Text("The half is missing in what the loss gets. It makes the derivative simple."),
        ("0.5 * decay", "decay"),
    ),
    wrong(
        "twice",
        Text("The gradients get twice as much as fits the loss: the 2 of the square and the half cancel."),
        ("+ decay * params", "+ 2 * decay * params"),
    ),
    wrong("sign", Text("This way weights are made to grow."), ("grads[key] + decay", "grads[key] - decay")),
    wrong(
        "lengths",
        Text("The loss gets the root of the sum, not the sum."),
        ("np.sum(params[key] ** 2)", "np.sqrt(np.sum(params[key] ** 2))"),
    ),
    wrong(
        "loss_only",
        Text("Only the loss has changed. What moves the weights is the gradient."),
        ("            grads[key] = grads[key] + decay * params[key]\n", ""),
    ),
    wrong(
        "gradient_only",
        Text("The loss has stayed as it was. Both halves belong together, or the gradient is that of another loss."),
        ("            loss += 0.5 * decay * np.sum(params[key] ** 2)\n", ""),
    ),
    wrong(
        "without_square",
        Text("The loss gets the sum of the weights. It is that of their squares."),
        ("params[key] ** 2", "params[key]"),
    ),
    wrong(
        "sizes",
        Text("The loss gets the sum of sizes, as in another kind of decay. Here it is that of squares."),
        ("params[key] ** 2", "np.abs(params[key])"),
    ),
    wrong(
        "without_decay",
        Text("You get exactly these numbers if λ does not count."),
        ("0.5 * decay", "0.5"),
        ("+ decay * params", "+ params"),
    ),
    wrong(
        "loss_lowered",
        Text("The loss got smaller. Weights cost something: their term is added."),
        ("loss +=", "loss -="),
    ),
)

_TEST, _TRAINING = "return x * (1.0 - self.dropout_ratio)", "return x * self.mask"
_DROPOUT = (
    wrong(
        "by_ratio",
        Text("In the test the share that is left out counts here. It is the share that passes that counts."),
        *BY_RATIO,
    ),
    wrong(
        "unscaled",
        Text("In the test the sums grow: while training, only a part of all cells came through."),
        (_TEST, "return x"),
    ),
    wrong(
        "inverted",
        Text("This is the form of most libraries, which scale while training. The book scales in the test."),
        (_TRAINING, "return x * self.mask / (1.0 - self.dropout_ratio)"),
        (_TEST, "return x"),
    ),
    wrong(
        "turned", Text("Just those that should stay are left out."), ("> self.dropout_ratio", "< self.dropout_ratio")
    ),
    wrong(
        "one_mask",
        Text("The same cells are left out in every call."),
        (
            "            self.mask = rand",
            "            if self.mask is None or self.mask.shape != x.shape:\n                self.mask = rand",
        ),
    ),
    wrong(
        "mask_forgotten",
        Text("Cells that were left out get a gradient too, though they did nothing."),
        ("dout * self.mask", "dout"),
    ),
    wrong(
        "fixed_ratio",
        Text("Half of the cells is left out, whatever dropout_ratio is."),
        ("> self.dropout_ratio", "> 0.5"),
    ),
    wrong(
        "back_turned",
        Text("The gradient passed just where the cell was left out."),
        ("dout * self.mask", "dout * (1 - self.mask)"),
    ),
    wrong(
        "divided",
        Text("The sums grow where they should shrink. Dividing belongs to training, in another form of dropout."),
        ("x * (1.0", "x / (1.0"),
    ),
    wrong(
        "both_shares",
        Text("Multiplied by both shares: only one of them passes."),
        ("x * (1.0", "x * self.dropout_ratio * (1.0"),
    ),
    wrong(
        "brackets",
        Text("Python multiplies first and then subtracts: the share that passes needs brackets."),
        ("(1.0 - self.dropout_ratio)", "1.0 - self.dropout_ratio"),
    ),
    wrong(
        "negative",
        Text("All signs have changed: the share that passes is 1 less the ratio, not the other way round."),
        ("(1.0 - self.dropout_ratio)", "(self.dropout_ratio - 1.0)"),
    ),
    wrong(
        "fixed", Text("Half is taken, whatever dropout_ratio is."), ("(1.0 - self.dropout_ratio)", "0.5"), of_code=True
    ),
    wrong(
        "in_training",
        Text("Training is scaled now, too. In this form what passes stays as it is there."),
        (_TRAINING, "return x * self.mask / (1.0 - self.dropout_ratio)"),
    ),
)

_HIDDEN = "    z = dropout(z, train_flg)\n"
_PREDICT = (
    wrong(
        "unmended",
        Text("Dropout works on the scores themselves: in a test they are all too small, so no class is sure enough."),
        *SCORES_DROPPED,
    ),
    wrong("hidden_too", Text("The hidden layer has lost its dropout, too."), (_HIDDEN, "")),
    wrong(
        "hidden_instead",
        Text("The wrong one of the two is gone: the scores are still dropped out."),
        (_HIDDEN, ""),
        *SCORES_DROPPED,
    ),
    wrong(
        "behind_softmax",
        Text("Probabilities are dropped out now, and no longer add up to 1."),
        ("softmax(scores)", "dropout(softmax(scores), train_flg)"),
    ),
    wrong(
        "always",
        Text("In a test cells are left out by chance here, too. There all of them pass."),
        ("(z, train_flg)", "(z, True)"),
    ),
    wrong(
        "never",
        Text("While training nothing is left out any more: all cells pass, as in a test."),
        ("(z, train_flg)", "(z, False)"),
    ),
    wrong(
        "inputs",
        Text("It is the input that is dropped out now. It belongs after the hidden layer."),
        (_HIDDEN, ""),
        ("np.dot(x,", "np.dot(dropout(x, train_flg),"),
    ),
    wrong(
        "no_softmax", Text("These are the scores. softmax makes probabilities of them."), ("softmax(scores)", "scores")
    ),
    wrong(
        "no_relu",
        Text("The hidden layer has lost its activation."),
        ("relu(np.dot(x, W1) + b1)", "np.dot(x, W1) + b1"),
    ),
)

_BATCH_NORMALIZATION = (
    wrong(
        "one_mean",
        Text("All features share one mean and one spread here."),
        ("x.mean(axis=0)", "x.mean()"),
        ("x.var(axis=0)", "x.var()"),
    ),
    wrong(
        "by_variance",
        Text("It is divided by the variance here, and not by its root."),
        ("np.sqrt(var + self.eps)", "var + self.eps"),
    ),
    wrong(
        "of_a_sample",
        Text("The variance is divided by N − 1 here. In the book it is N."),
        ("x.var(axis=0)", "x.var(axis=0, ddof=1)"),
    ),
    wrong(
        "own_in_test",
        Text("The test uses the batch's own statistics."),
        ("mu = self.running_mean", "mu = x.mean(axis=0)"),
        ("var = self.running_var", "var = x.var(axis=0)"),
    ),
    wrong(
        "shares",
        Text("The two shares are exchanged: the running values hardly remember."),
        ("self.momentum * self", "(1 - self.momentum) * self"),
        ("+ (1 - self.momentum)", "+ self.momentum"),
    ),
    wrong(
        "tests_learn",
        Text("A test moves the running values."),
        (
            "            var = self.running_var\n",
            "            var = self.running_var\n"
            "            self.running_mean = self.momentum * mu + (1 - self.momentum) * x.mean(axis=0)\n"
            "            self.running_var = self.momentum * var + (1 - self.momentum) * x.var(axis=0)\n",
        ),
    ),
    wrong(
        "bare",
        Text("These are the normalized numbers alone. Then each is scaled by γ and shifted by β."),
        ("self.gamma * self.xn + self.beta", "self.xn"),
    ),
    wrong(
        "shifted_first",
        Text("β was added before γ multiplied. First it is scaled, then shifted."),
        ("self.xn + self.beta", "(self.xn + self.beta)"),
    ),
    wrong(
        "turned",
        Text("x was taken from μ. It is the other way round, so that what is large stays large."),
        ("x - mu", "mu - x"),
    ),
    wrong("not_centred", Text("The mean was not taken away."), ("x - mu", "x")),
    wrong("over_features", _OVER_FEATURES, ("mean(axis=0)", "mean(axis=1)"), ("var(axis=0)", "var(axis=1)")),
    wrong(
        "over_features_of_each",
        _OVER_FEATURES,
        ("mean(axis=0)", "mean(axis=1, keepdims=True)"),
        ("var(axis=0)", "var(axis=1, keepdims=True)"),
    ),
    wrong(
        "epsilon_outside",
        Text("Very near: ε was added to the root. It stands under it, beside σ²."),
        ("np.sqrt(var + self.eps)", "np.sqrt(var) + self.eps"),
    ),
    wrong(
        "without_epsilon",
        Text("ε is missing: where a feature hardly varies, its share under the root counts."),
        ("var + self.eps", "var"),
    ),
    wrong(
        "running_deviation",
        Text("running_var keeps standard deviations here. It keeps variances."),
        ("(1 - self.momentum) * var", "(1 - self.momentum) * np.sqrt(var)"),
    ),
    wrong(
        "nothing_kept",
        Text("The running values have stayed as they began. In training each batch changes them a little."),
        ("            self.running_mean = self.momentum * self.running_mean + (1 - self.momentum) * mu\n", ""),
        ("            self.running_var = self.momentum * self.running_var + (1 - self.momentum) * var\n", ""),
    ),
    wrong(
        "fixed",
        Text("μ and σ are taken for fixed numbers. They move with every x."),
        ("        dxc += 2.0 / dout.shape[0] * self.xc * dvar\n", ""),
        (" - dmu / dout.shape[0]", ""),
    ),
    wrong(
        "fixed_spread",
        Text("The way through σ is missing."),
        ("        dxc += 2.0 / dout.shape[0] * self.xc * dvar\n", ""),
    ),
    wrong("fixed_mean", Text("The way through μ is missing."), (" - dmu / dout.shape[0]", "")),
    wrong("no_gamma", Text("On its way to x̂ the gradient passes γ."), ("dxn = self.gamma * dout", "dxn = dout")),
    wrong(
        "averaged",
        Text("The gradients of γ and β are divided by N here. The loss does that, once."),
        ("np.sum(dout,", "np.mean(dout,"),
        ("np.sum(self.xn * dout,", "np.mean(self.xn * dout,"),
    ),
    wrong(
        "sums",
        Text("What is taken away is N times too much: each sample has one Nth of a share in μ and σ."),
        ("2.0 / dout.shape[0]", "2.0"),
        ("dmu / dout.shape[0]", "dmu"),
    ),
    wrong(
        "of_input",
        Text("γ multiplies x̂, and not x."),
        ("        self.xc = x - mu", "        self.x = x\n        self.xc = x - mu"),
        ("self.xn * dout", "self.x * dout"),
    ),
    wrong(
        "spread_turned",
        Text("The way through σ has the wrong sign: a larger σ makes the result smaller."),
        ("dstd = -np", "dstd = np"),
    ),
    wrong("mean_turned", Text("The way through μ has the wrong sign: μ is taken away."), ("dxc - dmu", "dxc + dmu")),
    wrong(
        "spread_twice",
        Text("The way through σ counts twice: the root halves the slope of σ²."),
        ("0.5 * dstd", "dstd"),
    ),
    wrong(
        "exchanged",
        Text("dgamma and dbeta have changed places."),
        ("self.dbeta =", "self.dgamma ="),
        ("self.dgamma =", "self.dbeta ="),
    ),
    wrong(
        "summed_over_features",
        Text("It was summed over the features of a sample. γ and β belong to a feature, and all samples use them."),
        ("np.sum(dout, axis=0)", "np.sum(dout, axis=1)"),
        ("np.sum(self.xn * dout, axis=0)", "np.sum(self.xn * dout, axis=1)"),
    ),
)

_APART = "np.max(np.abs(dx - numerical_gradient(loss, x)))"
_DIFFERENCE = (
    wrong(
        "unmended",
        Text("With one sample the output does not depend on x: all gradients are 0, right or wrong."),
        *ONE_SAMPLE,
    ),
    wrong(
        "two",
        Text("With two samples one becomes +1 and the other −1, whatever they are: all gradients are as good as 0."),
        ("samples=5", "samples=2"),
    ),
    wrong(
        "alike",
        Text("All samples are alike, so after normalization there is nothing left of them."),
        ("x = rand(samples, 3)", "x = np.ones((samples, 3))"),
    ),
    wrong(
        "equal_weights",
        Text("All outputs count the same in this loss. Their sum depends on β alone, not on x: the gradient is 0."),
        ("weights = rand(samples, 3)", "weights = np.ones((samples, 3))"),
    ),
    wrong(
        "answer",
        Text("This says True where both agree. What is asked for is how far they are apart."),
        (_APART, "np.allclose(dx, numerical_gradient(loss, x))"),
    ),
    wrong(
        "other_loss",
        Text("The slopes are those of another loss: weights were handed to backward, so they belong into loss, too."),
        ("weights * layer", "layer"),
    ),
    wrong(
        "sizes",
        Text("Only the largest numbers of both were compared. Gradients have to agree in every cell."),
        (_APART, "abs(np.max(np.abs(dx)) - np.max(np.abs(numerical_gradient(loss, x))))"),
    ),
)

_DRAWN = "10.0 ** uniform(low, high, count)"
_LOG_SCALE = (
    wrong(
        "linear",
        Text("This is the linear scale: nine of ten rates lie in the highest power of ten."),
        (_DRAWN, "uniform(10.0**low, 10.0**high, count)"),
    ),
    wrong("exponents", Text("These are the exponents. A rate is 10 to such a power."), ("10.0 ** ", "")),
    wrong("base_e", Text("These are powers of e. Here low and high are powers of 10."), ("10.0 **", "np.e **")),
    wrong("base_two", Text("These are powers of 2. Here low and high are powers of 10."), ("10.0 **", "2.0 **")),
    wrong("turned", Text("The exponents have the other sign: these are one over the rates."), ("** uni", "** -uni")),
    wrong(
        "whole_powers",
        Text("Only whole powers of ten are tried here. The rates between them are to come, too."),
        (_DRAWN, "10.0 ** np.round(uniform(low, high, count))"),
    ),
    wrong(
        "same_for_all",
        Text("One rate was drawn for all. Each is to be drawn by itself."),
        (_DRAWN, "np.full(count, 10.0 ** uniform(low, high))"),
        of_code=True,
    ),
    wrong(
        "grid",
        Text("This is a grid: nothing was drawn, and every search would try the same rates."),
        (_DRAWN, "np.logspace(low, high, count)"),
        of_code=True,
    ),
    wrong(
        "fixed_range",
        Text("You get exactly these numbers from 1e-6 to 1e-2, whatever is handed over."),
        ("** uniform(low, high,", "** uniform(-6, -2,"),
        of_code=True,
    ),
)

MISTAKES = {
    "xavier": _XAVIER,
    "he": _HE,
    "add_weight_decay": _WEIGHT_DECAY,
    "Dropout": _DROPOUT,
    "predict": _PREDICT,
    "BatchNormalization": _BATCH_NORMALIZATION,
    "difference": _DIFFERENCE,
    "log_scale": _LOG_SCALE,
}
