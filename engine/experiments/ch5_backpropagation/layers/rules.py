"""For each layer the formulas that compute the elements of its arrays, and a sentence on why each holds."""

from __future__ import annotations

from collections.abc import Mapping

from engine.contract.api import Text

Rule = tuple[str, Text]
FORMULAS = {
    "multiply": ("Z = X⊙Y", "dX = dZ⊙Y, dY = dZ⊙X"),
    "add": ("Z = X + Y", "dX = dZ, dY = dZ"),
    "relu": ("M = (X > 0), Z = X⊙M", "dX = dZ⊙M"),
    "sigmoid": ("Z = 1/(1 + exp(−X))", "dX = dZ⊙Z⊙(1 − Z)"),
    "tanh": ("Z = tanh(X)", "dX = dZ⊙(1 − Z²)"),
    **dict.fromkeys(("affine", "affine_4d"), ("Z = X·W + b", "dX = dZ·Wᵀ, dW = Xᵀ·dZ, db = Σ dZ")),
    "softmax_loss": ("y = softmax(X), L = −Σ t⊙ln y / N", "dX = (y − t)/N"),
    "dropout": ("Z = X⊙M", "dX = dZ⊙M"),
    "batch_norm": ("X̂ = (X − μ)/σ, Z = γ⊙X̂ + β", "dX = γ/σ⊙(dZ − dβ/N − X̂⊙dγ/N), dγ = Σ dZ⊙X̂, dβ = Σ dZ"),
    "batch_norm in a test": ("X̂ = (X − μ)/σ, Z = γ⊙X̂ + β", "dX = γ/σ⊙dZ, dγ = Σ dZ⊙X̂, dβ = Σ dZ"),
}
"""The formulas of each layer's forward and backward pass in whole arrays: · is the matrix product, ⊙ the element-wise
one.
"""
_OTHER = Text("Upstream times the other factor, because that is how fast the product grows.")
_AS_IT_IS = Text("Upstream as it is, because a sum grows as fast as each part.")
_LET_THROUGH = Text("X where the mask is 1, otherwise 0.")
_BACK_THROUGH = Text("Upstream passes where X passed, and nowhere else.")
_BY_SHARE = Text("In testing every cell is multiplied by the share that training lets through.")
_FUNCTION = Text("The function of one cell.")
_SLOPE = Text("Upstream times the slope, which follows from the output itself.")
_DB: Rule = ("Σ⟨{dz[k,c]}⟩", Text(
    "It was added for every sample, so the gradients of all samples add up."))  # fmt: skip
_AFFINE: Mapping[str, Rule] = {
    "z": ("Σ⟨{x[r,k]}·{w[k,c]}⟩ + {b}", Text(
        "A row of X times a column of W, plus the bias.")),
    "dw": ("Σ⟨{x[k,r]}·{dz[k,c]}⟩", Text(
        "A weight was used once for every sample, so there is a product for each, and they add up.")),
    "dx": ("Σ⟨{dz[r,k]}·{w[c,k]}⟩", Text(
        "An input went into every neuron, so the products with all their gradients add up.")),
    "db": _DB,
}  # fmt: skip
RULES: Mapping[str, Mapping[str, Rule]] = {
    "multiply": {
        "z": ("{x}·{w}", Text("The product of two cells.")),
        "dx": ("{dz}·{w}", _OTHER),
        "dw": ("{dz}·{x}", _OTHER),
    },
    "add": {
        "z": ("{x:1} + {w:2}", Text("The sum of two cells.")),
        "dx": ("{dz}", _AS_IT_IS),
        "dw": ("{dz}", _AS_IT_IS),
    },
    "relu": {
        "mask": ("step({x})", Text("1 where X is above 0, otherwise 0.")),
        "z": ("{x}·{mask}", _LET_THROUGH),
        "dx": ("{dz}·{mask}", _BACK_THROUGH),
    },
    "sigmoid": {"z": ("1 / (1 + exp(−{x}))", _FUNCTION), "dx": ("{dz}·{z}·(1 − {z})", _SLOPE)},
    "tanh": {"z": ("2·sigmoid(2·{x}) − 1", _FUNCTION), "dx": ("{dz}·(1 − {z}^2)", _SLOPE)},
    "affine": _AFFINE,
    "affine_4d": _AFFINE,
    "softmax_loss": {
        "y": ("exp({x}) / (Σ⟨exp({x[r,k]})⟩)", Text(
            "The exponential's share of its row's sum.")),
        "loss": ("−(Σ⟨ln({y[k,t]})⟩) / {N}", Text(
            "The mean over the samples of −ln y at the right class.")),
        "dx": ("({y:1} − {t:2}) / {N}", Text(
            "The excess of y over t, divided by N because the loss is a mean over N samples.")),
    },
    "dropout": {"z": ("{x}·{mask}", _LET_THROUGH), "dx": ("{dz}·{mask}", _BACK_THROUGH)},
    "batch_norm": {
        "mean": ("(Σ⟨{x[k,c]}⟩) / {N}", Text("The mean of the column.")),
        "deviation": ("sqrt((Σ⟨({x[k,c]} − {mean})^2⟩) / {N} + {ε})", Text(
            "The root of the column's mean square distance from μ, ε = 10⁻⁷ added.")),
        "normalized": ("({x} − {mean}) / {deviation}", Text(
            "How many deviations X lies from the mean.")),
        "z": ("{w}·{normalized} + {b}", Text("Scaled by γ and shifted by β.")),
        "dx": ("{w} / {deviation}·({dz:1} − {db:2} / {N} − {normalized:3}·{dw:3} / {N})", Text(
            "Upstream, without what the whole column has in common: μ and σ move with X and take that back.")),
        "dw": ("Σ⟨{dz[k,c]}·{normalized[k,c]}⟩", Text(
            "γ was used for every sample, so all products add up.")),
        "db": _DB,
    },
}  # fmt: skip
"""For each layer the rules of the arrays that it computes in training, by array id: (formula of an element, reason)."""
_RUNNING = Text("The running mean: nine tenths of what it began with, and a tenth of the batch's own.")
IN_A_TEST: Mapping[str, Mapping[str, Rule]] = {
    "dropout": {"z": ("{x}·{mask}", _BY_SHARE), "dx": ("{dz}·{mask}", _BY_SHARE)},
    "batch_norm": {
        "mean": ("0.9·0 + 0.1·(Σ⟨{x[k,c]}⟩) / {N}", _RUNNING),
        # No cell holds the batch's own mean here, so its variance is the mean of squares less the square of the mean.
        "deviation": ("sqrt(0.9·1 + 0.1·((Σ⟨{x[k,c]}^2⟩) / {N} − ((Σ⟨{x[k,c]}⟩) / {N})^2) + {ε})", _RUNNING),
        "dx": ("{w} / {deviation}·{dz}", Text(
            "Upstream times γ/σ, because μ and σ are fixed now.")),
    },
}  # fmt: skip
