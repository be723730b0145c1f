"""The shipped MNIST digits and the trained weights: what they are, and what happens where they are damaged."""

from __future__ import annotations

import hashlib
import json
import shutil
import struct
import zipfile

import numpy as np
import pytest

from engine.contract.catalogue import load
from engine.contract.run import Run
from engine.contract.text import Refused
from engine.data import digits
from engine.data.digit_weights import load_digit_network
from engine.data.digits import FILE, PARTS, load_digits, loading_digits, pixels
from engine.data.idx import idx_bytes
from engine.experiments.ch3_networks.digits import process as digits_process
from engine.nn.digit_network import DigitNetwork
from engine.playing import Player
from tools import digit_weights, mnist


def _loaded(part, file):
    loading = loading_digits(part, file)
    while True:
        try:
            next(loading)
        except StopIteration as done:
            return done.value


@pytest.mark.parametrize("part", ["train", "test"])
def test_the_shipped_digits_are_the_official_ones(part):
    found = load_digits(part)
    for name, array in ((f"{part}_images", found.images), (f"{part}_labels", found.labels)):
        assert (array.shape, array.dtype) == (PARTS[name][0], np.uint8)
        assert hashlib.md5(idx_bytes(array), usedforsecurity=False).hexdigest() == PARTS[name][1]
        assert not array.flags.writeable
    assert np.bincount(found.labels).min() > 800
    assert load_digits(part) is found


def test_loading_reports_its_progress(tmp_path):
    copy = tmp_path / "copy.npz"
    shutil.copy(FILE, copy)
    fractions = [progress.fraction for progress in loading_digits("test", copy)]
    assert len(fractions) >= 10 and fractions[:10] == sorted(fractions[:10]) and fractions[9] == 1.0


def test_only_train_and_test_can_be_loaded():
    with pytest.raises(ValueError, match="validation"):
        load_digits("validation")


def test_pixels_are_rows_from_0_to_1():
    x = pixels(load_digits("test").images[:3])
    assert x.shape == (3, 784) and x.min() == 0 and x.max() == 1


