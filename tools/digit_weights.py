"""resources/weights/digits.npz: a network 784-50-100-10 trained on MNIST with a fixed seed, for `digits`."""

from __future__ import annotations

from itertools import pairwise
from typing import TypedDict

import numpy as np

from engine.data.digit_weights import FILE
from engine.data.digits import SIDE, load_digits, pixels
from engine.nn.activations import sigmoid
from engine.nn.digit_network import SIZES, DigitNetwork
from engine.nn.losses import softmax
from tools.weights_archive import is_stale, manifest_of, settings_digest, write_weights

MANIFEST = manifest_of(FILE)


class Settings(TypedDict):
    """The settings that determine the weights."""

    sizes: tuple[int, ...]
    seed: int
    epochs: int
    batch: int
    rate: float
    decay_to: float
    weight_decay: float
    degrees: float
    slant: float
    scale: float
    shift: float
    thickness: float


SETTINGS: Settings = {
    "sizes": SIZES,
    "seed": 7,
    "epochs": 40,
    "batch": 100,
    "rate": 0.004,
    "decay_to": 0.00005,
    "weight_decay": 0.0,
    # Every picture is shown turned, slanted, scaled and shifted a little, differently each time, and now and then
    # with a thicker or thinner stroke: what is drawn with a mouse is never quite like MNIST's pencils.
    "degrees": 8.0,
    "slant": 0.12,
    "scale": 0.10,
    "shift": 0.8,
    "thickness": 0.30,
}
_BETAS = (0.9, 0.999)


def stale() -> bool:
    """Whether the weights are missing or were made with other settings or data; never trains."""
    return is_stale(FILE, settings_digest(SETTINGS))


def build() -> None:
    """Train, measure the accuracy on the test set, and write weights and manifest; takes some minutes."""
    write(DigitNetwork(**train()))


def write(network: DigitNetwork) -> None:
    """Write a network as float32, and the manifest with what it came from and how well it reads the test set."""
    test = load_digits("test")
    right = int(np.sum(network.answers(pixels(test.images)) == test.labels))
    write_weights(FILE, vars(network), np.float32, settings_digest(SETTINGS), test_accuracy=right / len(test.labels))


def train() -> dict[str, np.ndarray]:
    """Weights and biases in float32 precision after Adam's updates; the same every time on one machine."""
    digits = load_digits("train")
    chance = np.random.Generator(np.random.PCG64(SETTINGS["seed"]))
    params = _initial(chance)
    moments = {name: (np.zeros_like(array), np.zeros_like(array)) for name, array in params.items()}
    batch, count = SETTINGS["batch"], len(digits.labels)
    last = SETTINGS["epochs"] * (count // batch)
    update = 0
    for _ in range(SETTINGS["epochs"]):
        order = chance.permutation(count)
        for start in range(0, count, batch):
            chosen = order[start : start + batch]
            x = varied(pixels(digits.images[chosen]).reshape(-1, SIDE, SIDE), chance).reshape(batch, -1)
            gradients = _gradients(params, x, digits.labels[chosen])
            update += 1
            rate = SETTINGS["rate"] * (SETTINGS["decay_to"] / SETTINGS["rate"]) ** (update / last)
            _adam(params, gradients, moments, rate, update)
    return {name: array.astype(np.float32).astype(np.float64) for name, array in params.items()}


def varied(images: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    """Pictures (N, 28, 28) turned, slanted, scaled, shifted, thickened or thinned at random, by bilinear sampling."""
    count = len(images)
    turn = np.radians(chance.uniform(-1, 1, count) * SETTINGS["degrees"])
    slant = chance.uniform(-1, 1, count) * SETTINGS["slant"]
    across, down = (1 + chance.uniform(-1, 1, count) * SETTINGS["scale"] for _ in range(2))
    dx, dy = (chance.uniform(-1, 1, count) * SETTINGS["shift"] for _ in range(2))
    rows, columns = np.mgrid[0:SIDE, 0:SIDE] - SIDE / 2
    each = (slice(None), None, None)
    source_x = (np.cos(turn)[each] * columns + (np.sin(turn) + slant)[each] * rows) * across[each] + dx[each] + SIDE / 2
    source_y = (-np.sin(turn)[each] * columns + np.cos(turn)[each] * rows) * down[each] + dy[each] + SIDE / 2
    left, top = np.floor(source_x).astype(int), np.floor(source_y).astype(int)
    part_x, part_y = source_x - left, source_y - top
    padded = np.pad(images, ((0, 0), (1, 2), (1, 2)))
    left, top = np.clip(left, -1, SIDE) + 1, np.clip(top, -1, SIDE) + 1
    number = np.arange(count)[each]
    made = (1 - part_y) * ((1 - part_x) * padded[number, top, left] + part_x * padded[number, top, left + 1])
    made += part_y * ((1 - part_x) * padded[number, top + 1, left] + part_x * padded[number, top + 1, left + 1])
    return _thickened(made, chance)


def _thickened(images: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    """A part of the pictures with each pixel at the largest, or the smallest, of itself and two neighbours."""
    kind = chance.uniform(size=len(images))
    thick, thin = kind < SETTINGS["thickness"] / 2, kind > 1 - SETTINGS["thickness"] / 2
    for which, choose in ((thick, np.maximum), (thin, np.minimum)):
        some = images[which]
        beside = np.pad(some, ((0, 0), (0, 1), (0, 1)))
        images[which] = choose(choose(some, beside[:, 1:, :-1]), beside[:, :-1, 1:])
    return images


def _initial(chance: np.random.Generator) -> dict[str, np.ndarray]:
    """Gaussian weights of standard deviation 1/√n (Xavier's) and biases of 0."""
    params = {}
    for number, (before, after) in enumerate(pairwise(SIZES), start=1):
        params[f"W{number}"] = chance.standard_normal((before, after)) / np.sqrt(before)
        params[f"b{number}"] = np.zeros(after)
    return params


def _gradients(params: dict[str, np.ndarray], x: np.ndarray, labels: np.ndarray) -> dict[str, np.ndarray]:
    """The gradient of the mean cross entropy by backpropagation."""
    z1 = sigmoid(x @ params["W1"] + params["b1"])
    z2 = sigmoid(z1 @ params["W2"] + params["b2"])
    # Softmax with cross entropy: dL/da3 = (y − t) / N
    da3 = softmax(z2 @ params["W3"] + params["b3"])
    da3[np.arange(len(x)), labels] -= 1
    da3 /= len(x)
    # Sigmoid: dz/da = z (1 − z)
    da2 = (da3 @ params["W3"].T) * z2 * (1 - z2)
    da1 = (da2 @ params["W2"].T) * z1 * (1 - z1)
    decay = SETTINGS["weight_decay"]
    return {
        "W1": x.T @ da1 + decay * params["W1"], "b1": da1.sum(axis=0),
        "W2": z1.T @ da2 + decay * params["W2"], "b2": da2.sum(axis=0),
        "W3": z2.T @ da3 + decay * params["W3"], "b3": da3.sum(axis=0),
    }  # fmt: skip


def _adam(
    params: dict[str, np.ndarray],
    gradients: dict[str, np.ndarray],
    moments: dict[str, tuple[np.ndarray, np.ndarray]],
    rate: float,
    update: int,
) -> None:
    beta1, beta2 = _BETAS
    for name, gradient in gradients.items():
        first, second = moments[name]
        first += (1 - beta1) * (gradient - first)
        second += (1 - beta2) * (gradient * gradient - second)
        scaled = rate * np.sqrt(1 - beta2**update) / (1 - beta1**update)
        params[name] -= scaled * first / (np.sqrt(second) + 1e-8)
