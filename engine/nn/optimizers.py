"""The optimizers: each moves all parameters in place by their gradients; the arrays that an optimizer remembers start
as zeros.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Protocol

import numpy as np


class Optimizer(Protocol):
    """The interface of an optimizer, which moves parameters by their gradients. ``settings`` are its hyperparameters
    besides the learning rate.
    """

    learning_rate: float

    def __init__(self, learning_rate: float = 0.01, **settings: float) -> None: ...

    def update(self, params: Mapping[str, np.ndarray], grads: Mapping[str, np.ndarray]) -> None:
        """Changes every array of ``params`` in place by the gradient of the same name."""


EPSILON = 1e-7
"""Added to the root of squared gradients (after the root), so that a division by it stays finite where they are 0."""


def remembered(state: dict[str, np.ndarray], name: str, values: np.ndarray) -> np.ndarray:
    """The array stored in ``state`` under a parameter's ``name``, to be changed in place. At first it is zeros with the
    shape and dtype of ``values``.
    """
    if name not in state:
        state[name] = np.zeros_like(values)
    return state[name]


class SGD:
    """W ← W − η·∂L/∂W for every parameter; η is ``learning_rate``, which may be changed between two updates."""

    def __init__(self, learning_rate: float = 0.01) -> None:
        self.learning_rate = learning_rate

    def update(self, params: Mapping[str, np.ndarray], grads: Mapping[str, np.ndarray]) -> None:
        """Changes every array of ``params`` in place by the gradient of the same name."""
        for name, values in params.items():
            values -= self.learning_rate * grads[name]


class Momentum:
    """v ← μ·v − η·∂L/∂W, W ← W + v; η is ``learning_rate``, μ is ``momentum``, and ``velocity`` has v by parameter
    name.

    As in the book, v includes the learning rate: a changed rate affects only later gradients. PyTorch's SGD keeps v ←
    μ·v + ∂L/∂W and updates W ← W − η·v, which is the same as long as the rate is constant
    (pytorch.org/docs/stable/generated/torch.optim.SGD.html).
    """

    def __init__(self, learning_rate: float = 0.01, momentum: float = 0.9) -> None:
        self.learning_rate, self.momentum = learning_rate, momentum
        self.velocity: dict[str, np.ndarray] = {}

    def update(self, params: Mapping[str, np.ndarray], grads: Mapping[str, np.ndarray]) -> None:
        """Changes every array of ``params`` in place by the gradient of the same name."""
        for name, values in params.items():
            v = remembered(self.velocity, name, values)
            v *= self.momentum
            v -= self.learning_rate * grads[name]
            values += v


class Nesterov:
    """v ← μ·v − η·∂L/∂W, W ← W + μ·v − η·∂L/∂W; η is ``learning_rate``, μ is ``momentum``, ``velocity`` has v by
    parameter name.

    W is the position ahead, to which the velocity leads: in this form the gradient is taken at the parameters
    themselves (Bengio, Boulanger-Lewandowski and Pascanu, arXiv:1212.0901, equation 7). PyTorch keeps v without the
    learning rate, as in its Momentum, and updates W ← W − η·(∂L/∂W + μ·v)
    (pytorch.org/docs/stable/generated/torch.optim.SGD.html); this is the same as long as the rate is constant.
    """

    def __init__(self, learning_rate: float = 0.01, momentum: float = 0.9) -> None:
        self.learning_rate, self.momentum = learning_rate, momentum
        self.velocity: dict[str, np.ndarray] = {}

    def update(self, params: Mapping[str, np.ndarray], grads: Mapping[str, np.ndarray]) -> None:
        """Changes every array of ``params`` in place by the gradient of the same name."""
        for name, values in params.items():
            v, step = remembered(self.velocity, name, values), self.learning_rate * grads[name]
            v *= self.momentum
            v -= step
            values += self.momentum * v
            values -= step


class AdaGrad:
    """h ← h + (∂L/∂W)², W ← W − η·∂L/∂W / (√h + ε); η is ``learning_rate``, ``squares`` has h by parameter name, ε is
    1e-7.

    h only grows, so the steps shrink towards 0. PyTorch divides by √h + ε too, with ε = 1e-10
    (pytorch.org/docs/stable/generated/torch.optim.Adagrad.html).
    """

    def __init__(self, learning_rate: float = 0.01) -> None:
        self.learning_rate = learning_rate
        self.squares: dict[str, np.ndarray] = {}

    def update(self, params: Mapping[str, np.ndarray], grads: Mapping[str, np.ndarray]) -> None:
        """Changes every array of ``params`` in place by the gradient of the same name."""
        for name, values in params.items():
            h, grad = remembered(self.squares, name, values), grads[name]
            h += grad * grad
            values -= self.learning_rate * grad / (np.sqrt(h) + EPSILON)


class RMSProp:
    """h ← ρ·h + (1 − ρ)·(∂L/∂W)², W ← W − η·∂L/∂W / (√h + ε); ρ is ``decay``, ``squares`` has h by parameter name, ε is
    1e-7.

    h begins at 0 and is not corrected for it, so the first step is η/√(1 − ρ) long, ten times η with ρ = .99. PyTorch
    calls ρ alpha, .99 as well, and adds ε = 1e-8 after the root
    (pytorch.org/docs/stable/generated/torch.optim.RMSprop.html); TensorFlow adds it under the root.
    """

    def __init__(self, learning_rate: float = 0.01, decay: float = 0.99) -> None:
        self.learning_rate, self.decay = learning_rate, decay
        self.squares: dict[str, np.ndarray] = {}

    def update(self, params: Mapping[str, np.ndarray], grads: Mapping[str, np.ndarray]) -> None:
        """Changes every array of ``params`` in place by the gradient of the same name."""
        for name, values in params.items():
            h, grad = remembered(self.squares, name, values), grads[name]
            h *= self.decay
            h += (1.0 - self.decay) * (grad * grad)
            values -= self.learning_rate * grad / (np.sqrt(h) + EPSILON)


class Adam:
    """m ← β1·m + (1 − β1)·∂L/∂W, v ← β2·v + (1 − β2)·(∂L/∂W)², W ← W − η_t·m / (√v + ε), ε = 1e-7.

    η_t = η·√(1 − β2^t) / (1 − β1^t) at the t-th update corrects both means for their start at 0, in one factor, like
    the book and section 2 of the paper (Kingma and Ba, arXiv:1412.6980). PyTorch corrects m and v themselves and adds ε
    = 1e-8 to the corrected root (pytorch.org/docs/stable/generated/torch.optim.Adam.html). So its ε counts √(1 − β2^t)
    times as much, which matters only where gradients are about as small as ε.

    ``means`` has m and ``squares`` has v, by parameter name; ``updates`` is t.
    """

    def __init__(self, learning_rate: float = 0.001, beta1: float = 0.9, beta2: float = 0.999) -> None:
        self.learning_rate, self.beta1, self.beta2 = learning_rate, beta1, beta2
        self.means: dict[str, np.ndarray] = {}
        self.squares: dict[str, np.ndarray] = {}
        self.updates = 0

    def update(self, params: Mapping[str, np.ndarray], grads: Mapping[str, np.ndarray]) -> None:
        """Changes every array of ``params`` in place by the gradient of the same name."""
        self.updates += 1
        corrected = math.sqrt(1.0 - self.beta2**self.updates) / (1.0 - self.beta1**self.updates)
        for name, values in params.items():
            m, v, grad = remembered(self.means, name, values), remembered(self.squares, name, values), grads[name]
            m += (1.0 - self.beta1) * (grad - m)
            v += (1.0 - self.beta2) * (grad * grad - v)
            values -= self.learning_rate * corrected * m / (np.sqrt(v) + EPSILON)


class NAdam(Adam):
    """m and v as in Adam, m′ = β1·m / (1 − β1^(t + 1)) + (1 − β1)·∂L/∂W / (1 − β1^t), W ← W − η_t·m′ / (√v + ε).

    η_t = η·√(1 − β2^t) corrects v for its start at 0, ε is Adam's. Adam steps along m / (1 − β1^t), which consists
    mostly of earlier gradients; m′ is what that would be at the next update with the same gradient, so the newest
    gradient has its effect at once. After Dozat, "Incorporating Nesterov Momentum into Adam" (ICLR workshop, 2016),
    equation 8, with one β1 for all updates. His algorithm 2 also lets β1 grow, β1·(1 − ½·.96^(t/250)), as PyTorch does,
    whose ``momentum_decay`` of .004 is the 1/250; with a very large one it is the same as here
    (pytorch.org/docs/stable/generated/torch.optim.NAdam.html).
    """

    def update(self, params: Mapping[str, np.ndarray], grads: Mapping[str, np.ndarray]) -> None:
        """Changes every array of ``params`` in place by the gradient of the same name."""
        self.updates += 1
        t, beta1 = self.updates, self.beta1
        rate = self.learning_rate * math.sqrt(1.0 - self.beta2**t)
        for name, values in params.items():
            m, v, grad = remembered(self.means, name, values), remembered(self.squares, name, values), grads[name]
            m += (1.0 - beta1) * (grad - m)
            v += (1.0 - self.beta2) * (grad * grad - v)
            ahead = beta1 / (1.0 - beta1 ** (t + 1)) * m + (1.0 - beta1) / (1.0 - beta1**t) * grad
            values -= rate * ahead / (np.sqrt(v) + EPSILON)


class AdamW(Adam):
    """W ← (1 − η·λ)·W, then as Adam; λ is ``weight_decay``.

    A decay λ·W that is added to the gradients passes through m and v: divided by √v, it hardly affects weights with
    large gradients. Here all of W shrinks by the same share (Loshchilov and Hutter, arXiv:1711.05101, algorithm 2). In
    the paper λ is multiplied by a schedule but not by the learning rate; here and in PyTorch it is multiplied by the
    rate (pytorch.org/docs/stable/generated/torch.optim.AdamW.html), whose default is λ = 0.01 too. ε is Adam's.
    """

    def __init__(
        self, learning_rate: float = 0.001, beta1: float = 0.9, beta2: float = 0.999, weight_decay: float = 0.01
    ) -> None:
        super().__init__(learning_rate, beta1, beta2)
        self.weight_decay = weight_decay

    def update(self, params: Mapping[str, np.ndarray], grads: Mapping[str, np.ndarray]) -> None:
        """Changes every array of ``params`` in place by the gradient of the same name."""
        for values in params.values():
            values -= self.learning_rate * self.weight_decay * values
        super().update(params, grads)


class Lion:
    """c = β1·m + (1 − β1)·∂L/∂W, m ← β2·m + (1 − β2)·∂L/∂W, W ← W − η·sign(c); where c is 0 nothing moves.

    There are two means of the gradients: c, in which the newest gradient counts more, gives the direction of the step,
    and m, which changes more slowly, is remembered. So it needs half of Adam's memory. Since every element moves by η,
    its η is usually three to ten times smaller. After Chen et al., "Symbolic Discovery of Optimization Algorithms"
    (arXiv:2302.06675, algorithm 2), who found it by a search over programs; its weight decay, which is AdamW's, is left
    out, as with λ = 0.

    ``means`` has m by parameter name.
    """

    def __init__(self, learning_rate: float = 0.0001, beta1: float = 0.9, beta2: float = 0.99) -> None:
        self.learning_rate, self.beta1, self.beta2 = learning_rate, beta1, beta2
        self.means: dict[str, np.ndarray] = {}

    def update(self, params: Mapping[str, np.ndarray], grads: Mapping[str, np.ndarray]) -> None:
        """Changes every array of ``params`` in place by the gradient of the same name."""
        for name, values in params.items():
            m, grad = remembered(self.means, name, values), grads[name]
            mixed = m + (1.0 - self.beta1) * (grad - m)
            m += (1.0 - self.beta2) * (grad - m)
            values -= self.learning_rate * np.sign(mixed)
