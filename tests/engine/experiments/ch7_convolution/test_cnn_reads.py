"""While `cnn` learns it reads the learner's digit: what it says is what the network of that very frame says."""

from __future__ import annotations

import numpy as np
import pytest

from engine.contract.catalogue import load
from engine.contract.run import Run
from engine.data.pixel_rows import PixelPictures
from engine.data.plain_digits import OPEN_FOUR, PLAIN
from engine.data.preprocessing import preprocessed
from engine.data.strokes import ink
from engine.experiments.ch7_convolution.cnn.params import BRUSH, CnnParams
from engine.guides.guide import load_guide
from engine.networks.kept import ORDER
from engine.networks.layers import built
from engine.nn import softmax
from engine.playing import Player
from tests.frames import frames_equal

SMALL = {"filters": 3, "hidden": 8}


def _run(**more) -> Player:
    return Player(load("cnn"), Run("cnn", CnnParams(**{**SMALL, **more}), seed=2))


def _seen(strokes) -> np.ndarray:
    return np.round(preprocessed(ink(strokes, BRUSH)) * 255).astype(np.uint8)[None]


@pytest.mark.parametrize(
    "more", [{}, {"batch_norm": True, "dropout": 0.3}, {"pixels": "permuted"}], ids=["plain", "normalized", "permuted"]
)
def test_every_frame_says_what_its_network_says(more):
    player = _run(reads=True, **more)
    for steps in (0, 1, 1, 3):
        frame = player.go(steps)
        kept = player.network()
        x = PixelPictures(_seen(OPEN_FOUR), kept.arrays.get(ORDER))[:]
        scores = built(kept.layers, kept.arrays).predict(x)[0]
        assert np.array_equal(frame.drawn_scores, scores)
        assert np.array_equal(frame.drawn_probabilities, softmax(scores.astype(np.float64)))
        assert frame.drawn_answer == scores.argmax()
        assert frame.drawn_confidence == frame.drawn_probabilities.max()
        assert f"{frame.drawn_answer} (" in player.experiment.headline(player.params, frame).render("en")
        assert "drawing" in [table.name for table in player.experiment.main_tables(player.params, frame)]


def test_reading_a_digit_changes_nothing_of_what_is_learned_and_can_begin_and_change_on_the_way():
    plain, reading = _run(), _run()
    plain.go(2), reading.go(2)
    reading.change("reads", True)
    assert np.array_equal(reading.go(0).canvas, np.round(ink(OPEN_FOUR, BRUSH) * 255))
    reading.go(1)
    reading.change("drawing", [[list(place) for place in stroke] for stroke in PLAIN[3]])
    frame = reading.go(0)
    assert np.array_equal(frame.canvas, np.round(ink(PLAIN[3], BRUSH) * 255))
    reading.change("drawing", [])
    assert not reading.go(0).canvas.any()
    reading.change("reads", False)
    one, other = plain.go(4), reading.go(3)
    assert frames_equal(one, other)
    assert other.drawn_answer is None and other.canvas is None
    kept, after = plain.network(), reading.network()
    assert all(after.arrays[name].tobytes() == values.tobytes() for name, values in kept.arrays.items())


def test_a_goal_does_not_mind_that_a_digit_is_read():
    cnn, goal = load("cnn"), load_guide("cnn", "en").goals[0]
    player = _run(reads=True, drawing=PLAIN[3], optimizer="SGD")
    assert goal.standing(cnn, player.params, player.go(0)).others == ("optimizer",)
