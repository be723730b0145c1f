"""Records of the engine come out of a foreign process as they are, and nothing else comes."""

from __future__ import annotations

import enum
import json
import threading
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.contract.catalogue import load
from engine.contract.run import Change, Run
from engine.playing import Player
from engine.sandbox.records import Distrusted, RecordPacker, RecordUnpacker
from tests.bilingual import both
from tests.frames import frames_equal
from tests.walk import EXPERIMENT_IDS


@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
def test_frames_come_as_they_went_and_own_their_arrays(experiment_id):
    experiment = load(experiment_id)
    params = experiment.params_type()
    player, packer, unpacker = Player(experiment, Run(experiment_id, params)), RecordPacker(), RecordUnpacker()
    for _ in range(3):
        frame = player.go(1)
        came_params, came = unpacker.unpack(packer.pack((params, frame)))
        assert came_params == params and frames_equal(came, frame)
        assert experiment.owns(came_params, came)
        for value in vars(came).values():
            assert not isinstance(value, np.ndarray) or (value.base is None and not value.flags.writeable)


@pytest.mark.parametrize("value", [0.5, "he", (1, 2), True, None])
def test_changes_in_a_run_come_as_they_went_whatever_was_set(value):
    journal = (Change(3, "learning_rate", value), Change(5, "weights[0][1,2]", 1.5))
    assert RecordUnpacker().unpack(RecordPacker().pack(journal)) == journal


def test_an_array_that_comes_again_is_not_sent_again_and_is_the_same():
    packer, unpacker = RecordPacker(), RecordUnpacker()
    chart = np.arange(1000.0)
    chart.setflags(write=False)
    first, second = packer.pack((1, chart)), packer.pack((2, chart))
    assert len(first) > 8000 > 200 > len(second)
    assert unpacker.unpack(first)[1] is unpacker.unpack(second)[1]


def _said(value: object, data: bytes = b"") -> bytes:
    head = json.dumps(value).encode()
    return len(head).to_bytes(4, "little") + head + data


@dataclass
class _Outside:
    x: int


class _Kind(enum.Enum):
    ONE = 1


@pytest.mark.parametrize(
    "value",
    [
        ["r", "os", "stat_result", []],
        ["r", "engine.playing", "Player", []],
        ["r", "engine.contract.run", "Path", []],
        ["r", "engine.contract.run", "json.loads", []],
        ["r", "engine.contract.text", "Text", ["a", "b"]],
        ["r", "engine.contract.text", "Text", [1, "b", ["d", []]]],
        ["r", "engine.contract.text", "Text", ["{n:9999999}", "{n}", ["d", [["n", 1]]]]],
        ["r", "engine.contract.run", "Change", ["0", "x", 1]],
        ["r", "engine.no.such.module", "Change", []],
        ["r", "engine", "Change", []],
        ["r", "engine.contract.run;import os", "Change", []],
        ["e", "engine.contract.run", "Run", "x"],
        ["e", "http", "HTTPStatus", "OK"],
        ["n", 5],
        ["a", "|O", [1], 0],
        ["a", "<f8", [2**50], 0],
        ["a", "<f8", [2, -1], 0],
        ["a", "<f8", [3], 0],
        ["d", [[["l", []], 1]]],
        ["z"],
        {"a": 1},
    ],
)
def test_what_is_no_record_of_the_engine_is_not_made(value):
    with pytest.raises(Distrusted):
        RecordUnpacker().unpack(_said(value, bytes(16)))


@pytest.mark.parametrize("value", [_Outside(1), _Kind.ONE, Path("/"), threading.Lock(), len])
def test_what_is_no_record_is_not_packed_or_not_read(value):
    with pytest.raises((Distrusted, TypeError)):
        RecordUnpacker().unpack(RecordPacker().pack(value))


@pytest.mark.parametrize(
    "head",
    ["[" * 100_000 + "]" * 100_000, '["l",[' * 500 + "1" + "]]" * 500, "9" * 5_000, "", "nul", '"\\ud800"'],
    ids=["deep", "deep in records", "long number", "empty", "cut", "half a character"],
)
def test_depth_and_size_have_limits(head):
    data = head.encode()
    try:
        assert RecordUnpacker().unpack(len(data).to_bytes(4, "little") + data) == "\ud800"
    except Distrusted:
        return


@given(st.binary(max_size=100))
def test_no_bytes_are_taken_for_a_record(data):
    try:
        value = RecordUnpacker().unpack(data)
    except Distrusted:
        return
    assert value is None or isinstance(value, (bool, int, float, str))


def test_templates_keep_their_numbers():
    text = both("step {n:,}", "第 {n} 步")(n=1234)
    assert RecordUnpacker().unpack(RecordPacker().pack(text)).render("en") == "step 1,234"
