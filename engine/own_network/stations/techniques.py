"""Station 6: a network of any number of layers with weight decay and dropout, and the optimizer Momentum."""

from __future__ import annotations

from functools import partial

from engine.contract.text import Text
from engine.exercises.exercise import Check, Inputs, Mistake
from engine.own_network import book_techniques as ours
from engine.own_network.station import Book, Station
from engine.own_network.stations.technique_questions import arrays_of, differences, numbers, use

_DECAY = 0.1
_BLANK = Text(
    '''class MultiLayerNet:
    def __init__(self, input_size, hidden_size_list, output_size, weight_decay_lambda=0, dropout_ratio=0):
        """params: W1, b1, W2, b2, … for all layers; ReLU, then dropout, after each hidden one"""
        self.params = {{}}

    def predict(self, x, train_flg=False):
        """(N, D) -> (N, C); neurons drop out only if train_flg is True"""

    def loss(self, x, t, train_flg=False):
        """a number: cross entropy error + λ/2 times the sum of the squares of all W"""

    def accuracy(self, x, t):
        """the share of right answers, between 0 and 1"""

    def gradient(self, x, t):
        """-> a dictionary: the gradients for all arrays of params, by backpropagation while training"""


class Momentum:
    def __init__(self, lr=0.01, momentum=0.9):
        """a velocity for each array, which begins at 0"""

    def update(self, params, grads):
        """change the arrays of params"""
'''
)
_TWO, _SQUARE, _ONE, _THREE = (3, 4, 3, 2), (3, 3, 3, 3), (3, 4, 2), (3, 4, 3, 4, 2)
_ARRAYS = arrays_of(len(_SQUARE) - 1)
_GRADS = tuple(f"d{name}" for name in _ARRAYS)
_FOLLOWS = tuple(f"{name} follows" for name in _GRADS)
_OF_NEW = ("W1", "b1", "W2", "b2", "W3", "b3")
_UPDATES = tuple(f"{name}({number})" for number in (1, 2) for name in ("W1", "W2"))


def _decayed(sizes: tuple[int, ...]) -> Inputs:
    return {**numbers(*sizes), "weight_decay_lambda": _DECAY}


def _through(layers: int, ratio: float) -> Inputs:
    """Inputs: three values for a network of identity matrices, which only dropout changes."""
    return {"x": [[2, 3, 4]], "identity_layers": layers, "dropout_ratio": ratio}


def _masked() -> Inputs:
    return {**numbers(3, 8, 6, 3, samples=1), "dropout_ratio": 0.5}


def _few() -> Inputs:
    return {"W1": [1, -2], "W2": [0.5, 0.25], "dW1": [[0.5, -1], [0.4, 2]], "dW2": [[2, 0.1], [1, -0.2]],
            "lr": 0.1, "momentum": 0.5}  # fmt: skip


def _shaped() -> Inputs:
    made = numbers(2, 3, 4)
    return {"W1": made["W1"], "W2": made["b1"], "dW1": [made["W1"] * 2, made["W1"] - 1],
            "dW2": [made["b1"] + 1, made["b1"] * 3], "lr": 0.02, "momentum": 0.8}  # fmt: skip


