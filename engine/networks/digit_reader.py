"""Uses a saved network to read handwritten digits: whether it can, and its outputs layer by layer."""

from __future__ import annotations

import math
from collections.abc import Generator
from time import perf_counter

import numpy as np

from engine.contract.protocol import Progress
from engine.contract.text import Text
from engine.data.digits import SIDE
from engine.data.pixel_rows import PixelPictures, PixelRows
from engine.data.preprocessing import block_means
from engine.networks.kept import ORDER, KeptNetwork
from engine.networks.layers import ACTIVATION_LAYERS, built, is_built
from engine.nn import softmax
from engine.nn.activation_registry import ACTIVATIONS
from engine.nn.network import Network, passed_on

CLASSES = 10
READING = Text("Your network reads the test set")
AT_ONCE_CONV, _AT_ONCE_DENSE = 50, 1000
"""The maximum number of images in one pass, with and without convolution, so that the window stays responsive.

1,000 images in a convolution would take 300 MB.
"""
_OF_THE_PLANE = Text("it reads points of the plane, {count} numbers each; a digit has 784 pixels")
_OTHER_SHAPE = Text("it takes {inputs} numbers and gives {outputs}; a digit has 784 pixels, and there are 10 answers")
_NO_LAYER = Text("its activation function “{name}” is none of those that networks of layers have here")


def why_no_digits(network: KeptNetwork) -> Text | None:
    """Why a network cannot read digits, as the end of a sentence; None if it can."""
    if network.kind == "plane":
        return _OF_THE_PLANE(count=math.prod(network.inputs))
    side = network.inputs[-1] if network.kind == "conv" else math.isqrt(network.inputs[0])
    shape = (1, side, side) if network.kind == "conv" else (side * side,)
    sizes = [layer for layer in network.layers if layer[0] not in ACTIVATION_LAYERS]
    fits = network.inputs == shape and side <= SIDE and SIDE % side == 0 and network.layers[-1] == ("affine", CLASSES)
    if not fits or (network.kind == "conv" and side != SIDE):
        return _OTHER_SHAPE(inputs=math.prod(network.inputs), outputs=sizes[-1][-1] if sizes else 0)
    unknown = next((layer[0] for layer in network.layers if not is_built(layer)), None)
    return None if unknown is None else _NO_LAYER(name=ACTIVATIONS[str(unknown)].name)


def read_digit(network: KeptNetwork, picture: bytes) -> tuple[int, float]:
    """The digit that a network recognises in an image, SIDE × SIDE bytes row by row, and its probability."""
    images = np.frombuffer(picture, np.uint8).reshape(1, SIDE, SIDE)
    found = softmax(DigitReader(network).through(images)[-1].astype(np.float64))[0]
    answer = int(np.argmax(found))
    return answer, float(found[answer])


class DigitReader:
    """Computes a saved network's outputs for images (N, 28, 28) of bytes.

    It builds its own copies of the network's layers, since layers keep their last inputs and must not be shared.
    """

    def __init__(self, kept: KeptNetwork) -> None:
        self._kept = kept
        self.network: Network = built(kept.layers, kept.arrays)

    def inputs(self, images: np.ndarray) -> np.ndarray:
        """Converts images to the network's inputs, from 0 to 1: rows, downsampled if needed, or (N, 1, 28, 28) for a
        CNN.
        """
        kept = self._kept
        dtype = next(iter(kept.arrays.values())).dtype.type
        if kept.kind == "conv":
            return PixelPictures(images, kept.arrays.get(ORDER), dtype)[:]
        return PixelRows(block_means(images, math.isqrt(kept.inputs[0])), dtype)[:]

    def through(self, images: np.ndarray) -> list[np.ndarray]:
        """The output of each layer for the images; the last are the scores (N, 10)."""
        x, found = self.inputs(images), []
        for layer in self.network.layers:
            x = passed_on(layer, x)
            found.append(x)
        return found

    def hidden(self, found: list[np.ndarray]) -> np.ndarray:
        """The outputs (N, H) of the last activation function, selected from the outputs of all layers, ``found``."""
        places = self._activated()
        return found[places[-1]] if places else found[-1]

    def layer(self, images: np.ndarray, name: str) -> tuple[np.ndarray, np.ndarray]:
        """The output (N, …) of a layer for the images, and the scores (N, 10).

        ``name`` is ``pixels``, ``hidden1`` (the first hidden layer), ``hidden2`` (the last one) or ``scores``.
        """
        found, places = self.through(images), self._activated()
        if name == "pixels":
            return self.inputs(images), found[-1]
        if name == "scores" or not places:
            return found[-1], found[-1]
        return found[places[0 if name == "hidden1" else -1]], found[-1]

    def _activated(self) -> list[int]:
        """The indices of the activation functions among the layers."""
        return [place for place, layer in enumerate(self._kept.layers[:-1]) if layer[0] in ACTIVATION_LAYERS]

    def answering(self, images: np.ndarray) -> Generator[Progress, None, tuple[np.ndarray, float]]:
        """A generator that returns the digit with the highest score for each image, (N,), and the computing time in
        seconds.
        """
        answers, seconds = [], 0.0
        at_once = AT_ONCE_CONV if self._kept.kind == "conv" else _AT_ONCE_DENSE
        for start in range(0, len(images), at_once):
            began = perf_counter()
            scores = self.network.predict(self.inputs(images[start : start + at_once]))
            answers.append(np.argmax(scores, axis=1))
            seconds += perf_counter() - began
            yield Progress(READING, min(1.0, (start + at_once) / len(images)))
        return np.concatenate(answers), seconds
