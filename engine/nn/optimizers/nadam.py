"""NAdam: Adam whose mean of gradients is taken one step ahead, as Nesterov's momentum takes its velocity."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from engine.nn.optimizers.adam import Adam
from engine.nn.optimizers.state import EPSILON, remembered


class NAdam(Adam):
    """m and v as in Adam, m′ = β1·m / (1 − β1^(t + 1)) + (1 − β1)·∂L/∂W / (1 − β1^t), W ← W − η_t·m′ / (√v + ε).

    η_t = η·√(1 − β2^t) corrects v for its start at 0, ε is Adam's. Adam goes by m / (1 − β1^t), most of which is old;
    m′ is what that will be at the next update if the same gradient came again, so the newest gradient counts at once.
    After Dozat, "Incorporating Nesterov Momentum into Adam" (ICLR workshop, 2016), equation 8, with one β1 for all
    updates: his algorithm 2 also lets β1 grow, β1·(1 − ½·.96^(t/250)), as PyTorch does, whose ``momentum_decay`` of
    .004 is the 1/250; with a very large one it does what stands here
    (pytorch.org/docs/stable/generated/torch.optim.NAdam.html).
    """

    def update(self, params: Mapping[str, np.ndarray], grads: Mapping[str, np.ndarray]) -> None:
        """Change every array of ``params`` in place by the gradient of the same name."""
        self.updates += 1
        t, beta1 = self.updates, self.beta1
        rate = self.learning_rate * math.sqrt(1.0 - self.beta2**t)
        for name, values in params.items():
            m, v, grad = remembered(self.means, name, values), remembered(self.squares, name, values), grads[name]
            m += (1.0 - beta1) * (grad - m)
            v += (1.0 - self.beta2) * (grad * grad - v)
            ahead = beta1 / (1.0 - beta1 ** (t + 1)) * m + (1.0 - beta1) / (1.0 - beta1**t) * grad
            values -= rate * ahead / (np.sqrt(v) + EPSILON)
