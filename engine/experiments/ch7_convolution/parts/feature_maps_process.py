"""What the network of `feature_maps` makes of a picture, of the same picture covered everywhere, and of a test set."""

from __future__ import annotations

import copy
from collections.abc import Generator
from functools import cache

import numpy as np

from engine.contract.pieces import Progress, Streams, Text
from engine.data.cnn_weights import load_cnn
from engine.data.digits import SIDE, Digits, loading_digits
from engine.data.pixel_rows import PixelPictures
from engine.data.preprocessing import preprocessed
from engine.data.strokes import CANVAS, inking
from engine.experiments.ch7_convolution.parts.feature_maps_params import (
    BRUSH,
    SIDES,
    FeatureMapsFrame,
    FeatureMapsParams,
)
from engine.nn import Network, conv_network, softmax
from engine.nn.occlusion import covered, covered_everywhere

ASKED = 2000
"""So many test digits are searched for what a map answers to."""
PIECES = 12
AROUND = 4
"""Pixels around a piece of a digit, so that one sees where it comes from."""
INK = 255
_AT_ONCE, _COVERS_AT_ONCE = 25, 60
_LAYERS = {"conv": 0, "relu": 1, "pool": 2, "hidden": 4}
_LEVELS = 127
_COVERING = Text("Covering every place in turn", "正在依次遮住每个位置")
_ASKING = Text("Asking 2,000 test digits", "正在看 2000 个测试数字")
Work = Generator[Progress, None, dict[str, object]]


@cache
def network_of(weights: str) -> Network:
    """The ``trained`` network, or the ``untrained`` one, as it is before the first update; never to be run itself."""
    return load_cnn() if weights == "trained" else conv_network(Streams(0).weights)


def passed_through(weights: str, x: np.ndarray, layer: str = "", muted: int | None = None) -> list[np.ndarray]:
    """What each layer makes of pictures (N, 1, 28, 28), the scores (N, 10) last.

    A ``muted`` map of a ``layer`` is 0 for the layers behind it, and as it was in what is given out.
    """
    found = []
    # Layers keep what they were given for the way back, and a run and a question of the guide may be at work together.
    for number, one in enumerate(copy.copy(each) for each in network_of(weights).layers):
        x = one.forward(x)
        found.append(x)
        if muted is not None and number == _LAYERS[layer]:
            x = x.copy(order="K")
            x[:, muted] = 0
    return found


def framing(params: FeatureMapsParams) -> Generator[Progress, None, FeatureMapsFrame]:
    """The frame, with progress where something takes long; what was found once is kept."""
    test = yield from loading_digits("test")
    network_of(params.weights)
    canvas, picture, label = yield from _picture(params, test)
    fill = INK if params.fill == "ink" else 0
    seen = covered(picture, *params.cover, params.size, fill) if params.is_covered else picture
    shown: dict[str, object] = {"canvas": canvas, "picture": picture, "seen": seen, "label": label}
    shown["cover_side"] = params.size if params.is_covered else 0
    shown |= _answered(params, picture, seen)
    if params.view == "occlusion":
        key = (params.weights, params.layer, params.muted_map)
        shown |= yield from _occluded(picture.tobytes(), params.size, fill, int(shown["whole_answer"]), *key)
        shown["chance_tints"] = np.rint((shown["chances"] - shown["whole_confidence"]) * _LEVELS).astype(np.int8)
    else:
        shown |= _no_occlusion()
    if params.view == "strongest":
        shown |= yield from _strongest(params, test)
    else:
        shown |= _no_pieces()
    return FeatureMapsFrame(**shown, finished=True)


def _picture(params: FeatureMapsParams, test: Digits) -> Generator[Progress, None, tuple[np.ndarray, np.ndarray, int]]:
    """Ink of the canvas, the picture (28, 28) in bytes, and its label."""
    if not params.is_drawn:
        return np.zeros((CANVAS, CANVAS), np.uint8), test.images[params.index], int(test.labels[params.index])
    drawn = yield from inking(params.drawing, BRUSH)
    canvas, picture = (np.round(one * INK).astype(np.uint8) for one in (drawn, preprocessed(drawn)))
    return canvas, picture, -1


def _answered(params: FeatureMapsParams, picture: np.ndarray, seen: np.ndarray) -> dict[str, object]:
    """The maps and what comes out at the end, for the picture as it is seen and as a whole."""
    through = passed_through(params.weights, PixelPictures(seen[None])[:], params.layer, params.muted_map)
    number, side = _LAYERS[params.layer], SIDES[params.layer]
    maps = through[number][0].reshape(-1, side, side)
    flat = maps.reshape(len(maps), -1)
    peaks = flat.max(axis=1)
    # What comes in: the picture itself, or the same map of the layer before.
    before = PixelPictures(seen[None])[:][0, 0] if number == 0 else through[number - 1][0]
    convolution = network_of(params.weights).params
    in_maps = params.layer != "hidden"
    scores = through[-1][0]
    y = softmax(scores)
    whole = softmax(passed_through(params.weights, PixelPictures(picture[None])[:])[-1][0])
    answer, whole_answer = int(np.argmax(y)), int(np.argmax(whole))
    return {
        "maps": maps,
        "tints": _tints(maps),
        "peaks": peaks,
        "peak_places": np.stack(np.divmod(flat.argmax(axis=1), side), axis=1),
        "strongest": int(np.argmax(peaks)) + 1,
        "answering": int(np.sum(peaks > 0)),
        "count": len(maps),
        "side": side,
        "field_side": params.field.side,
        "incoming": np.zeros((0, 0)) if not in_maps else before if number == 0 else before[params.map - 1],
        "filter": convolution["W1"][params.map - 1, 0] if in_maps else np.zeros((0, 0)),
        "bias": float(convolution["b1"][params.map - 1]) if in_maps else 0.0,
        "scores": scores,
        "probabilities": y,
        "answer": answer,
        "confidence": float(y[answer]),
        "whole_answer": whole_answer,
        "whole_confidence": float(whole[whole_answer]),
        "left": float(y[whole_answer]),
    }


