"""What is read of a network's file is what was kept, bit for bit, and it answers the same; anything else is refused."""

from __future__ import annotations

import io
import json
import struct
import tracemalloc
import zipfile
from pathlib import Path
from time import thread_time

import numpy as np
import pytest
from numpy.lib import format as array_format

from engine.contract.catalogue import load
from engine.contract.params import fields_of
from engine.contract.protocol import RandomStreams
from engine.contract.run import Run
from engine.contract.text import LANGUAGES, Refused
from engine.data.digits import load_digits
from engine.experiments.ch4_training.training import params as training_params
from engine.experiments.ch7_convolution.cnn import params as cnn_params
from engine.networks.archive import HEADER, forget, network_file, network_in, parts_of, read_network
from engine.networks.chosen import carried, chosen
from engine.networks.digit_reader import DigitReader
from engine.networks.folder import _lent, lend_folder, name_of
from engine.networks.keeping import bring_in
from engine.networks.layers import MOST_NUMBERS, array_shapes, built
from engine.playing import Player
from tests.kept_networks import convolutional, dense, laid_in, plane
from tests.pace import within

ORDER = np.random.default_rng(0).permutation(784).astype("<i2")
KEPT = {
    "plain": convolutional(),
    "normalized": convolutional(filters=2, kernel=7, batch_norm=True, dropout=0.25),
    "permuted": convolutional(order=ORDER),
    "dense": dense(),
    "double": dense(side=7, activation="relu", dtype=np.float64),
    "plane": plane(),
}


@pytest.mark.parametrize("name", KEPT)
def test_what_is_read_equals_what_was_kept_and_answers_the_same(tmp_path, name):
    kept = KEPT[name]
    path = laid_in(tmp_path, kept, "my 网络")
    read = read_network(path)
    assert list(read.arrays) == list(kept.arrays)
    for key, values in kept.arrays.items():
        assert read.arrays[key].dtype == values.dtype and read.arrays[key].tobytes() == values.tobytes(), key
        assert not read.arrays[key].flags.writeable
    told = {key: value for key, value in vars(kept).items() if key not in ("arrays", "name")}
    assert {key: getattr(read, key) for key in told} == told and read.name == name_of(path) == "my 网络"
    x = np.random.default_rng(6).random((5, *kept.inputs)).astype(next(iter(kept.arrays.values())).dtype)
    one, other = (built(each.layers, each.arrays).predict(x) for each in (kept, read))
    assert one.tobytes() == other.tobytes()
    assert network_file(read) == path.read_bytes()
    with np.load(path, allow_pickle=False) as plain:
        assert set(plain.files) == {HEADER, *kept.arrays}


KEEPING = {
    "training": {"image_side": "7", "hidden": 5},
    "cnn": {"filters": 2, "hidden": 5, "batch_norm": True, "dropout": 0.5, "pixels": "permuted"},
    "playground": {"hidden": (3, 2), "features": ("x1", "x2", "x1_x2"), "layer2": "relu"},
}


@pytest.mark.parametrize("experiment_id", KEEPING)
def test_every_experiment_that_keeps_one_gives_its_network_as_it_stands(experiment_id):
    experiment = load(experiment_id)
    assert experiment.keeps_network
    player = Player(experiment, Run(experiment_id, experiment.params_type(**KEEPING[experiment_id]), seed=3))
    before = player.go(2)
    kept = player.network()
    assert (kept.experiment, kept.seed, kept.updates) == (experiment_id, 3, 2)
    read = network_in(network_file(kept))
    later = player.go(3)
    # The run goes on; what was kept stays.
    assert all(read.arrays[key].tobytes() == values.tobytes() for key, values in kept.arrays.items())
    assert before.update == 2 and later.update == 5
    assert any(values.tobytes() != kept.arrays[key].tobytes() for key, values in player.network().arrays.items())


@pytest.mark.parametrize(
    ("experiment_id", "updates", "drawn_before", "sample"),
    [("training", 39, 10_000, training_params.SAMPLE), ("cnn", 9, 784, cnn_params.SAMPLE)],
)
def test_the_accuracy_is_that_of_the_numbers_that_are_kept(experiment_id, updates, drawn_before, sample):
    # Neither has been looked at since: what is shown is of an earlier update.
    experiment = load(experiment_id)
    player = Player(experiment, Run(experiment_id, experiment.params_type(**KEEPING[experiment_id]), seed=3))
    frame = player.go(updates)
    kept, test, data = player.network(), load_digits("test"), RandomStreams(3).data
    data.permutation(drawn_before)
    rows = data.permutation(len(test.labels))[:sample]
    reader = DigitReader(kept)
    right = reader.network.predict(reader.inputs(test.images[rows])).argmax(axis=1) == test.labels[rows]
    assert kept.tested == sample and kept.test_accuracy == right.mean() != frame.test_accuracy