def _flip(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(bytes(content))


def _cut(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _headed(header):
    """The file with every header replaced by this one."""

    def damage(path):
        with zipfile.ZipFile(path, "w") as archive:
            for name in ("train_images", "W1"):
                content = b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header
                archive.writestr(f"{name}.npy", content)

    return damage


DAMAGES = {
    "unfinished header": _headed(b"("),
    "indented header": _headed(b"  x\n y"),
    "deep header": _headed(b"[" * 9000),
    "flipped": _flip,
    "cut": _cut,
    "empty": lambda path: path.write_bytes(b""),
    "missing": lambda path: path.unlink(),
    "other": lambda path: np.savez(path, other=np.zeros(3)),
    "pickled": lambda path: np.savez(path, W1=np.array([{}]), train_images=np.array([{}]), allow_pickle=True),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_data_file_is_one_clear_sentence(tmp_path, damage):
    copy = tmp_path / "mnist.npz"
    shutil.copy(FILE, copy)
    DAMAGES[damage](copy)
    with pytest.raises(Refused, match=r"resources/data/mnist\.npz is missing or damaged"):
        _loaded("train", copy)


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_weights_are_one_clear_sentence(tmp_path, damage):
    copy = tmp_path / "digits.npz"
    shutil.copy(digit_weights.FILE, copy)
    DAMAGES[damage](copy)
    with pytest.raises(Refused, match=r"resources/weights/digits\.npz is missing or damaged"):
        load_digit_network(copy)


@pytest.mark.parametrize("spoil", ["shape", "nan"])
def test_weights_of_a_wrong_shape_or_not_finite_are_refused(tmp_path, spoil):
    arrays = {name: array.copy() for name, array in vars(load_digit_network()).items()}
    if spoil == "shape":
        arrays["W2"] = arrays["W2"][:-1]
    else:
        arrays["b1"][3] = np.nan
    path = tmp_path / "digits.npz"
    np.savez(path, **arrays)
    with pytest.raises(Refused, match="missing or damaged"):
        load_digit_network(path)


@pytest.mark.parametrize("which", ["data", "weights"])
def test_without_its_files_the_experiment_says_so_and_others_work(tmp_path, monkeypatch, which):
    monkeypatch.setattr(digits_process, "_known", [])
    if which == "data":
        monkeypatch.setattr(digits, "FILE", tmp_path / "mnist.npz")
    else:
        missing = tmp_path / "digits.npz"
        monkeypatch.setattr(digits_process, "load_digit_network", lambda: load_digit_network(missing))
    experiment = load("digits")
    with pytest.raises(Refused, match="Other experiments work"):
        Player(experiment, Run("digits", experiment.params_type())).go(1)
    gates = load("gates")
    assert Player(gates, Run("gates", gates.params_type())).go().correct == 2


def test_nothing_is_loaded_when_the_modules_are_imported(tmp_path):
    import subprocess
    import sys

    program = (
        "import engine.experiments.ch3_networks.digits, engine.data.digits as d, "
        "engine.experiments.ch3_networks.digits.process as p; assert not d._known() and not p._known"
    )
    subprocess.run([sys.executable, "-c", program], cwd=FILE.parents[2], check=True)


def test_the_network_reads_at_least_97_of_100_test_images():
    test = load_digits("test")
    accuracy = float(np.mean(load_digit_network().answers(pixels(test.images)) == test.labels))
    assert accuracy >= 0.97
    recorded = json.loads(digit_weights.MANIFEST.read_text(encoding="utf-8"))
    assert accuracy == recorded["test_accuracy"]


def test_probabilities_are_those_of_a_forward_pass_written_out():
    network, x = load_digit_network(), pixels(load_digits("test").images[:5])
    z1, z2, y = network.forward(x)
    for number in range(5):
        first = 1 / (1 + np.exp(-(network.W1.T @ x[number] + network.b1)))
        second = 1 / (1 + np.exp(-(network.W2.T @ first + network.b2)))
        scores = np.exp(network.W3.T @ second + network.b3)
        assert z1[number] == pytest.approx(first)
        assert z2[number] == pytest.approx(second)
        assert y[number] == pytest.approx(scores / scores.sum())


def test_the_tools_tell_what_is_out_of_date_without_the_sources(tmp_path, monkeypatch):
    assert not mnist.stale() and not digit_weights.stale()
    monkeypatch.setitem(digit_weights.SETTINGS, "seed", 8)
    assert digit_weights.stale()
    for tool, path in ((mnist, FILE), (digit_weights, digit_weights.FILE)):
        copy = tmp_path / path.name
        shutil.copy(path, copy)
        _flip(copy)
        monkeypatch.setattr(tool, "FILE", copy)
        assert tool.stale()


def test_packing_needs_the_official_files_and_leaves_what_is_there(tmp_path, monkeypatch):
    target = tmp_path / "mnist.npz"
    target.write_bytes(b"before")
    monkeypatch.setattr(mnist, "FILE", target)
    with pytest.raises(FileNotFoundError, match=r"tools\.mnist FOLDER"):
        mnist.build(tmp_path)
    (tmp_path / "train-images-idx3-ubyte.gz").write_bytes(idx_bytes(np.zeros((1, 28, 28), dtype=np.uint8)))
    with pytest.raises(ValueError, match="not the official file"):
        mnist.build(tmp_path)
    assert target.read_bytes() == b"before"


def test_training_varies_pictures_but_keeps_them_pictures():
    images = pixels(load_digits("train").images[:20]).reshape(-1, 28, 28)
    chance = np.random.Generator(np.random.PCG64(3))
    varied = digit_weights.varied(images, chance)
    assert varied.shape == images.shape and varied.min() >= 0 and varied.max() <= 1
    assert not np.allclose(varied, images)
    assert np.abs(varied.sum(axis=(1, 2)) / images.sum(axis=(1, 2)) - 1).max() < 0.6


def test_training_gradients_agree_with_central_differences():
    chance = np.random.Generator(np.random.PCG64(5))
    params = digit_weights._initial(chance)
    x, labels = pixels(load_digits("train").images[:4]), load_digits("train").labels[:4]

    def loss():
        y = DigitNetwork(**params).forward(x)[2]
        return -np.mean(np.log(y[np.arange(4), labels]))

    gradients = digit_weights._gradients(params, x, labels)
    for name, place in (("W1", (400, 7)), ("b1", (3,)), ("W2", (5, 60)), ("b2", (9,)), ("W3", (70, 2)), ("b3", (4,))):
        kept = params[name][place]
        params[name][place] = kept + 1e-5
        above = loss()
        params[name][place] = kept - 1e-5
        below = loss()
        params[name][place] = kept
        assert gradients[name][place] == pytest.approx((above - below) / 2e-5, rel=1e-4, abs=1e-9)
