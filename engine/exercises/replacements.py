"""What the learner's code replaces in the engine while it is at work, by the piece of the book that it was written for.

Each entry makes functions and classes with the engine's interface from a learner's one with the book's. ``Unfit`` is
raised if what that returns has another shape or type.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from types import MappingProxyType
from typing import Any

import numpy as np

from engine.calculus import operations
from engine.calculus.descent import gradient_descent
from engine.calculus.numerical_gradient import numerical_gradient
from engine.exercises import returned
from engine.exercises.exercise import Exercise
from engine.nn import layers, optimizers
from engine.nn.activation_registry import ACTIVATIONS
from engine.nn.activations import relu, sigmoid, step
from engine.nn.forward import forward
from engine.nn.hyperparameter_search import log_scale
from engine.nn.im2col import im2col, output_size
from engine.nn.initializers import he, xavier
from engine.nn.layers import BatchNormalization
from engine.nn.losses import cross_entropy_error, cross_entropy_of_classes, softmax, sum_squared_error
from engine.nn.parameters import add_decay, penalty
from engine.nn.perceptrons import perceptron, perceptron_update, weighted_sum
from engine.pieces.piece import Piece

Replaced = Mapping[Any, Any]
Put = Callable[[Any], Replaced]
STEP = 1e-4
"""The book's step h to either side of x."""
GUARD = 1e-7
"""The number that the book adds inside the logarithm."""
EPSILON = 1e-7
"""The book's ε of batch normalization."""
_DUST = 1e-9
_CONVOLUTION, _BACK = "convolution.Convolution", "the way back of a convolution"


def replaced_by(piece: Piece, written: Any, stand_ins: Mapping[str, Any]) -> Replaced:
    """What a learner's function or class for a piece replaces, by the engine's own.

    ``stand_ins`` are those that the code was given in place of random generators; KeyError if nothing is replaced.
    """
    if piece.address in _PUT_WITH:
        return _PUT_WITH[piece.address](written, stand_ins)
    return _PUT[_key(piece)](written)


def _key(piece: Piece) -> str:
    return _BACK if piece.address == _CONVOLUTION and piece.asked == ("backward",) else piece.address


def given_at_work(exercise: Exercise) -> dict[str, Any]:
    """What the code may use in a run, by name: as in a check, but the gradient of a ``Plane`` is exact."""

    def gradient_of(f: Any, x: np.ndarray) -> np.ndarray:
        return f.gradient.copy() if isinstance(f, Plane) else numerical_gradient(f, x)

    instead = {"numerical_gradient": gradient_of, "rand": _Rand()}
    return {name: instead.get(name, one) for name, one in exercise.given().items()}


class _Rand:
    """``np.random.rand`` by the generator ``random``, which is the run's own."""

    random = np.random.default_rng(0)

    def __call__(self, *shape: int) -> np.ndarray:
        return self.random.random(shape)


def can_replace(piece: Piece) -> bool:
    """Whether the engine runs something that this piece can stand in for."""
    return _key(piece) in _PUT or piece.address in _PUT_WITH


# Functions of arrays.


def _elementwise(ours: Any) -> Put:
    """A function that also takes a single number, as the engine's activation functions do, and gives floats."""

    def put(written: Any) -> Replaced:
        @wraps(written)
        def yours(a: np.ndarray) -> np.ndarray:
            a = np.asarray(a)
            given = np.atleast_1d(a)
            found = returned.array(written(given), given.shape).reshape(a.shape)
            return found if found.dtype.kind == "f" else found.astype(float)

        return {ours: yours}

    return put


def _softmax(written: Any) -> Replaced:
    def yours(x: np.ndarray, axis: int | None = -1) -> np.ndarray:
        """Along any axis, or over all elements (None), which the learner's function does not do."""
        x = np.asarray(x)
        x = x if np.issubdtype(x.dtype, np.floating) else x.astype(float)
        if axis is None and x.ndim > 1:
            return softmax(x, axis=None)
        axis = -1 if axis is None else axis
        lines = np.moveaxis(x, axis, -1)
        given = lines.reshape(-1, lines.shape[-1]) if x.ndim > 2 else lines
        return np.moveaxis(returned.array(written(given), given.shape).reshape(lines.shape), -1, axis)

    return {softmax: yours}


