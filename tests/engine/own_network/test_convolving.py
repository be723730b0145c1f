"""The training of a CNN of one's own: what it tells is foreign, and what is kept of it answers as the file does."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.exercises.verdict import Failure
from engine.networks.digit_reader import why_no_digits
from engine.networks.map_reader import why_no_maps
from engine.own_network import convolving
from engine.own_network.checking import NetworkCheck, read_network
from engine.own_network.convolving import ENOUGH, UPDATES, Convolved, learn_by_convolution
from engine.own_network.stations import stations
from engine.sandbox.cancellable import Cancelled
from engine.sandbox.whole_file import whole_of

pytestmark = pytest.mark.long

_RIGHT = Path(__file__).parent / "right" / "by_chapter_7.py"
_ANSWERS = "            x = layer.forward(x)\n        return x\n"
_STATION = next(one for one in stations() if one.does == "convolves")


class _Told:
    """A training that tells what it is given."""

    def __init__(self, losses=None, answer=None):
        self.losses, self.answer, self.rows = losses, answer, []

    def stepwise(self):
        return self

    def add(self, images, labels):
        assert images.shape[1:] == (1, 28, 28) and labels.shape == (len(images), 10)

    def begin(self, seed, name):
        assert name == "SimpleConvNet"

    def choose(self, rate):
        assert 0 < rate < 1

    def learn(self, batches):
        self.rows += [row for batch in batches for row in batch]
        return [2.3] * len(batches) if self.losses is None else self.losses

    def predict(self, x):
        return np.zeros((len(x), 10)) if self.answer is None else self.answer

    def params(self):
        return {}


def test_every_training_digit_is_learned_from_once():
    told, curves = _Told(), []
    learned = learn_by_convolution(told, lambda one: curves.append(len(one.tested)))
    assert sorted(told.rows) == list(range(convolving.IMAGES))
    assert learned.updates == UPDATES and learned.kept is None and len(learned.more) == 1
    assert curves == sorted(curves) and curves[-1] == len(learned.curves.accuracies) > 10


@pytest.mark.parametrize("losses", [[float("nan")], ["1", None, 7], 5, [2.3] * 999])
def test_losses_that_make_no_sense_are_left_out(losses):
    curves = learn_by_convolution(_Told(losses)).curves
    assert curves.updates == sorted(set(curves.updates)) and set(curves.updates) <= set(range(1, UPDATES + 1))
    assert len(curves.losses) == len(curves.updates) and set(curves.losses) <= {2.3}


@pytest.mark.parametrize("answer", [np.zeros((5, 10)), np.zeros(10), "text", np.full((200, 10), "a"), 1.0])
def test_answers_of_another_form_are_a_failure(answer):
    learned = learn_by_convolution(_Told(answer=answer))
    assert isinstance(learned, Failure) and learned.kind == "shape"


def test_who_had_no_time_for_all_updates_is_told_so_and_not_blamed(monkeypatch):
    monkeypatch.setattr(convolving, "_SECONDS", 0.0)
    learned = learn_by_convolution(_Told())
    assert learned.updates == 0 and learned.is_enough and "750" in learned.more[0].render("en")
    assert not Convolved(ENOUGH - 0.01, UPDATES).is_enough and Convolved(ENOUGH, UPDATES).is_enough


def test_what_is_kept_of_a_right_network_is_read_by_the_experiments(monkeypatch):
    monkeypatch.setattr(convolving, "UPDATES", 10)
    monkeypatch.setattr(convolving, "_batches", lambda: np.arange(200).reshape(10, 20).tolist())
    learned = learn_by_convolution(whole_of(read_network(_RIGHT)))
    kept = learned.kept
    assert kept is not None and kept.kind == "conv" and why_no_maps(kept) is None and why_no_digits(kept) is None


def test_a_training_is_cancelled_from_another_thread():
    check = NetworkCheck(_RIGHT, read_network(_RIGHT))
    try:
        learned = check.do(_STATION, lambda _: check.cancel())
    except Cancelled:
        return
    assert isinstance(learned, Failure)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (_ANSWERS, f"{_ANSWERS[:-3]} np.zeros(10**7)\n"),
        (_ANSWERS, f"{_ANSWERS[:-3]} [[print('x' * 10**6)]] * 10**6\n"),
        ("        return grads\n", "        return {}\n"),
        ("        return grads\n", "        return {k: 'much' for k in grads}\n"),
        ("        self.params = {}\n", "        self.params = [1, 2]\n"),
        ("        self.params = {}\n", "        raise SystemExit(7)\n"),
        ("        return cross_entropy_error(self.y, self.t)\n", "        return 'much'\n"),
    ],
)  # fmt: skip
def test_a_hostile_network_is_a_failure(old, new):
    source = read_network(_RIGHT)
    assert old in source
    found = NetworkCheck(_RIGHT, source.replace(old, new)).do(_STATION)
    assert isinstance(found, Failure), found
