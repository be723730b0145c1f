"""Values between two processes: what goes over is what comes, arrays stay the same, and no bytes do any harm."""

from __future__ import annotations

import json
import os
import threading

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from engine.sandbox.link import Link
from engine.sandbox.values import LARGEST_ARRAY, Exchange, Malformed, Remote, Unsent, type_name

_NUMBERS = arrays.arrays(
    st.sampled_from((np.float64, np.float32, np.int64, np.uint8, np.bool_, np.complex128)),
    arrays.array_shapes(min_dims=0, max_dims=3, max_side=4, min_side=0),
)
_PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats() | st.complex_numbers() | st.text()
    | _NUMBERS,
    lambda inner: st.lists(inner) | st.lists(inner).map(tuple) | st.dictionaries(st.text(), inner),
)  # fmt: skip


def _both() -> tuple[Exchange, Exchange]:
    return Exchange(None, lambda _: True), Exchange(None, lambda _: True)


def _same(one: object, other: object) -> bool:
    if isinstance(one, np.ndarray):
        same = isinstance(other, np.ndarray) and one.dtype == other.dtype and one.shape == other.shape
        return same and one.tobytes() == other.tobytes()
    if isinstance(one, (list, tuple)):
        return type(one) is type(other) and len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(_same(value, other[key]) for key, value in one.items())
    return type(one) is type(other) and repr(one) == repr(other)


@given(_PLAIN)
def test_a_value_comes_as_it_went(value):
    here, there = _both()
    assert _same(there.unpacked(here.packed({"value": value}))["value"], value)


@given(st.sampled_from((np.float32(0.1), np.int8(-3), np.float64(1e300), np.bool_(True), np.complex64(1j))))
def test_a_number_of_numpy_s_keeps_its_type(number):
    here, there = _both()
    came = there.unpacked(here.packed({"value": number}))["value"]
    assert type(came) is type(number) and came == number


def test_an_array_that_comes_back_is_the_same_one_with_what_was_written_into_it():
    here, there = _both()
    mine, other = np.zeros((2, 3)), np.ones(2)
    came = there.unpacked(here.packed({"value": [mine, other]}))["value"]
    came[0][1, 2] = 7.0
    back = here.unpacked(there.packed({"value": came[0]}))["value"]
    assert back is mine and mine[1, 2] == 7.0 and other.tolist() == [1.0, 1.0]


def test_what_is_written_on_either_side_is_seen_on_the_other_with_the_next_message():
    here, there = _both()
    mine = np.zeros(3)
    theirs = there.unpacked(here.packed({"value": mine}))["value"]
    mine[0] = 1.0
    there.unpacked(here.packed({}))
    assert theirs.tolist() == [1.0, 0.0, 0.0]
    theirs[1] = 2.0
    here.unpacked(there.packed({}))
    assert mine.tolist() == [1.0, 2.0, 0.0]


def test_a_dictionary_that_comes_back_is_the_same_one_and_holds_what_it_holds_there():
    here, there = _both()
    weights = np.ones(2)
    params = {"W": weights, "b": np.zeros(1)}
    came = there.unpacked(here.packed({"value": params}))["value"]
    came["W"] = came["W"] * 3
    came["new"] = 5
    back = here.unpacked(there.packed({"value": came}))["value"]
    assert back is params and params["W"] is not weights and params["W"].tolist() == [3.0, 3.0]
    assert params["new"] == 5 and weights.tolist() == [1.0, 1.0]


def test_what_nobody_holds_any_more_is_let_go_on_both_sides():
    here, there = _both()
    for _ in range(100):
        there.unpacked(here.packed({"value": [np.ones(3), {"a": 1}, object()]}))
        here.unpacked(there.packed({}))
    assert len(here._known) <= 6 and len(there._known) <= 6


def test_a_side_that_lets_nothing_go_gets_no_more_arrays_in_the_end():
    here, there = _both()
    came = [there.unpacked(here.packed({"value": np.zeros(10**6)}))["value"] for _ in range(40)]
    assert sum(isinstance(one, np.ndarray) for one in came) == 2**27 // (8 * 10**6)
    assert isinstance(came[-1], Unsent) and came[-1].shape == (10**6,)