def _checks() -> tuple[Check, ...]:
    exact = partial(Check, tolerance=1e-5)
    two, square = partial(numbers, *_TWO), partial(numbers, *_SQUARE)
    wide = partial(dict[str, object], sizes=(160, (40, 160), 40))
    of_masks = partial(_through, 2, 0.3)
    return (
        Check(
            Text("the arrays of two hidden layers in params, each of the right shape"),
            lambda: {"sizes": (4, (3, 5), 2)},
            ("arrays", *_OF_NEW),
        ),
        Check(
            Text("the arrays of three hidden layers"),
            lambda: {"sizes": (4, (3, 5, 6), 2)},
            ("arrays", *_OF_NEW, "W4", "b4"),
        ),
        Check(
            Text("weights begin with He's standard deviation, biases at 0"),
            wide,
            (*(f"spread of {name}" for name in _OF_NEW[::2]), *(f"{name} at first" for name in _OF_NEW[1::2])),
        ),
        Check(Text("every new network begins with other weights"), wide, ("others",)),
        exact(Text("predict, with given numbers in params"), two, ("y",)),
        exact(Text("a batch gives the same as its samples one by one"), two, ("y, one by one",)),
        exact(Text("predict with one hidden layer"), partial(numbers, *_ONE), ("y",)),
        exact(Text("predict with three hidden layers"), partial(numbers, *_THREE), ("y",)),
        exact(Text("the loss of a batch"), two, ("loss",)),
        Check(Text("accuracy"), partial(numbers, *_TWO, samples=8), ("accuracy",)),
        exact(Text("the loss with weight decay"), partial(_decayed, _TWO), ("loss",)),
        Check(Text("all gradients, against differences of your loss"), square, _GRADS, "differences", 1e-5),
        Check(
            Text("params unchanged by gradient"),
            two,
            tuple(f"{name} afterwards" for name in _OF_NEW),
            tolerance=1e-6,
        ),
        exact(Text("all gradients with one hidden layer"), partial(numbers, *_ONE), _GRADS[2:]),
        exact(
            Text("all gradients with three hidden layers"),
            partial(numbers, *_THREE),
            tuple(f"d{name}" for name in arrays_of(len(_THREE) - 1)),
        ),
        Check(
            Text("all gradients with weight decay, against differences of your loss"),
            partial(_decayed, _TWO),
            _GRADS,
            "differences",
            1e-5,
        ),
        Check(Text("dropout: in a test, the same input gives the same twice"), of_masks, ("same in a test",)),
        Check(Text("dropout: accuracy is that of a test"), of_masks, ("accuracy in a test",)),
        Check(
            Text("dropout: while training, dropout_ratio of the neurons of a hidden layer give 0"),
            partial(_through, 2, 0.3),
            ("form in training", "dropped"),
        ),
        Check(Text("dropout: after every hidden layer"), partial(_through, 3, 0.3), ("dropped",)),
        Check(Text("dropout: every call draws new masks"), of_masks, ("other masks", "kept alike")),
        Check(Text("dropout: a test gives what training gives on average"), of_masks, ("in a test",), tolerance=1e-3),
        Check(Text("dropout: the loss, too, while training"), of_masks, ("losses in training",)),
        Check(Text("dropout: gradient goes forward in training mode"), _masked, ("drops",)),
        Check(Text("dropout: no gradient through a neuron that dropped out"), _masked, ("leaks",)),
        Check(Text("dropout: all gradients belong to the masks of the pass forward"), _masked, _FOLLOWS),
        exact(Text("Momentum: two arrays after the first update, W1(1) and W2(1)"), _few, _UPDATES[:2]),
        exact(Text("Momentum: both after a second update, W1(2) and W2(2)"), _few, _UPDATES),
        exact(Text("Momentum: a matrix and a row, with other settings"), _shaped, _UPDATES),
    )