def test_the_network_of_the_playground_answers_as_the_run_does():
    experiment = load("playground")
    player = Player(experiment, Run("playground", experiment.params_type()))
    frame = player.go(30)
    kept = player.network()
    scores = built(kept.layers, kept.arrays).predict(frame.points)
    assert np.array_equal(scores.argmax(axis=1), frame.answers)


def test_an_experiment_without_a_network_has_none_to_keep():
    experiment = load("descent")
    assert not experiment.keeps_network
    assert Player(experiment, Run("descent", experiment.params_type())).network() is None


# Files from outside

GOOD = network_file(KEPT["plain"])


def _parts() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _archive(parts, compression: int = zipfile.ZIP_STORED) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", compression) as archive:
        for name, part in parts:
            archive.writestr(name, part)
    return content.getvalue()


def _with(**changed: bytes | None) -> bytes:
    parts = _parts() | {name.replace("__", "."): part for name, part in changed.items()}
    return _archive([(name, part) for name, part in parts.items() if part is not None])


def _array(values: np.ndarray, **more) -> bytes:
    content = io.BytesIO()
    array_format.write_array(content, values, **more)
    return content.getvalue()


def _promising(shape: tuple[int, ...]) -> bytes:
    # In hexadecimal digits, of which Python reads as many as there are.
    said = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + "".join(f"{side:#x}," for side in shape) + ")}\n"
    return b"\x93NUMPY\1\0" + struct.pack("<H", len(said)) + said.encode()


def _said(**changes: object) -> bytes:
    header = json.loads(_parts()[HEADER])
    header |= changes
    return json.dumps({key: value for key, value in header.items() if value != "gone"}).encode()


def _header(**changes: object) -> bytes:
    return _with(network__json=_said(**changes))


def _ending(count: int, size: int) -> bytes:
    return GOOD[:-22] + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, size, 0, 0)


