"""The computations of `feature_maps`: the network's results for an image, for its occlusions, and for test digits."""

from __future__ import annotations

import copy
from collections.abc import Generator
from functools import cache
from typing import Any

import numpy as np

from engine.contract.api import Progress, Text
from engine.data.cnn_weights import load_cnn
from engine.data.digits import SIDE, Digits, loading_digits
from engine.data.pixel_rows import PixelPictures
from engine.data.preprocessing import preprocessed
from engine.data.strokes import CANVAS, inking
from engine.experiments.ch7_convolution.feature_maps.layers import layers_of
from engine.experiments.ch7_convolution.feature_maps.params import BRUSH, FeatureMapsFrame, FeatureMapsParams
from engine.experiments.shared.networks.layer_points import found_once
from engine.networks.chosen import chosen
from engine.networks.kept import KeptNetwork
from engine.networks.layers import built
from engine.networks.map_reader import in_book_order
from engine.nn import Network, SoftmaxWithLoss, conv_network, softmax
from engine.nn.conv_network import covered, covered_everywhere
from engine.nn.conv_trace import whole_network
from engine.nn.network import passed_on

ASKED = 2000
"""The number of test digits that are searched for each map's strongest responses."""
PIECES = 12
AROUND = 4
"""The number of pixels of context that are shown around a patch of a digit."""
INK = 255
_AT_ONCE, _COVERS_AT_ONCE = 25, 60
_COVERING = Text("Covering every place in turn")
_ASKING = Text("Asking 2,000 test digits")
SEED = 7
"""The seed with which the program's network was trained, from its manifest; it gives the initial weights."""
Work = Generator[Progress, None, dict[str, Any]]


Weights = str | KeptNetwork
"""The network: "trained" or "untrained" for the program's own, or a saved network of the learner."""


def weights_of(params: FeatureMapsParams) -> Weights:
    """The network that these parameters choose, as ``Weights``."""
    return params.own_network or params.weights


def network_of(weights: Weights) -> Network:
    """The network for these weights, a new object at every call: layers cache their inputs, and a run and a question of
    the guide may use the network at the same time.
    """
    if isinstance(weights, KeptNetwork):
        return built(in_book_order(weights.layers), weights.arrays)
    return (
        load_cnn()
        if weights == "trained"
        else Network([copy.copy(layer) for layer in _untrained().layers], SoftmaxWithLoss())
    )


@cache
def _untrained() -> Network:
    """The program's network with its initial weights."""
    return conv_network(np.random.Generator(np.random.PCG64(SEED)))


def passed_through(weights: Weights, images: np.ndarray, muted: tuple[int, int] | None = None) -> list[np.ndarray]:
    """Each layer's output for images (N, 28, 28) of bytes, the scores (N, 10) last.

    A ``muted`` map, given by layer and map number, is 0 for the following layers, but unchanged in the result.
    """
    x, found = PixelPictures(images)[:], []
    for number, one in enumerate(network_of(weights).layers):
        x = passed_on(one, x)
        found.append(x)
        if muted is not None and number == muted[0]:
            x = x.copy(order="K")
            x[:, muted[1]] = 0
    return found


