"""Frames own their arrays, are compared bit for bit, and their arrays can be listed."""

from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pytest

from engine.contract.frame import Frame, arrays_of, flattened, frame_fields, quantity
from engine.contract.run import Run
from engine.contract.text import untranslated
from engine.playing import Player
from tests.dummies import Playground, PlaygroundParams
from tests.frames import frames_equal, leaves_of


@dataclass(frozen=True)
class Layer:
    name: str
    weights: np.ndarray


class Rich(Frame):
    plain: np.ndarray | None = quantity(default=None)
    several: tuple = quantity(default=())
    named: object = quantity(default=None)
    seconds: float = quantity("s", measured=True, default=0.0)
    gradients: np.ndarray | None = quantity(heavy=True, default=None)


WAYS_TO_HOLD_AN_ARRAY = {
    "field": lambda array: Rich(plain=array),
    "tuple": lambda array: Rich(several=(1, (array,))),
    "mapping": lambda array: Rich(named={"W": array}),
    "record": lambda array: Rich(named=Layer("first", array)),
    "tuple of records": lambda array: Rich(several=(Layer("first", array), Layer("second", np.zeros(2)))),
    "record in a mapping": lambda array: Rich(named=MappingProxyType({"layer": Layer("first", array)})),
}


@pytest.mark.parametrize("way", WAYS_TO_HOLD_AN_ARRAY)
def test_what_happens_to_an_array_later_does_not_reach_the_frame(way):
    array = np.arange(6.0)
    frame = WAYS_TO_HOLD_AN_ARRAY[way](array)
    array[:] = -1.0
    (kept, *_) = arrays_of(frame)
    assert kept.tolist() == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize("way", WAYS_TO_HOLD_AN_ARRAY)
def test_the_arrays_of_a_frame_cannot_be_written(way):
    for array in arrays_of(WAYS_TO_HOLD_AN_ARRAY[way](np.arange(6.0))):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 9.0


def test_a_view_of_a_larger_array_is_copied_even_where_it_is_read_only():
    large = np.arange(6.0)
    part = large[:2]
    part.setflags(write=False)
    frame = Rich(plain=part)
    large[0] = 9.0
    assert frame.plain.tolist() == [0, 1]


def test_an_array_that_nobody_can_write_is_shared_instead_of_copied():
    data = np.arange(6.0)
    data.setflags(write=False)
    assert Rich(plain=data).plain is Rich(plain=data).plain is data


def test_records_and_texts_without_arrays_to_copy_stay_the_same_objects():
    text = untranslated("W")
    assert Rich(named=text).named is text


def test_a_frame_is_the_same_after_a_hundred_more_updates():
    player = Player(Playground(), Run("playground", PlaygroundParams()))
    frame = player.go(50, heavy=True)
    before = {name: value.tobytes() for name, value in flattened(frame) if isinstance(value, np.ndarray)}
    later = player.go(100, heavy=True)
    after = {name: value.tobytes() for name, value in flattened(frame) if isinstance(value, np.ndarray)}
    assert before == after
    assert not frames_equal(frame, later)


def test_measured_times_are_left_out_of_comparisons():
    assert frames_equal(Rich(seconds=1.0), Rich(seconds=2.0))
    assert not frames_equal(Rich(update=1), Rich(update=2))


@pytest.mark.parametrize(
    "other",
    [
        np.array([1.0, 2.0, 4.0]),
        np.array([1, 2, 3]),
        np.array([1.0, 2.0, 3.0], dtype=np.float32),
        np.array([[1.0, 2.0, 3.0]]),
        None,
    ],
    ids=["value", "kind", "precision", "shape", "missing"],
)
def test_frames_differ_where_their_arrays_do(other):
    frame = Rich(plain=np.array([1.0, 2.0, 3.0]))
    assert frames_equal(frame, Rich(plain=np.array([1.0, 2.0, 3.0])))
    assert not frames_equal(frame, Rich(plain=other))


def test_what_is_not_a_number_equals_itself():
    nan = float("nan")
    assert frames_equal(Rich(named=nan, plain=np.array([nan])), Rich(named=float("nan"), plain=np.array([nan])))


def test_frames_of_different_kinds_differ():
    assert not frames_equal(Frame(), Rich())


def test_leaves_have_dotted_names():
    frame = Rich(named={"first": Layer("one", np.zeros(2))}, several=(Layer("two", np.ones(3)),))
    names = [name for name, _ in flattened(frame)]
    assert "named.first.weights" in names
    assert "several.0.name" in names
    assert "seconds" in names
    assert "seconds" not in leaves_of(frame)


def test_a_shared_array_is_listed_once():
    data = np.arange(4.0)
    data.setflags(write=False)
    assert len(arrays_of(Rich(plain=data, several=(data, data)))) == 1


def test_fields_tell_their_unit_and_whether_they_are_measured_or_heavy():
    fields = frame_fields(Rich)
    assert fields["seconds"] == {"unit": "s", "share": False, "measured": True, "heavy": False, "words": {}}
    assert fields["gradients"]["heavy"]
    assert "update" in fields
