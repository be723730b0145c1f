"""NPZ holds every field, without pickle."""

from __future__ import annotations

import io
import json

import numpy as np
import pytest

from engine.contract.frame import flattened
from engine.export import npz_format
from engine.export.npz_format import _array
from engine.export.record import Export


def loaded(export: Export) -> dict[str, np.ndarray]:
    (content,) = npz_format.write(export, "x.npz").values()
    with np.load(io.BytesIO(content), allow_pickle=False) as file:
        return dict(file)


def test_every_field_of_the_frame_is_in_it_nested_ones_with_dots(trained: Export) -> None:
    arrays = loaded(trained)
    leaves = {name: value for name, value in flattened(trained.frame) if not name.startswith("status")}
    missing = {name for name, value in leaves.items() if value is not None} - set(arrays)
    assert not missing
    assert {"curve.updates", "curve.stride", "weights.0", "weights.2"} <= set(arrays)
    for name, value in leaves.items():
        if isinstance(value, np.ndarray):
            assert arrays[name].dtype == value.dtype
            assert np.array_equal(arrays[name], value)


def test_a_status_is_its_kind_and_a_sentence(trained: Export) -> None:
    arrays = loaded(trained)
    assert arrays["status.kind"] == "diverged"
    assert arrays["status.text"] == "diverged"
    assert not [name for name in arrays if name.startswith("status.text.")]


def test_a_field_that_is_none_is_left_out(gates: Export) -> None:
    assert gates.frame.status is None
    assert not [name for name in loaded(gates) if name.startswith("status")]


def test_the_run_is_its_session_as_json(trained: Export) -> None:
    session = json.loads(str(loaded(trained)["run"]))
    assert session["seed"] == 3
    assert session["update"] == 30
    assert session["journal"] == [[10, "learning_rate", 6.0], [20, "weights[0][1,2]", -0.25]]


def test_the_same_frame_gives_the_same_bytes(gates: Export) -> None:
    assert npz_format.write(gates, "x.npz") == npz_format.write(gates, "x.npz")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ((), []),
        ((1, 2), [1, 2]),
        (("a", "文字"), ["a", "文字"]),
        (True, True),
        (2**80, str(2**80)),
        (((1, 2), (3,)), "[[1, 2], [3]]"),
        ((1, None), "[1, null]"),
    ],
)
def test_plain_values_become_arrays_without_objects(value: object, expected: object) -> None:
    array = _array("field", value)
    assert not array.dtype.hasobject
    assert array.tolist() == expected


def test_arrays_of_objects_are_an_error_not_a_pickle() -> None:
    with pytest.raises(ValueError, match="Python objects"):
        _array("field", np.array([object()]))
