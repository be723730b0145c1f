"""Which saved networks have feature maps that can be shown, and the order in which their layers are shown."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from engine.contract.text import Text
from engine.networks.digit_reader import why_no_digits
from engine.networks.kept import KeptNetwork, LayerSpec

POOL_SIDE = 2
"""The side and stride of the pooling windows, in cells."""
_PERMUTED = Text("it learned from permuted pixels, so that its maps do not lie where the strokes are")
_NO_MAPS = Text("it has no convolution, and so no maps")
_OTHER_LAYERS = Text("its layers are not convolution, ReLU, pooling by 2, and two fully connected ones")
_OTHER_PLACES = Text(
    "it does not begin with the convolution, or normalizes elsewhere than right behind a layer with weights"
)


def why_no_maps(network: KeptNetwork) -> Text | None:
    """Why the feature maps of a network cannot be shown, as the end of a sentence; None if they can."""
    reason = why_no_digits(network)
    if reason is None and network.kind != "conv":
        return _NO_MAPS
    if reason is None and network.is_permuted:
        return _PERMUTED
    if reason is None:
        names = [one[0] for one in in_book_order(network.layers)]
        plain = [name for name in names if name not in ("batch_normalization", "dropout")]
        is_usual = plain == ["convolution", "relu", "max_pooling", "affine", "relu", "affine"]
        if not is_usual or ("max_pooling", POOL_SIDE) not in network.layers:
            return _OTHER_LAYERS
        behind = {before for before, name in pairwise(names) if name == "batch_normalization"}
        return None if names[0] == "convolution" and behind <= {"convolution", "affine"} else _OTHER_PLACES
    return reason


def in_book_order(layers: Sequence[LayerSpec]) -> tuple[LayerSpec, ...]:
    """The layers with ReLU moved before max pooling, as in the book; the results are the same in either order."""
    ordered = list(layers)
    for place in range(len(ordered) - 1):
        if ordered[place][0] == "max_pooling" and ordered[place + 1] == ("relu",):
            ordered[place : place + 2] = ordered[place + 1], ordered[place]
    return tuple(ordered)
