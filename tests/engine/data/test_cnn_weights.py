"""The trained convolutional network that ships: how well it reads, and what happens where its file is damaged."""

from __future__ import annotations

import json
import shutil

import numpy as np
import pytest

from engine.contract.text import Refused
from engine.data.cnn_weights import FILE, cnn_weights, load_cnn
from engine.data.digits import load_digits
from engine.data.pixel_rows import PixelPictures
from tests.engine.data.test_digits import DAMAGES
from tools import cnn_weights as tool
from tools.weights_archive import manifest_of


def test_it_reads_as_many_test_digits_as_is_recorded():
    recorded, test = json.loads(manifest_of(FILE).read_text(encoding="utf-8")), load_digits("test")
    accuracy = load_cnn().accuracy(PixelPictures(test.images), test.labels, 250)
    assert accuracy == pytest.approx(recorded["test_accuracy"], abs=2e-4)
    assert accuracy >= 0.989
    curve = recorded["accuracy_by_epoch"]["test"]
    assert len(curve) == sum(stage["epochs"] for stage in tool.SETTINGS["stages"]) and curve[0] >= 0.97
    assert recorded["seed"] == tool.SETTINGS["seed"]


def test_every_call_gives_a_network_of_its_own_on_the_same_weights():
    one, other = load_cnn(), load_cnn()
    assert one.layers[0] is not other.layers[0]
    assert one.params["W2"] is other.params["W2"] is one.layers[3].params["W"]
    assert not one.params["W1"].flags.writeable and one.params["W1"].dtype == np.float32
    assert sum(values.size for values in one.params.values()) == 433_890
    assert FILE.stat().st_size < 1_800_000


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_weights_are_one_clear_sentence(tmp_path, damage):
    copy = tmp_path / "cnn.npz"
    shutil.copy(FILE, copy)
    DAMAGES[damage](copy)
    with pytest.raises(Refused, match=r"resources/weights/cnn\.npz is missing or damaged"):
        load_cnn(copy)


@pytest.mark.parametrize("spoil", ["shape", "nan"])
def test_weights_of_a_wrong_shape_or_not_finite_are_refused(tmp_path, spoil):
    arrays = {name: array.copy() for name, array in cnn_weights().items()}
    if spoil == "shape":
        arrays["W1"] = arrays["W1"][:-1]
    else:
        arrays["b3"][0] = np.nan
    path = tmp_path / "cnn.npz"
    np.savez(path, **arrays)
    with pytest.raises(Refused):
        load_cnn(path)


def test_other_settings_make_the_weights_stale(monkeypatch):
    assert not tool.stale()
    monkeypatch.setitem(tool.SETTINGS, "seed", 8)
    assert tool.stale()