def _squared_error(written: Any) -> Replaced:
    def yours(y: np.ndarray, t: np.ndarray) -> float:
        """The mean over the rows, since the learner's function takes one output only."""
        rows, wanted = np.atleast_2d(y), np.reshape(t, np.shape(np.atleast_2d(y)))
        return float(np.mean([returned.number(written(*one)) for one in zip(rows, wanted, strict=True)]))

    return {sum_squared_error: yours}


def _cross_entropy(written: Any) -> Replaced:
    def of(ours: Any) -> Any:
        def yours(y: np.ndarray, t: np.ndarray, guard: float = 0.0) -> float:
            """By the engine's own function if ``guard`` is not the book's."""
            if guard != GUARD:
                return float(ours(y, t, guard))
            return returned.number(written(np.asarray(y), np.asarray(t)))

        return yours

    return {one: of(one) for one in (cross_entropy_error, cross_entropy_of_classes)}


def _three_layers(written: Any) -> Replaced:
    def yours(x: np.ndarray, layers: Any, hidden: Any, output: Any) -> list[tuple[np.ndarray, np.ndarray]]:
        """Of three layers with sigmoid, the last pair comes from the learner's code."""
        found = forward(x, layers, hidden, output)
        if len(layers) == 3 and getattr(hidden, "__name__", "") == sigmoid.__name__:
            network = {f"W{number}": W for number, (W, _) in enumerate(layers, start=1)}
            network |= {f"b{number}": b for number, (_, b) in enumerate(layers, start=1)}
            a = returned.array(written(network, x), found[-1][0].shape)
            found[-1] = a, output(a)
        return found

    return {forward: yours}


# Perceptrons and slopes.


def _gate(written: Any) -> Replaced:
    def yours(x: np.ndarray, w: np.ndarray, b: float) -> np.ndarray:
        return np.array([returned.number(written(x1, x2, w, b)) for x1, x2 in x.tolist()])

    return {perceptron: yours}


def _perceptron_update(written: Any) -> Replaced:
    def yours(x: np.ndarray, t: float, y: float, w: np.ndarray, b: float, learning_rate: float) -> Any:
        """The learner's rule computes the answer itself. If rounding makes it compute another one, as for x on the
        decision line, b is changed a little for the call.
        """
        answer = float(step(weighted_sum(x, w, b)))
        aside = 0.0 if answer == y else _DUST * (2 * y - 1)
        new_w, new_b = returned.pair(written(w, b + aside, x, t, learning_rate))
        return returned.array(new_w, w.shape), returned.number(new_b) - aside

    return {perceptron_update: yours}


def _numerical_gradient(written: Any) -> Replaced:
    def yours(f: Callable[[np.ndarray], float], x: np.ndarray, h: float = STEP) -> np.ndarray:
        """For another h the variables are rescaled, so that the learner's step, which is fixed, amounts to it."""
        if h == STEP:
            return returned.array(written(f, x), x.shape)
        scale, here = h / STEP, x.copy()

        def measured(scaled: np.ndarray) -> float:
            x[...] = scaled * scale
            return f(x)

        try:
            return returned.array(written(measured, here / scale), x.shape) / scale
        finally:
            x[...] = here

    return {numerical_gradient: yours}


class Plane:
    """The linear function x ↦ gradient·x, used in a run, where only the gradient at the current point is known."""

    def __init__(self, gradient: np.ndarray) -> None:
        self.gradient = gradient

    def __call__(self, x: np.ndarray) -> float:
        return float(self.gradient @ x)


def _gradient_descent(written: Any) -> Replaced:
    def yours(gradient: Any, start: np.ndarray, learning_rate: float, steps: int) -> np.ndarray:
        """The learner's descent, which takes f in place of its gradient, is called once for every step."""
        x = start.copy()
        for _ in range(steps):
            x = returned.array(written(Plane(gradient(x)), x, learning_rate, 1), x.shape)
        return x

    return {gradient_descent: yours}