_b1 = KEPT["plain"].arrays["b1"]
_NAN = _b1.copy()
_NAN[0] = np.nan
HOSTILE = {
    "empty": b"",
    "text": b"not a network",
    "cut off": GOOD[: len(GOOD) // 2],
    "cut at its end": GOOD[:-1],
    "a bit turned": GOOD[:4000] + bytes([GOOD[4000] ^ 1]) + GOOD[4001:],
    "packed": _archive(_parts().items(), zipfile.ZIP_DEFLATED),
    "a bomb": _archive([*_parts().items(), ("x.npy", bytes(20_000_000))], zipfile.ZIP_DEFLATED),
    "a list without end": _ending(60_000, 2**24),
    "a large list": _ending(3, 2**31),
    "promises of the large kind": GOOD[:-22] + b"PK\6\7" + bytes(16) + GOOD[-22:],
    "many parts": _archive([*_parts().items(), *((f"{n}.npy", b"") for n in range(2000))]),
    "a part too many": _with(extra__npy=_array(_b1)),
    "a part too few": _with(b1__npy=None),
    "a part outside": _archive([*_parts().items(), ("../../evil.npy", b"")]),
    "no header": _with(network__json=None),
    "half a header": _with(network__json=b"{"),
    "a long header": _with(network__json=_said(program="x" * 20_000)),
    "a deep header": _with(network__json=b"[" * 4000),
    "a header of another kind": _header(kind="dense"),
    "a newer header": _header(layerwise_network=2),
    "no count": _header(updates=-1),
    "a count that is none": _header(updates=True),
    "no share": _header(test_accuracy=1.5),
    "layers that do not fit": _header(layers=[["affine", 10], ["convolution", 3, 5]]),
    "a filter larger than the picture": _header(layers=[["convolution", 3, 29], ["affine", 10]]),
    "inputs that are none": _header(inputs=[0]),
    "inputs without end": _header(inputs=[1, 10**8, 10**8]),
    "not finite": _with(b1__npy=_array(_NAN)),
    "another type": _with(b1__npy=_array(_b1.astype(np.float16))),
    "two precisions": _with(b1__npy=_array(_b1.astype(np.float64))),
    "whole numbers": _with(b1__npy=_array(_b1.astype(np.int32))),
    "objects": _with(b1__npy=_array(np.array([{}] * len(_b1), object), allow_pickle=True)),
    "another shape": _with(b1__npy=_array(np.zeros(4, np.float32))),
    "a promise": _with(b1__npy=_promising((10**12,))),
    "a promise of the right shape": _with(b1__npy=_promising(_b1.shape)),
    "a promise without end": _with(b1__npy=_promising((1 << 20_000,))),
    "no array": _with(b1__npy=b"\x93NUMPY\x02\x00"),
    "another order": _with(W2__npy=_array(np.asfortranarray(KEPT["plain"].arrays["W2"]))),
    "an order twice": _with(order__npy=_array(np.zeros(784, "<i2"))),
    "an order of others": _with(order__npy=_array(np.arange(784) + 1)),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_is_no_network_is_refused_at_once_and_costs_nothing(tmp_path, name):
    path = tmp_path / "hostile.network.npz"
    path.write_bytes(HOSTILE[name])
    tracemalloc.start()
    began = thread_time()
    try:
        with pytest.raises(Refused) as refused:
            read_network(path)
        took = thread_time() - began
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert within(took, 0.05), name
    assert most < 3 * len(HOSTILE[name]) + 2**21, name
    for language in LANGUAGES:
        assert "hostile" in refused.value.text.render(language)


@pytest.mark.parametrize(
    ("layers", "reason"),
    [
        ([("secret", 3)], "layer secret"),
        ([("secret",)], "layer secret"),
        ([("affine",)], "layer affine"),
        ([("relu", 3)], "layer relu"),
        ([], "no network"),
        ([("relu",)] * 41, "no network"),
        ([("affine", 10**9)], "sizes of affine"),
        ([("affine", 5001)], "sizes of affine"),
        ([("affine", 0)], "sizes of affine"),
        ([("affine", 2.5)], "sizes of affine"),
        ([("affine", 5000), ("affine", 5000)], "too large"),
        ([("convolution", 3, 5)], "row of scores"),
        ([("max_pooling", 29)], "max_pooling on"),
        ([("dropout", 1.0)], "a ratio"),
        ([("dropout", 1)], "a ratio"),
    ],
)
def test_layers_that_make_no_network_have_no_shapes(layers, reason):
    with pytest.raises(ValueError, match=reason):
        array_shapes((1, 28, 28), layers)
    # As a file says them, its kind among the rest.
    said = _said(layers=[list(one) for one in layers], kind="conv" if "convolution" in str(layers) else "dense")
    with pytest.raises(Refused, match="makes no sense"):
        network_in(_with(network__json=said))


@pytest.mark.parametrize(
    ("inputs", "layers"),
    [
        ((1, 28, 28), [("convolution", 3000, 2), ("max_pooling", 27), ("affine", 10)]),
        ((1, 28, 28), [("convolution", 50, 5), ("convolution", 10, 12), ("affine", 10)]),
    ],
)
def test_no_layer_may_put_out_more_than_any_that_is_trained_here(inputs, layers):
    with pytest.raises(ValueError, match="one sample"):
        array_shapes(inputs, layers)


def test_the_largest_networks_that_can_be_trained_are_read():
    fields = fields_of(cnn_params.CnnParams)
    filters, hidden = fields["filters"].maximum, fields["hidden"].maximum
    for kernel in range(fields["kernel"].minimum, fields["kernel"].maximum + 1):
        layers = [("convolution", filters, kernel), ("max_pooling", 2), ("affine", hidden), ("affine", 10)]
        assert array_shapes((1, 28, 28), layers)["W1"] == (filters, 1, kernel, kernel)


def test_no_network_may_be_larger_than_is_read(tmp_path):
    path = tmp_path / "large.network.npz"
    with path.open("wb") as file:
        file.truncate(8 * MOST_NUMBERS + 2**21)
    with pytest.raises(Refused, match="larger than"):
        read_network(path)


def test_what_is_no_file_is_refused(tmp_path):
    for path in (tmp_path, tmp_path / "none.network.npz", Path("/dev/zero"), Path("a\0b")):
        with pytest.raises(Refused):
            read_network(path)


def test_a_network_stays_at_work_when_its_file_is_gone_and_is_read_again_when_it_changes(tmp_path):
    path = laid_in(tmp_path, KEPT["plain"])
    assert chosen(str(path))[0].updates == 1200
    path.unlink()
    assert chosen(str(path))[0].updates == read_network(path).updates == 1200
    laid_in(tmp_path, KEPT["dense"])
    assert chosen(str(path))[0].updates == read_network(path).updates == 7


def test_what_is_at_work_is_not_forgotten_for_what_was_only_looked_at(tmp_path):
    forget()
    path = laid_in(tmp_path, KEPT["plain"])
    assert chosen(str(path))[0].updates == 1200
    others = [laid_in(tmp_path, KEPT["dense"], f"other {number}") for number in range(20)]
    for other in others:
        read_network(other)
        other.unlink()
    path.unlink()
    assert chosen(str(path))[0].updates == 1200
    with pytest.raises(Refused):
        read_network(others[-1])
    forget()


def test_what_a_newer_version_wrote_into_a_network_stays_where_it_is_brought_in_and_carried(tmp_path):
    parts = dict(parts_of(network_file(plane())))
    said = json.loads(parts[HEADER])
    parts[HEADER] = json.dumps({**said, "learned from": "a newer version"}).encode()
    path = tmp_path / "elsewhere.network.npz"
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    before = list(_lent)
    lend_folder(tmp_path / "networks")
    try:
        kept = bring_in(path)
    finally:
        _lent[:] = before
    assert kept.read_bytes() == carried(kept) == path.read_bytes()