def framing(params: FeatureMapsParams) -> Generator[Progress, None, FeatureMapsFrame]:
    """A generator that yields progress and returns the frame; slow results are cached."""
    test = yield from loading_digits("test")
    canvas, picture, label = yield from _picture(params, test)
    fill = INK if params.fill == "ink" else 0
    seen = covered(picture, *params.cover, params.size, fill) if params.is_covered else picture
    shown: dict[str, Any] = {
        "canvas": canvas, "picture": picture, "seen": seen, "label": label,
        "cover_side": params.size if params.is_covered else 0,
        "origin": chosen(params.network)[1] if params.weights == "trained" else None,
    }  # fmt: skip
    muted = None if params.muted_map is None else (params.at.number, params.muted_map)
    shown |= _answered(params, picture, seen, muted)
    if params.view == "occlusion":
        answer = int(shown["whole_answer"])
        shown |= yield from _occluded(picture.tobytes(), params.size, fill, answer, weights_of(params), muted)
    if params.view == "strongest":
        shown |= yield from _strongest(params, test)
    if params.view == "points":
        weights, number = weights_of(params), params.at.number

        def layer(images: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
            through = passed_through(weights, images)
            return through[number], through[-1]

        shown["points"] = yield from found_once(("feature_maps", weights, params.layer), test, layer)
    if params.view == "whole":
        digit = None if params.digit == "answer" else int(params.digit)
        neuron = params.neuron if params.traced == "hidden" else None
        whole = whole_network(network_of(weights_of(params)), PixelPictures(seen[None])[:][0, 0], digit, neuron)
        shown |= {
            "whole": whole,
            "made_of": whole.made_of(params.traced),
            "stronger": int(np.sum(whole.hidden > whole.hidden[whole.unit])),
        }
    return FeatureMapsFrame(**shown, finished=True)


def _picture(params: FeatureMapsParams, test: Digits) -> Generator[Progress, None, tuple[np.ndarray, np.ndarray, int]]:
    """A generator that returns the canvas (112, 112), the image (28, 28) in bytes, and its label (−1 for a drawing)."""
    if not params.is_drawn:
        return np.zeros((CANVAS, CANVAS), np.uint8), test.images[params.index], int(test.labels[params.index])
    drawn = yield from inking(params.drawing, BRUSH)
    canvas, picture = (np.round(one * INK).astype(np.uint8) for one in (drawn, preprocessed(drawn)))
    return canvas, picture, -1


def _answered(
    params: FeatureMapsParams, picture: np.ndarray, seen: np.ndarray, muted: tuple[int, int] | None
) -> dict[str, Any]:
    """The frame's fields about the maps of the selected layer and the network's answer, for the image ``seen``, of
    which a part may be covered.

    ``picture`` is the uncovered image, whose answer is shown for comparison. ``muted`` is a map set to 0, as layer and
    map number.
    """
    layer, chosen = params.at, params.map
    weights = weights_of(params)
    through = passed_through(weights, seen[None], muted)
    maps = through[layer.number][0].reshape(layer.count, layer.side, layer.side)
    flat = maps.reshape(layer.count, -1)
    peaks, full = flat.max(axis=1), float(np.abs(maps).max()) or 1.0
    has_filter = params.layer != "hidden"
    before = [PixelPictures(seen[None])[0:1][0], *(found[0] for found in through)][layer.number]
    convolution, scores = network_of(weights).params, through[-1][0]
    y = softmax(scores)
    is_whole = seen is picture and muted is None
    whole = y if is_whole else softmax(passed_through(weights, picture[None])[-1][0])
    answer, whole_answer = int(y.argmax()), int(whole.argmax())
    return {
        "maps": maps,
        "full": full,
        "sheet": None if params.view == "whole" else layer.sheet(maps / full, params.muted_map),
        "peaks": peaks,
        "peak_places": np.stack(np.divmod(flat.argmax(axis=1), layer.side), axis=1),
        "strongest": int(peaks.argmax()),
        "answering": int(np.sum(peaks > 0)),
        "count": layer.count,
        "side": layer.side,
        "field_side": layer.field.side,
        # The first layer has one map coming in, the picture; ReLU and pooling take each map by itself.
        "incoming": before[chosen if len(before) > 1 else 0] if has_filter else None,
        "filter": convolution["W1"][chosen, 0] if has_filter else None,
        "bias": float(convolution["b1"][chosen]) if has_filter else None,
        "scores": scores,
        "probabilities": y,
        "answer": answer,
        "confidence": float(y[answer]),
        "whole_answer": whole_answer,
        "whole_confidence": float(whole[whole_answer]),
        "left": float(y[whole_answer]),
    }


_kept: dict[tuple[object, ...], dict[str, Any]] = {}
_MOST_KEPT, _MOST_ASKED = 12, 4


def _occluded(ink: bytes, size: int, fill: int, answer: int, weights: Weights, muted: tuple[int, int] | None) -> Work:
    """A generator that returns the frame's fields about occlusion: for each place of the cover the probability of
    ``answer``.
    """
    key = (ink, size, fill, answer, weights, muted)
    if key not in _kept:
        rows = list(covered_everywhere(np.frombuffer(ink, np.uint8).reshape(SIDE, SIDE), size, fill))
        at_once, found = max(1, _COVERS_AT_ONCE // len(rows)), []
        for start in range(0, len(rows), at_once):
            scores = passed_through(weights, np.concatenate(rows[start : start + at_once]), muted)[-1]
            found.append(softmax(scores))
            yield Progress(_COVERING, min(1.0, (start + at_once) / len(rows)))
        y = np.concatenate(found).reshape(len(rows), len(rows), -1)
        chances, answers = y[..., answer], y.argmax(axis=-1)
        place = divmod(int(chances.argmin()), len(rows))
        if len(_kept) >= _MOST_KEPT:
            del _kept[next(iter(_kept))]
        _kept[key] = {
            "chances": chances,
            "answers": answers,
            "changing": int(np.sum(answers != answer)),
            "least": float(chances[place]),
            "least_place": place,
        }
    return _kept[key]


def _strongest(params: FeatureMapsParams, test: Digits) -> Work:
    """A generator that returns the patches of test digits to which the map responds most strongly, at most one per
    digit.
    """
    asked = yield from _asking(weights_of(params), test)
    values, cells = (found[:, params.map] for found in asked[params.layer])
    best = np.argsort(-values, kind="stable")[:PIECES]
    places = np.stack(np.divmod(cells[best], params.side), axis=1)
    field = params.at.field
    around = AROUND if field.side < SIDE else 0
    padded = np.pad(test.images[best], ((0, 0), (around, around), (around, around)))
    starts, cut = places * field.jump, field.side + 2 * around
    cuts = zip(padded, starts, strict=True)
    pieces = np.stack([one[top : top + cut, left : left + cut] for one, (top, left) in cuts])
    return {
        "pieces": pieces,
        "piece_frame": around,
        "piece_values": values[best],
        "piece_images": best,
        "piece_labels": test.labels[best].astype(int),
        "piece_places": places,
        "piece_mean": np.rint(pieces.mean(axis=0)).astype(np.uint8),
        "kinds": len(set(test.labels[best].tolist())),
    }


_asked: dict[Weights, dict[str, tuple[np.ndarray, ...]]] = {}


def _asking(weights: Weights, test: Digits) -> Generator[Progress, None, dict[str, tuple[np.ndarray, ...]]]:
    """A generator that returns each map's strongest response to each of the test digits, by layer name.

    For each layer there are two arrays (digits, maps): the largest value, and the flat index of its cell.
    """
    if weights not in _asked:
        layers = layers_of(weights if isinstance(weights, KeptNetwork) else None)
        found: dict[str, list[tuple[np.ndarray, np.ndarray]]] = {name: [] for name in layers}
        for start in range(0, ASKED, _AT_ONCE):
            through = passed_through(weights, test.images[start : start + _AT_ONCE])
            for name, layer in layers.items():
                flat = through[layer.number].reshape(_AT_ONCE, layer.count, -1)
                found[name].append((flat.max(axis=2), flat.argmax(axis=2)))
            yield Progress(_ASKING, (start + _AT_ONCE) / ASKED)
        if len(_asked) >= _MOST_ASKED:
            del _asked[next(iter(_asked))]
        _asked[weights] = {name: tuple(map(np.concatenate, zip(*parts, strict=True))) for name, parts in found.items()}
    return _asked[weights]