# Layers.


def _affine(written: Any) -> Replaced:
    class Yours(layers.Affine):
        def __init__(self, W: np.ndarray, b: np.ndarray, input_gradient: bool = True) -> None:
            super().__init__(W, b, input_gradient)
            self._written = written(W, b)

        def forward(self, x: np.ndarray) -> np.ndarray:
            self._shape = x.shape
            return returned.array(self._written.forward(x), (len(x), len(self.params["b"])))

        def backward(self, dout: np.ndarray) -> np.ndarray | None:
            dx = returned.array(self._written.backward(dout), self._shape)
            self.grads = _grads_of(self)
            return dx

    return {layers.Affine: Yours}


def _grads_of(layer: Any) -> dict[str, np.ndarray]:
    """The gradients that a learner's layer keeps, for every array that it was made with."""
    return {
        name: returned.array(getattr(layer._written, f"d{name}", None), one.shape, f"d{name}").astype(one.dtype)
        for name, one in layer.params.items()
    }


def _cell_by_cell(kind: Any) -> Put:
    """A layer without parameters, on any shape."""

    def put(written: Any) -> Replaced:
        class Yours(kind):
            def __init__(self) -> None:
                super().__init__()
                self._written = written()

            def forward(self, x: np.ndarray) -> np.ndarray:
                self.open = x > 0  # of ReLU, which experiments look at
                return returned.array(self._written.forward(x), x.shape)

            def backward(self, dout: np.ndarray) -> np.ndarray:
                return returned.array(self._written.backward(dout), dout.shape)

        return {kind: Yours}

    return put


def _relu_layer(written: Any) -> Replaced:
    """Also in the playground's small network, which writes into arrays that are there."""
    ours = ACTIVATIONS["relu"].in_place
    assert ours is not None

    def write(a: np.ndarray, z: np.ndarray) -> None:
        z[...] = returned.array(written().forward(a.copy()), a.shape)  # both may be the same array

    def write_slope(a: np.ndarray, z: np.ndarray, slope: np.ndarray) -> None:
        layer = written()
        layer.forward(z)  # which is above 0 just where the sums were
        slope[...] = returned.array(layer.backward(np.ones_like(z)), z.shape)

    return {**_cell_by_cell(layers.ReLU)(written), ours.write: write, ours.write_slope: write_slope}


def _softmax_with_loss(written: Any) -> Replaced:
    class Yours(layers.SoftmaxWithLoss):
        def __init__(self) -> None:
            super().__init__()
            self._written = written()

        def forward(self, x: np.ndarray, t: np.ndarray) -> float:
            loss = returned.number(self._written.forward(x, np.asarray(t)))
            self.y = returned.array(self._written.y, x.shape, "y")
            return loss

        def backward(self, dout: float = 1.0) -> np.ndarray:
            return returned.array(self._written.backward(dout), self.y.shape)

    return {layers.SoftmaxWithLoss: Yours}