def _mistakes(book: Book) -> tuple[Mistake, ...]:
    he, decay = "np.sqrt(2 / fan_in)", "0.5 * self.weight_decay_lambda * squares"
    back = "                back = back @ W.T * slopes[number - 2]"
    mask = "np.random.rand(*shape) > self.dropout_ratio"
    velocity = "self.momentum * before - self.lr * grad"
    return (
        book.wrong(
            "xavier",
            Text("This is Xavier's standard deviation, √(1/n). With ReLU it is He's: √(2/n)."),
            (he, "np.sqrt(1 / fan_in)"),
        ),
        book.wrong(
            "fan_out",
            Text("n is the number of outputs of the layer here. He's standard deviation takes that of its inputs."),
            (he, "np.sqrt(2 / fan_out)"),
        ),
        book.wrong(
            "one_fan_in",
            Text("All layers begin with the spread of the first. Each takes the number of its own inputs."),
            (he, "np.sqrt(2 / input_size)"),
        ),
        book.wrong(
            "fixed_spread",
            Text("The weights begin with 0.01 whatever the size. He's standard deviation is √(2/n)."),
            (he, "0.01"),
        ),
        book.wrong(
            "variance",
            Text("2/n is the variance. The standard deviation, by which randn is multiplied, is its root."),
            (he, "2 / fan_in"),
        ),
        book.wrong(
            "random_biases",
            Text("The biases are random, too. They have to begin at 0."),
            (
                'self.params[f"b{number}"] = np.zeros(fan_out)',
                'self.params[f"b{number}"] = np.linspace(-1, 1, fan_out)',
            ),
        ),
        book.wrong(
            "linear",
            Text("There is no activation between the layers: they are no more than one linear layer."),
            ("np.maximum(0, a) * passing", "a * passing"),
            ("slopes.append((a > 0) * passing)", "slopes.append(np.ones_like(a) * passing)"),
        ),
        book.wrong(
            "relu_last",
            Text("The scores went through ReLU, too. After the last layer only softmax comes."),
            ("return self.affine(self.last, inputs[-1]),", "return np.maximum(0, self.affine(self.last, inputs[-1])),"),
        ),
        book.wrong(
            "no_biases",
            Text("The biases are never added."),
            (
                'return z @ self.params[f"W{number}"] + self.params[f"b{number}"]',
                'return z @ self.params[f"W{number}"]',
            ),
        ),
        book.wrong(
            "whole_decay",
            Text("The ½ is missing: the loss grows by λ/2 times the sum of the squares."),
            (decay, decay.replace("0.5 * ", "")),
        ),
        book.wrong(
            "decay_of_biases",
            Text("The squares of the biases count here, too. Weight decay is for the W alone."),
            (
                'np.sum(self.params[f"W{number}"] ** 2)',
                'np.sum(self.params[f"W{number}"] ** 2) + np.sum(self.params[f"b{number}"] ** 2)',
            ),
            (
                'grads[f"b{number}"] = np.sum(back, axis=0)',
                'grads[f"b{number}"] = np.sum(back, axis=0) + self.weight_decay_lambda * self.params[f"b{number}"]',
            ),
        ),
        book.wrong(
            "decay_of_one",
            Text("The squares of one W alone count. Weight decay is for the W of all layers."),
            ("for number in range(1, self.last + 1))\n", "for number in range(1, 2))\n"),
        ),
        book.wrong(
            "decay_not_in_loss",
            Text("Weight decay is missing in the loss. The gradients know of it."),
            (f" + {decay}", ""),
        ),
        book.wrong(
            "no_decay",
            Text("weight_decay_lambda is never used: neither in the loss nor in gradient."),
            (f" + {decay}", ""),
            (" + self.weight_decay_lambda * W", ""),
        ),
        book.wrong(
            "decay_not_in_gradient",
            Text("Weight decay is missing in the gradients: the loss has it, and the gradient of ½ λ W² is λ W."),
            (" + self.weight_decay_lambda * W", ""),
        ),
        book.wrong(
            "decay_doubled",
            Text("The gradient of ½ λ W² is λ W: the ½ and the 2 cancel out."),
            (" + self.weight_decay_lambda * W", " + 2 * self.weight_decay_lambda * W"),
        ),
        book.wrong(
            "decay_of_biases_back",
            Text("The gradients of the biases have weight decay. The loss has it for the W alone."),
            (
                'grads[f"b{number}"] = np.sum(back, axis=0)',
                'grads[f"b{number}"] = np.sum(back, axis=0) + self.weight_decay_lambda * self.params[f"b{number}"]',
            ),
        ),
        book.wrong(
            "forward_order",
            Text("On the way back the layers come in the same order as forward. It has to begin with the last one."),
            ("for number in range(self.last, 0, -1):", "for number in range(1, self.last + 1):"),
            (
                f"            if number > 1:\n{back}",
                f"            if number < self.last:\n{back.replace(' - 2', ' - 1')}",
            ),
        ),
        book.wrong(
            "one_relu",
            Text("All hidden layers went back through the ReLU of the last one. Each layer needs one of its own."),
            (back, back.replace("slopes[number - 2]", "slopes[-1]")),
        ),
        book.wrong(
            "no_slope",
            Text("ReLU is missing on the way back: nothing passes where its input was not above 0."),
            ("slopes.append((a > 0) * passing)", "slopes.append(np.ones_like(a) * passing)"),
        ),
        book.wrong(
            "undivided",
            Text("These are the gradients of the sum over the batch. The loss is a mean: divide by N."),
            ("np.eye(back.shape[1])[t])) / len(x)", "np.eye(back.shape[1])[t]))"),
        ),
        book.wrong(
            "bias_mean",
            Text("The gradient of a bias is the sum over the samples. What comes back has been divided by N already."),
            ('grads[f"b{number}"] = np.sum(back, axis=0)', 'grads[f"b{number}"] = np.mean(back, axis=0)'),
        ),
        book.wrong(
            "updated",
            Text("gradient has changed params. It only computes the gradients; updates belong to the optimizer."),
            (
                f"{back}\n        return grads",
                f"{back}\n        for name in grads:\n            self.params[name] -= 0.1 * grads[name]\n"
                "        return grads",
            ),
        ),
        book.wrong(
            "dropout_in_a_test",
            Text("Neurons drop out in a test, too. Without train_flg all of them pass."),
            (
                "        if train_flg:\n            return np.asarray(",
                "        if self.dropout_ratio:\n            return np.asarray(",
            ),
        ),
        book.wrong(
            "accuracy_in_training",
            Text("Neurons drop out in accuracy, too. It calls predict without train_flg."),
            ("np.argmax(self.predict(x), axis=1) == classes", "np.argmax(self.predict(x, True), axis=1) == classes"),
        ),
        book.wrong(
            "never_dropped",
            Text("No neuron ever drops out, with train_flg neither."),
            (f"return np.asarray({mask}, dtype=float)", "return np.ones(shape)"),
        ),
        book.wrong(
            "ratio_kept",
            Text("dropout_ratio is the share that drops out. Here it is the share that stays."),
            (mask, mask.replace(">", "<")),
        ),
        book.wrong(
            "first_layer_alone",
            Text("Only the neurons of one hidden layer drop out. Dropout comes after each ReLU."),
            (
                "passing = self.passing(a.shape, train_flg)",
                "passing = self.passing(a.shape, train_flg) if number == 1 else 1.0",
            ),
        ),
        book.wrong(
            "scores_dropped",
            Text("Scores drop out, too. Dropout comes after the hidden layers alone."),
            (
                "return self.affine(self.last, inputs[-1]), inputs",
                "scores = self.affine(self.last, inputs[-1])\n"
                "        return scores * self.passing(scores.shape, train_flg), inputs",
            ),
        ),
        book.wrong(
            "one_mask",
            Text("The same neurons drop out in every call. Each call draws new masks."),
            (f"return np.asarray({mask}", f"np.random.seed(0)\n            return np.asarray({mask}"),
        ),
        book.wrong(
            "unscaled",
            Text(
                "In a test all neurons pass, and nothing makes up for it. Either a test multiplies by 1 − ratio, or "
                "training divides by it."
            ),
            ("return 1 - self.dropout_ratio", "return 1.0"),
        ),
        book.wrong(
            "scaled_by_ratio",
            Text("A test multiplies by the share that drops out. It is the share that stays: 1 − ratio."),
            ("return 1 - self.dropout_ratio", "return self.dropout_ratio"),
        ),
        book.wrong(
            "scaled_twice",
            Text("Training divides by 1 − ratio, and a test multiplies by it as well. One of them is enough."),
            (
                f"return np.asarray({mask}, dtype=float)",
                f"return np.asarray({mask}, dtype=float) / (1 - self.dropout_ratio)",
            ),
        ),
        book.wrong(
            "loss_in_test_mode",
            Text("loss does not hand train_flg on to predict: it is the loss of a test every time."),
            ("softmax(self.predict(x, train_flg)), t)", "softmax(self.predict(x)), t)"),
        ),
        book.wrong(
            "gradient_in_test_mode",
            Text("gradient goes forward as in a test: no neuron drops out."),
            ("scores, inputs, slopes = self.forward(x, True)", "scores, inputs, slopes = self.forward(x, False)"),
        ),
        book.wrong(
            "mask_drawn_anew",
            Text("The way back draws masks of its own. It has to use those of the pass forward."),
            ("slopes.append((a > 0) * passing)", "slopes.append((a > 0) * self.passing(a.shape, train_flg))"),
        ),
        book.wrong(
            "mask_forgotten",
            Text("The masks are missing on the way back: neurons that dropped out get a gradient."),
            ("slopes.append((a > 0) * passing)", "slopes.append((a > 0) * 1.0)"),
        ),
        book.wrong(
            "scale_forgotten",
            Text("Training divides by 1 − ratio, and the way back does not. It multiplies by just the same numbers."),
            (f"return np.asarray({mask}, dtype=float)", f"return np.asarray({mask}) / (1 - self.dropout_ratio)"),
            ("return 1 - self.dropout_ratio", "return 1.0"),
            ("slopes.append((a > 0) * passing)", "slopes.append((a > 0) * (np.asarray(passing) > 0))"),
        ),
        book.wrong(
            "uphill",
            Text("It goes the other way: gradients point uphill."),
            (velocity, velocity.replace(" - ", " + ")),
        ),
        book.wrong(
            "shared_velocity",
            Text("All arrays have one velocity together. Keep one for each, under its name."),
            ("self.v.get(name, np.zeros_like(grad))", 'self.v.get("", np.zeros_like(grad))'),
            ("self.v[name]", 'self.v[""]'),
        ),
        book.wrong(
            "velocity_anew",
            Text("The velocity begins at 0 in every update: this is SGD. It has to be kept from one to the next."),
            (
                "        for name, grad in grads.items():\n            before",
                "        self.v = {}\n        for name, grad in grads.items():\n            before",
            ),
        ),
        book.wrong(
            "without_rate",
            Text("lr is not used: the velocity gains −lr times the gradient."),
            (velocity, "self.momentum * before - grad"),
        ),
        book.wrong(
            "fixed_rate",
            Text("The learning rate is 0.01 here, whatever is given as lr."),
            ("self.lr, self.momentum = lr, momentum", "self.lr, self.momentum = 0.01, momentum"),
        ),
        book.wrong(
            "fixed_momentum",
            Text("The velocity keeps 0.9 of itself, whatever is given as momentum."),
            ("self.lr, self.momentum = lr, momentum", "self.lr, self.momentum = lr, 0.9"),
        ),
        book.wrong(
            "undamped",
            Text("The velocity keeps all of itself. It is to be multiplied by momentum first."),
            (velocity, "before - self.lr * grad"),
        ),
        book.wrong(
            "averaged",
            Text("This is a mean of gradients. In the book the new gradient counts in full."),
            (velocity, "self.momentum * before - (1 - self.momentum) * self.lr * grad"),
        ),
        book.wrong(
            "late",
            Text("The arrays moved by the velocity of the update before. First comes the velocity, then the step."),
            ("params[name] += self.v[name]", "params[name] += before"),
        ),
    )


