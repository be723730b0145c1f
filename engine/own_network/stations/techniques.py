"""Station 6: a network of any number of layers with weight decay and dropout, and the optimizer Momentum."""

from __future__ import annotations

from functools import partial

from engine.contract.text import Text
from engine.exercises.exercise import Check, Inputs
from engine.own_network.station import Activation, Station
from engine.own_network.stations.technique_questions import arrays_of, differences, numbers, use

_DECAY = 0.1
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
    exact, chance = partial(Check, tolerance=1e-5), partial(Check, by_chance=True)
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
        chance(
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
        chance(Text("dropout: in a test, the same input gives the same twice"), of_masks, ("same in a test",)),
        chance(Text("dropout: accuracy is that of a test"), of_masks, ("accuracy in a test",)),
        chance(
            Text("dropout: while training, dropout_ratio of the neurons of a hidden layer give 0"),
            partial(_through, 2, 0.3),
            ("form in training", "dropped"),
        ),
        chance(Text("dropout: after every hidden layer"), partial(_through, 3, 0.3), ("dropped",)),
        chance(Text("dropout: every call draws new masks"), of_masks, ("other masks", "kept alike")),
        chance(Text("dropout: a test gives what training gives on average"), of_masks, ("in a test",), tolerance=1e-3),
        chance(Text("dropout: the loss, too, while training"), of_masks, ("losses in training",)),
        chance(Text("dropout: gradient goes forward in training mode"), _masked, ("drops",)),
        chance(Text("dropout: no gradient through a neuron that dropped out"), _masked, ("leaks",)),
        chance(Text("dropout: all gradients belong to the masks of the pass forward"), _masked, _FOLLOWS),
        exact(Text("Momentum: two arrays after the first update, W1(1) and W2(1)"), _few, _UPDATES[:2]),
        exact(Text("Momentum: both after a second update, W1(2) and W2(2)"), _few, _UPDATES),
        exact(Text("Momentum: a matrix and a row, with other settings"), _shaped, _UPDATES),
    )


def station(activation: Activation) -> Station:
    """Makes station 6 for networks with this activation in the hidden layer."""
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
        offers=("momentum",),
        does="generalizes",
        use=use,
        activation=activation,
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
        names=_names(),
        defines=(
            "MultiLayerNet",
            *(f"MultiLayerNet.{method}" for method in ("predict", "loss", "accuracy", "gradient")),
            "Momentum",
            "Momentum.update",
        ),
        also=tuple(f"MultiLayerNet.{one}" for one in ("affine", "mask", "forward")),
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