def test_of_what_is_too_large_or_no_number_only_type_and_shape_are_told():
    here, there = _both()
    large = np.zeros(LARGEST_ARRAY // 8 + 1)
    for value, kind, shape in ((large, "ndarray", large.shape), (np.array([object()]), "ndarray", (1,)),
                               (10**400, "int", ()), ("x" * 10**6, "str", ())):  # fmt: skip
        came = there.unpacked(here.packed({"value": value}))["value"]
        assert isinstance(came, Unsent) and (came.kind, came.shape) == (kind, shape)


def test_an_object_is_stood_for_and_its_type_keeps_its_name():
    here, there = _both()
    came = there.unpacked(here.packed({"value": {1, 2}}))["value"]
    assert isinstance(came, Remote) and type_name(came) == "set"
    with pytest.raises(AttributeError):
        came.__array__  # noqa: B018 - NumPy asks everything for it
    with pytest.raises(TypeError):
        float(came)


@given(st.binary(max_size=200))
def test_no_bytes_are_taken_for_anything_but_a_message(data):
    with pytest.raises(Malformed):
        Exchange(None, lambda _: True).unpacked(data)


_HEADS = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.floats() | st.sampled_from(
        ("a", "s", "c", "t", "l", "d", "o", "r", "z", "<f8", "|O", "V8", "<U9", "x", "00")),
    lambda inner: st.lists(inner, max_size=5),
)  # fmt: skip


@given(_HEADS, st.lists(st.lists(_HEADS, min_size=3, max_size=3), max_size=2), st.lists(_HEADS, max_size=3))
def test_whatever_a_message_says_it_is_read_or_malformed(value, heads, gone):
    head = json.dumps([{"value": value}, heads, gone]).encode()
    here = Exchange(None, lambda _: True)
    here.packed({"value": [np.ones(2), {}, len]})
    try:
        came = here.unpacked(len(head).to_bytes(4, "little") + head)["value"]
    except Malformed:
        return
    assert came is None or isinstance(
        came, (bool, int, float, complex, str, list, tuple, dict, np.ndarray, np.generic, Remote, Unsent)
    ) or came is len  # fmt: skip


@pytest.mark.parametrize(
    "plain",
    ["[" * 100_000 + "]" * 100_000, '{"value": ' + '["l", [' * 5_000 + "1" + "]]" * 5_000 + "}",
     '{"value": ["l", [' + "1," * 300_000 + "1]]}", '{"value": ' + "9" * 5_000 + "}"],
    ids=["deep", "deep in lists", "long", "long number"],
)  # fmt: skip
def test_depth_and_length_have_limits(plain):
    head = f"[{plain}, [], []]".encode()
    with pytest.raises(Malformed):
        Exchange(None, lambda _: True).unpacked(len(head).to_bytes(4, "little") + head)


def test_an_array_cannot_become_another_one_and_no_array_is_larger_than_what_came():
    here, there = _both()
    there.unpacked(here.packed({"value": np.ones(2)}))
    for heads in ([[-1, "<f8", [3]]], [[-1, "<f4", [2]]], [[-5, "<f8", [2]]], [[7, "<f8", [2**40]]],
                  [[7, "<f8", [2**20, 2**20]]], [[7, "|O", [1]]], [[7, "<f8", [-1]]]):  # fmt: skip
        head = json.dumps([{}, heads, []]).encode()
        with pytest.raises(Malformed):
            here.unpacked(len(head).to_bytes(4, "little") + head + bytes(24))


class _Side(Link):
    def served(self, message):
        return self.carried_out(message)

    def taken(self, message):
        return message["value"]


def test_both_sides_can_ask_while_the_other_waits():
    here_reads, there_writes = os.pipe()
    there_reads, here_writes = os.pipe()
    here, there = _Side(here_reads, here_writes), _Side(there_reads, there_writes)

    def serve() -> None:
        message = there.receive()
        there.send(there.served(message))

    def twice(function: object, x: np.ndarray) -> np.ndarray:
        return function(function(x))

    there.exchange.packed({"value": twice})  # by its number, 1, the other side can ask for it
    server = threading.Thread(target=serve)
    server.start()
    try:
        assert Remote(here, -1, "function")(lambda x: x * 2, np.array([1.0, 2.0])).tolist() == [4.0, 8.0]
    finally:
        server.join()
        for pipe in (here_reads, there_writes, there_reads, here_writes):
            os.close(pipe)