def station(book: Book) -> Station:
    """Makes station 6 for this version of the book's file."""
    return Station(
        id="network_techniques",
        order=6,
        needs=(1,),
        title=Text("Techniques"),
        task=Text(
            "Write the class MultiLayerNet for any number of layers, with He's standard deviation, weight decay and "
            "dropout; and the class Momentum. From 300 digits your network then learns three times: as it is, with "
            "weight decay, with dropout."
        ),
        name="",
        offers=("momentum",),
        does="generalizes",
        blank=_BLANK,
        use=use,
        reference=book.file,
        differences=differences,
        checks=_checks(),
        hints=(
            Text(
                "A list of all sizes, from input_size to output_size: two neighbours in it make a W and a b. He's "
                "standard deviation is √(2/n), with n the first of the two."
            ),
            Text(
                "Each layer keeps what it needs for the way back: an affine layer its input, ReLU and dropout where "
                "something passed. The gradient of ½ λ W² is λ W."
            ),
            Text(
                "Momentum keeps a velocity for each name: momentum times itself, less lr times the gradient. Then it "
                "is added to the array."
            ),
        ),
        ours=(ours.MultiLayerNet, ours.Momentum),
        mistakes=_mistakes(book),
        names=_names(),
        defines=(
            "MultiLayerNet",
            *(f"MultiLayerNet.{method}" for method in ("predict", "loss", "accuracy", "gradient")),
            "Momentum",
            "Momentum.update",
        ),
        has_activation=False,
        plays_in=("optimizers", "optimizer_race"),
    )