def _of_two(operation: Any, layer: Any) -> Put:
    """A node with two inputs, as an operation on numbers and as a layer."""

    def put(written: Any) -> Replaced:
        class YourNode(operation):
            def __init__(self) -> None:
                self._written = written()

            def forward(self, u: float, v: float) -> float:
                self.u, self.v = u, v  # as the engine's own: a mistake that can be chosen hands these back
                return returned.number(self._written.forward(u, v))

            def backward(self, upstream: float) -> tuple[float, float]:
                dx, dy = returned.pair(self._written.backward(upstream))
                return returned.number(dx), returned.number(dy)

        class YourLayer(layer):
            def __init__(self) -> None:
                super().__init__()
                self._written = written()

            def forward(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
                return returned.array(self._written.forward(x, y), x.shape)

            def backward(self, dout: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
                dx, dy = (returned.array(one, dout.shape) for one in returned.pair(self._written.backward(dout)))
                return dx.copy(), dy.copy()  # each its own, also where the node gives one array twice

        return {operation: YourNode, layer: YourLayer}

    return put


def _dropout(written: Any, stand_ins: Mapping[str, Any]) -> Replaced:
    class Yours(layers.Dropout):
        """What draws the masks of the learner's layer is the run's own generator."""

        def __init__(self, ratio: float, random: np.random.Generator) -> None:
            super().__init__(ratio, random)
            self._written = written(ratio)

        def forward(self, x: np.ndarray, training: bool = True) -> np.ndarray:
            stand_ins["rand"].random = self.random
            z = returned.array(self._written.forward(x, training), x.shape).astype(x.dtype, copy=False)
            self.mask = returned.array(self._written.mask, x.shape, "mask").astype(bool) if training else None
            return z

        def backward(self, dout: np.ndarray) -> np.ndarray:
            if self.mask is None:  # after a test, of which the exercise asks no way back
                return super().backward(dout)
            return returned.array(self._written.backward(dout), dout.shape).astype(dout.dtype, copy=False)

    return {layers.Dropout: Yours}


def _batch_normalization(written: Any) -> Replaced:
    class Yours(layers.BatchNormalization):
        """The way back is the engine's where the learner's class has none, and after a test."""

        def __init__(
            self, gamma: np.ndarray, beta: np.ndarray, momentum: float = 0.9, epsilon: float = EPSILON
        ) -> None:
            self._written = written(gamma, beta, momentum)
            super().__init__(gamma, beta, momentum, epsilon)

        # A copy, since whoever keeps one while the layer looks at something puts it back afterwards.
        @property
        def running_mean(self) -> np.ndarray:
            return np.array(self._written.running_mean)

        @running_mean.setter
        def running_mean(self, values: np.ndarray) -> None:
            self._written.running_mean = values

        @property
        def running_variance(self) -> np.ndarray:
            return np.array(self._written.running_var)

        @running_variance.setter
        def running_variance(self, values: np.ndarray) -> None:
            self._written.running_var = values

        def forward(self, x: np.ndarray, training: bool = True) -> np.ndarray:
            self._seen, self._training = x, training
            return returned.array(self._written.forward(x, training), x.shape).astype(x.dtype, copy=False)

        def backward(self, dout: np.ndarray) -> np.ndarray:
            if self._training and hasattr(self._written, "backward"):
                dx = returned.array(self._written.backward(dout), dout.shape)
                self.grads = _grads_of(self)
                return dx.astype(dout.dtype, copy=False)
            ours = BatchNormalization(self.params["gamma"], self.params["beta"], 0.0, EPSILON)
            ours.running_mean, ours.running_variance = self.running_mean, self.running_variance
            ours.forward(self._seen, self._training)
            dx, self.grads = ours.backward(dout), ours.grads
            return dx

    return {layers.BatchNormalization: Yours}


# Windows.


def spread(W: np.ndarray, dilation: int) -> np.ndarray:
    """Inserts ``dilation`` − 1 zeros between neighbouring cells of the filters W (FN, C, FH, FW)."""
    if dilation == 1:
        return W
    filters, channels, *window = W.shape
    spread = np.zeros((filters, channels, *(dilation * (side - 1) + 1 for side in window)), W.dtype)
    spread[:, :, ::dilation, ::dilation] = W
    return spread


def _convolution(written: Any) -> Replaced:
    class Yours(layers.Convolution):
        """The way back is the engine's."""

        def forward(self, x: np.ndarray) -> np.ndarray:
            self._x, filters = x, spread(self.params["W"], self.dilation)
            z = written(filters, self.params["b"], self.stride, self.padding).forward(x)
            places = zip(x.shape[2:], filters.shape[2:], strict=True)
            sides = [output_size(side, window, self.stride, self.padding) for side, window in places]
            return returned.array(z, (len(x), len(filters), *sides)).astype(x.dtype, copy=False)

        def backward(self, dout: np.ndarray) -> np.ndarray | None:
            super().forward(self._x)
            return super().backward(dout)

    return {layers.Convolution: Yours}


def _convolution_back(written: Any) -> Replaced:
    class Yours(layers.Convolution):
        """The way forward stays whosever it is."""

        completes = True

        def forward(self, x: np.ndarray) -> np.ndarray:
            self._x = x
            return super().forward(x)

        def backward(self, dout: np.ndarray) -> np.ndarray | None:
            W, apart = self.params["W"], self.dilation
            layer = written(spread(W, apart), self.params["b"], self.stride, self.padding)
            layer.forward(self._x)
            dx = returned.array(layer.backward(dout), self._x.shape).astype(dout.dtype, copy=False)
            dW = returned.array(layer.dW, spread(W, apart).shape, "dW")[:, :, ::apart, ::apart]
            db = returned.array(layer.db, self.params["b"].shape, "db")
            self.grads = {"W": dW.astype(W.dtype), "b": db.astype(W.dtype)}
            return dx

    return {layers.Convolution: Yours}


def _pooling(written: Any) -> Replaced:
    class Yours(layers.MaxPooling):
        """Padding is added before, with a value that is never the largest."""

        def __init__(self, height: int, width: int, stride: int = 1, padding: int = 0) -> None:
            super().__init__(height, width, stride, padding)
            self._written = written(height, width, stride)

        def forward(self, x: np.ndarray) -> np.ndarray:
            around = ((0, 0), (0, 0), (self.padding,) * 2, (self.padding,) * 2)
            self._padded = np.pad(x, around, constant_values=-np.inf)
            windows = zip(self._padded.shape[2:], (self.height, self.width), strict=True)
            shape = (*x.shape[:2], *(output_size(side, window, self.stride) for side, window in windows))
            return returned.array(self._written.forward(self._padded), shape)

        def backward(self, dout: np.ndarray) -> np.ndarray:
            inside = slice(self.padding, -self.padding or None)
            return returned.array(self._written.backward(dout), self._padded.shape)[:, :, inside, inside]

    return {layers.MaxPooling: Yours}


def _im2col(written: Any) -> Replaced:
    def yours(x: np.ndarray, height: int, width: int, stride: int = 1, padding: int = 0, dilation: int = 1) -> Any:
        """Of a dilated window only the cells that it uses are kept."""
        reach = tuple(dilation * (side - 1) + 1 for side in (height, width))
        samples, channels, *sides = x.shape
        places = [output_size(side, window, stride, padding) for side, window in zip(sides, reach, strict=True)]
        shape = samples * places[0] * places[1], channels * reach[0] * reach[1]
        rows = returned.array(written(x, *reach, stride, padding), shape)
        return rows.reshape(len(rows), channels, *reach)[:, :, ::dilation, ::dilation].reshape(len(rows), -1)

    return {im2col: yours}


def _output_size(written: Any) -> Replaced:
    def yours(size: int, kernel: int, stride: int = 1, padding: int = 0, dilation: int = 1) -> int:
        """A dilated kernel counts with the gaps in it."""
        reach = dilation * (kernel - 1) + 1
        found = int(returned.number(written(size, reach, padding, stride)))
        if found < 1:
            raise ValueError(f"kernel {kernel}: reaches over {reach} cells, there are {size + 2 * padding}")
        return found

    return {output_size: yours}


# Learning.


def _optimizer(kind: Any, **kept: str) -> Put:
    """An optimizer; ``kept`` says, by the engine's names of what it remembers, those of the book."""

    def put(written: Any) -> Replaced:
        class Yours(kind):
            def __init__(self, learning_rate: float | None = None, **settings: float) -> None:
                named = {_ARGUMENTS.get(name, name): value for name, value in settings.items()}
                self._written = written(**({} if learning_rate is None else {"lr": learning_rate}), **named)

            @property
            def learning_rate(self) -> float:
                return float(self._written.lr)

            @learning_rate.setter
            def learning_rate(self, rate: float) -> None:
                self._written.lr = rate

            def update(self, params: Mapping[str, np.ndarray], grads: Mapping[str, np.ndarray]) -> None:
                _update_by(self._written.update, params, grads)

            def __getattr__(self, name: str) -> Any:
                if name not in kept:
                    raise AttributeError(name)
                found = getattr(self._written, kept[name], None)
                return found if isinstance(found, dict) else {}  # not there before the first update

        return {kind: Yours}

    return put


_ARGUMENTS = {"decay": "decay_rate"}
"""Names of settings where the book has others."""


def _mini_batch_update(written: Any) -> Replaced:
    class Yours(optimizers.SGD):
        """The learner's update; the learning rate is the optimizer's."""

        def update(self, params: Mapping[str, np.ndarray], grads: Mapping[str, np.ndarray]) -> None:
            _update_by(lambda params, grads: written(params, grads, self.learning_rate), params, grads)

    return {optimizers.SGD: Yours}


def _update_by(update: Any, params: Mapping[str, np.ndarray], grads: Mapping[str, np.ndarray]) -> None:
    shapes = {name: values.shape for name, values in params.items()}
    update(params, grads)
    for name, shape in shapes.items():
        returned.array(params.get(name), shape, name)


def _weight_decay(written: Any) -> Replaced:
    def adding(grads: Any, params: Mapping[str, np.ndarray], decay: float) -> None:
        written(0.0, dict(params), grads, decay)

    def grown(params: Mapping[str, np.ndarray], decay: float) -> float:
        nothing = {name: np.zeros_like(one) for name, one in params.items()}
        return returned.number(written(0.0, dict(params), nothing, decay))

    return {add_decay: adding, penalty: grown}


def _xavier(written: Any) -> Replaced:
    return {xavier: lambda inputs: returned.number(written(inputs, inputs))}


def _he(written: Any, stand_ins: Mapping[str, Any]) -> Replaced:
    def yours(inputs: int) -> float:
        """With 1 for every random number, each weight equals the standard deviation."""
        stand_ins["randn"].__self__.begin(1.0)
        return float(returned.array(written(inputs, 1), (inputs, 1))[0, 0])

    return {he: yours}


def _log_scale(written: Any, stand_ins: Mapping[str, Any]) -> Replaced:
    def yours(share: np.ndarray, low: float, high: float) -> np.ndarray:
        """``uniform`` returns the run's random numbers ``share``."""
        stand_ins["uniform"].__self__.begin(*share)
        return returned.array(written(low, high, len(share)), share.shape)

    return {log_scale: yours}


_PUT: Mapping[str, Put] = MappingProxyType({
    "perceptrons.AND": _gate,
    "perceptrons.update": _perceptron_update,
    "functions.step_function": _elementwise(step),
    "functions.sigmoid": _elementwise(sigmoid),
    "functions.relu": _elementwise(relu),
    "functions.softmax": _softmax,
    "functions.forward": _three_layers,
    "losses.sum_squared_error": _squared_error,
    "losses.cross_entropy_error": _cross_entropy,
    "gradients.numerical_gradient": _numerical_gradient,
    "gradients.gradient_descent": _gradient_descent,
    "layers.MulLayer": _of_two(operations.Times, layers.Multiply),
    "layers.AddLayer": _of_two(operations.Plus, layers.Add),
    "layers.Relu": _relu_layer,
    "layers.Sigmoid": _cell_by_cell(layers.Sigmoid),
    "layers.Affine": _affine,
    "layers.SoftmaxWithLoss": _softmax_with_loss,
    "techniques.BatchNormalization": _batch_normalization,
    "techniques.add_weight_decay": _weight_decay,
    "techniques.xavier": _xavier,
    "convolution.output_size": _output_size,
    "convolution.im2col": _im2col,
    _CONVOLUTION: _convolution,
    _BACK: _convolution_back,
    "convolution.Pooling": _pooling,
    "optimizers.Momentum": _optimizer(optimizers.Momentum, velocity="v"),
    "optimizers.AdaGrad": _optimizer(optimizers.AdaGrad, squares="h"),
    "optimizers.RMSProp": _optimizer(optimizers.RMSProp, squares="h"),
    "optimizers.Adam": _optimizer(optimizers.Adam, means="m", squares="v"),
    "training.update": _mini_batch_update,
})  # fmt: skip
_PUT_WITH: Mapping[str, Callable[[Any, Mapping[str, Any]], Replaced]] = MappingProxyType({
    "techniques.Dropout": _dropout, "techniques.he": _he, "techniques.log_scale": _log_scale,
})  # fmt: skip