def _tints(values: np.ndarray) -> np.ndarray:
    """Numbers as bytes from −127 to 127, the largest size of all with 127."""
    most = float(np.max(np.abs(values), initial=0.0)) or 1.0
    return np.rint(values * (_LEVELS / most)).astype(np.int8)


def _no_occlusion() -> dict[str, object]:
    nothing = np.zeros((0, 0))
    return {
        "chances": nothing, "chance_tints": nothing.astype(np.int8), "answers": nothing.astype(int), "changing": 0,
        "least": 1.0, "least_place": (0, 0),
    }  # fmt: skip


_kept: dict[tuple[object, ...], dict[str, object]] = {}
_MOST_KEPT = 12


def _occluded(ink: bytes, size: int, fill: int, answer: int, weights: str, layer: str, muted: int | None) -> Work:
    """What is left of the probability of ``answer`` for every place of the cover."""
    key = (ink, size, fill, answer, weights, None if muted is None else layer, muted)
    if key not in _kept:
        picture = np.frombuffer(ink, np.uint8).reshape(SIDE, SIDE)
        rows, found, waiting = list(covered_everywhere(picture, size, fill)), [], []
        for number, row in enumerate(rows, start=1):
            waiting.append(row)
            if sum(map(len, waiting)) >= _COVERS_AT_ONCE or number == len(rows):
                x = PixelPictures(np.concatenate(waiting))[:]
                found.append(softmax(passed_through(weights, x, layer, muted)[-1]))
                waiting = []
                yield Progress(_COVERING, number / len(rows))
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


def _no_pieces() -> dict[str, object]:
    empty, whole = np.zeros(0), np.zeros(0, int)
    return {
        "pieces": np.zeros((0, 0, 0), np.uint8), "piece_frame": 0, "piece_values": empty, "piece_images": whole,
        "piece_labels": whole, "piece_places": np.zeros((0, 2), int), "piece_tints": np.zeros((0, 0, 0), np.int8),
        "piece_mean": np.zeros((0, 0), np.uint8), "kinds": 0,
    }  # fmt: skip


def _strongest(params: FeatureMapsParams, test: Digits) -> Work:
    """The pieces of the first test digits to which a map answers most strongly, one of each digit at the most."""
    peaks = yield from _asking(params.weights, test)
    values, cells = peaks[params.layer]
    number, side, field = params.map - 1, SIDES[params.layer], params.field
    best = np.argsort(-values[:, number], kind="stable")[:PIECES]
    places = np.stack(np.divmod(cells[best, number], side), axis=1)
    around = AROUND if field.side < SIDE else 0
    padded = np.pad(test.images[best], ((0, 0), (around, around), (around, around)))
    cut = field.side + 2 * around
    pieces = np.stack([
        picture[top : top + cut, left : left + cut]
        for picture, (top, left) in zip(padded, places * field.jump, strict=True)
    ])  # fmt: skip
    return {
        "pieces": pieces,
        "piece_frame": around,
        "piece_values": values[best, number],
        "piece_images": best,
        "piece_labels": test.labels[best].astype(int),
        "piece_places": places,
        "piece_tints": _tints(network_of(params.weights).params["W1"][number : number + 1, 0])
        if params.layer != "hidden" else np.zeros((0, 0, 0), np.int8),
        "piece_mean": np.rint(pieces.mean(axis=0)).astype(np.uint8),
        "kinds": len(set(test.labels[best].tolist())),
    }  # fmt: skip


_asked: dict[str, dict[str, tuple[np.ndarray, np.ndarray]]] = {}


def _asking(weights: str, test: Digits) -> Generator[Progress, None, dict[str, tuple[np.ndarray, np.ndarray]]]:
    """For each layer the largest number (digits, maps) of every map for every digit, and the cell where it is."""
    if weights not in _asked:
        pictures = PixelPictures(test.images[:ASKED])
        found: dict[str, list[tuple[np.ndarray, np.ndarray]]] = {layer: [] for layer in _LAYERS}
        for start in range(0, ASKED, _AT_ONCE):
            through = passed_through(weights, pictures[start : start + _AT_ONCE])
            for layer, number in _LAYERS.items():
                flat = through[number].reshape(_AT_ONCE, -1, SIDES[layer] ** 2)
                cells = flat.argmax(axis=2)
                found[layer].append((np.take_along_axis(flat, cells[..., None], 2)[..., 0], cells))
            yield Progress(_ASKING, (start + _AT_ONCE) / ASKED)
        _asked[weights] = {
            layer: tuple(np.concatenate(parts) for parts in zip(*pieces, strict=True))
            for layer, pieces in found.items()
        }
    return _asked[weights]