def _names() -> dict[str, Text]:
    arrays = (*_OF_NEW, "W4", "b4")
    return {
        "arrays": Text("arrays in params"),
        **{
            f"spread of {name}": Text(
                "the spread of {name}, as a multiple of He's (to quarters; 10 stands for 10 or more)"
            )(name=name)
            for name in arrays[::2]
        },
        **{f"{name} at first": Text("{name} at the beginning")(name=name) for name in arrays[1::2]},
        **{f"{name} afterwards": Text("{name} afterwards")(name=name) for name in arrays},
        "others": Text("whether a second network has another W1 (1: it has)"),
        "y, one by one": Text("y, one by one"),
        "same in a test": Text("whether predict and loss give the same twice without train_flg (1: they do)"),
        "accuracy in a test": Text("whether accuracy reads all that a test reads (1: it does)"),
        "form in training": Text("the answer with train_flg"),
        "dropped": Text("the share of numbers that did not get through, to one decimal"),
        "other masks": Text("whether a second call lets others through (1: it does)"),
        "kept alike": Text("whether all that got through was multiplied by the same (1: it was)"),
        "in a test": Text("what a test multiplies by, divided by what training multiplies by"),
        "losses in training": Text("different losses in three calls with train_flg (2 stands for two or more)"),
        "drops": Text("whether some neurons drop out in gradient, and some do not (1: they do)"),
        "leaks": Text("gradients of b1 where the neuron dropped out (0: none, 1: all, 0.5: some)"),
        **{
            f"d{name} follows": Text("whether d{name} follows from the neurons that passed (1: it does)")(name=name)
            for name in arrays
        },
    }
