"""The learner's own networks read in `digits` and `feature_maps`, travel in sessions and scripts, and may be gone."""

from __future__ import annotations

import dataclasses
import errno
import json

import numpy as np
import pytest

from engine.contract.catalogue import entries, load
from engine.contract.fields import Network
from engine.contract.fields.file import not_carried
from engine.contract.params import fields_of
from engine.contract.run import Run, read_session
from engine.contract.text import LANGUAGES, Refused
from engine.data.digits import load_digits
from engine.data.pixel_rows import PixelPictures
from engine.experiments.ch3_networks.digits.params import DigitsParams
from engine.experiments.ch7_convolution.feature_maps.layers import layers_of
from engine.experiments.ch7_convolution.feature_maps.params import FeatureMapsParams
from engine.experiments.ch7_convolution.feature_maps.process import passed_through
from engine.export import csv_format, import_format, script_format
from engine.export.record import Export
from engine.guides.guide import load_guide
from engine.networks import archive, keeping
from engine.networks.digit_reader import DigitReader
from engine.networks.folder import _lent, file_of, free_name, kept_files, lend_folder, usable_name
from engine.networks.kept import KeptNetwork
from engine.networks.layers import ACTIVATION_LAYERS, array_shapes, built
from engine.networks.map_reader import in_book_order
from engine.networks.words import told, used_by
from engine.nn import softmax
from engine.nn.activation_registry import ACTIVATIONS
from engine.nn.network import passed_on
from engine.playing import Player
from tests.engine.export.test_alone import run_alone
from tests.frames import frames_equal
from tests.kept_networks import convolutional, dense, laid_in, plane

ORDER = np.random.default_rng(0).permutation(784).astype("<i2")
NETWORKS = {
    "conv": convolutional(),
    "normalized": convolutional(filters=4, kernel=7, hidden=12, batch_norm=True, dropout=0.25),
    "dense": dense(),
    "small dense": dense(side=14, activation="relu"),
    "permuted": convolutional(order=ORDER),
    "plane": plane(),
}
FIELDS = {
    entry.id: [name for name, field in fields_of(load(entry.id).params_type).items() if isinstance(field, Network)]
    for entry in entries()
}
READ = [name for name in NETWORKS if name != "plane"]


@pytest.fixture
def folder(tmp_path):
    before = list(_lent)
    lend_folder(tmp_path / "networks")
    yield tmp_path / "networks"
    _lent[:] = before
    archive.forget()


def _digits(path, **more) -> Player:
    return Player(load("digits"), Run("digits", DigitsParams(network=str(path), **more)))


def test_where_a_network_can_be_chosen_is_what_the_fields_take(tmp_path):
    for name, network in NETWORKS.items():
        path = str(laid_in(tmp_path, network, name))
        taken = []
        for experiment_id, names in FIELDS.items():
            for field in names:
                try:
                    load(experiment_id).params_type(**{field: path})
                    taken.append(experiment_id)
                except Refused as refused:
                    assert all(name in refused.text.render(language) for language in LANGUAGES)
        assert tuple(taken) == used_by(network), name


@pytest.mark.parametrize("name", READ)
def test_digits_answers_as_the_network_that_was_chosen(tmp_path, name):
    kept = NETWORKS[name]
    test, reader = load_digits("test"), DigitReader(kept)
    player = _digits(laid_in(tmp_path, kept, name), view="test", index=3, batch_size=60)
    frame = player.go(2)
    expected = reader.network.predict(reader.inputs(test.images[:120])).argmax(axis=1)
    assert frame.evaluated == 120 and frame.right == np.sum(expected == test.labels[:120])
    counted = np.zeros((10, 10), int)
    np.add.at(counted, (test.labels[:120], expected), 1)
    assert np.array_equal(frame.confusion, counted)
    drawn = reader.network.predict(reader.inputs(frame.seen[None]))[0].astype(np.float64)
    # Nine pictures in one product of matrices, and one by itself, may differ in their last digits.
    assert np.allclose(frame.scores, drawn, rtol=1e-4, atol=1e-5) and frame.answer == drawn.argmax()
    assert np.array_equal(frame.probabilities, softmax(frame.scores))
    assert np.array_equal(frame.image_scores, reader.network.predict(reader.inputs(frame.image[None]))[0])
    assert (frame.origin.name, frame.origin.updates) == (name, kept.updates)
    for language in LANGUAGES:
        said = player.experiment.headline(player.params, frame).render(language)
        what = told(kept.kind, kept.updates, kept.test_accuracy, kept.tested).render(language)
        assert name in said and what in said and str(kept.updates) in what.replace(",", "")
    assert frame.hidden2.size == 0 and 0 < np.abs(frame.hidden1).max() <= 1


@pytest.mark.parametrize(("name", "most"), [("dense", 1000), ("conv", 50)])
def test_a_batch_goes_through_together_or_it_is_said_how_many_do(tmp_path, monkeypatch, name, most):
    kept = NETWORKS[name]
    reader, seen = DigitReader(kept), []
    predict = reader.network.predict
    monkeypatch.setattr(reader.network, "predict", lambda x: (seen.append(len(x)), predict(x))[1])
    for _ in reader.answering(load_digits("test").images[:1000]):
        pass
    assert set(seen) == {most} and sum(seen) == 1000
    for size in (50, 51):
        player = _digits(laid_in(tmp_path, kept, name), view="batches", batch_size=size)
        frame = player.go(1)
        told = {"en": "at most 50 of them at a time", "ja": "一度に50枚まで", "zh_CN": "每次最多同时算 50 张"}
        for language in LANGUAGES:
            said = player.experiment.headline(player.params, frame).render(language)
            assert (told[language] in said) == (size > most), (language, said)


def test_what_is_not_read_yet_is_not_known_and_wrong_ones_are_looked_for_when_they_are_wanted(tmp_path):
    kept = NETWORKS["small dense"]
    test, reader = load_digits("test"), DigitReader(kept)
    wrong = np.flatnonzero(reader.network.predict(reader.inputs(test.images)).argmax(axis=1) != test.labels)
    player = _digits(laid_in(tmp_path, kept), view="test", index=0)
    assert player.go(0).following_wrong == -1
    frame = player.go(1)
    known = {cell: int(first) for cell, first in np.ndenumerate(frame.first_of_cell) if first >= 0}
    assert set(known) == set(zip(*np.nonzero(frame.confusion), strict=True)) and max(known.values()) < 100
    player.change("only_wrong", True)
    frame = player.go(0)
    assert (frame.shown, frame.following, frame.left) == (wrong[0], wrong[1], len(wrong))
    again = _digits(laid_in(tmp_path, kept), view="test", index=0, only_wrong=True).go(0)
    assert (again.shown, again.left) == (wrong[0], len(wrong))


CONV, RELU, POOL, NORM = ("convolution", 2, 5), ("relu",), ("max_pooling", 2), ("batch_normalization",)
HIDDEN, SCORES = ("affine", 6), ("affine", 10)


def _of_layers(*layers) -> KeptNetwork:
    inputs = (1, 28, 28) if CONV in layers else (784,)
    random = np.random.default_rng(1)
    arrays = {name: random.random(shape, np.float32) for name, shape in array_shapes(inputs, layers).items()}
    return dataclasses.replace(NETWORKS["conv"], inputs=inputs, layers=layers, arrays=arrays)


@pytest.mark.parametrize(
    "layers",
    [
        (NORM, CONV, RELU, POOL, HIDDEN, RELU, SCORES),
        (("dropout", 0.5), CONV, RELU, POOL, HIDDEN, RELU, SCORES),
        (CONV, RELU, NORM, POOL, HIDDEN, RELU, SCORES),
        (CONV, NORM, NORM, RELU, POOL, HIDDEN, RELU, SCORES),
    ],
)
def test_layers_in_an_order_that_the_maps_do_not_have_are_refused_there_and_read_digits(tmp_path, layers):
    path = str(laid_in(tmp_path, _of_layers(*layers), "unusual"))
    with pytest.raises(Refused, match="unusual"):
        FeatureMapsParams(network=path)
    assert _digits(path).go(0).origin.name == "unusual"


@pytest.mark.parametrize("name", sorted(set(ACTIVATIONS) - set(ACTIVATION_LAYERS)))
def test_a_function_that_layers_do_not_have_cannot_read_digits(tmp_path, name):
    path = str(laid_in(tmp_path, _of_layers(HIDDEN, (name,), SCORES), "unusual"))
    with pytest.raises(Refused) as refused:
        DigitsParams(network=path)
    for language in LANGUAGES:
        assert ACTIVATIONS[name].name.render(language) in refused.value.text.render(language)


@pytest.mark.parametrize("name", ["conv", "normalized"])
def test_feature_maps_shows_what_each_layer_of_the_chosen_network_makes(tmp_path, name):
    kept = NETWORKS[name]
    experiment = load("feature_maps")
    path = str(laid_in(tmp_path, kept, name))
    x = PixelPictures(load_digits("test").images[7:8])[:]
    scores = built(kept.layers, kept.arrays).predict(x)[0]
    found = []
    for layer in built(in_book_order(kept.layers), kept.arrays).layers:
        x = passed_on(layer, x)
        found.append(x[0])
    for layer, place in layers_of(kept).items():
        frame = Player(experiment, Run("feature_maps", FeatureMapsParams(network=path, layer=layer, index=7))).go(0)
        assert np.array_equal(frame.maps.ravel(), found[place.number].ravel()), layer
        # ReLU before or after the pooling: the same answer, bit for bit.
        assert np.array_equal(frame.scores, scores) and frame.origin.name == name
        assert frame.sheet.shape == place.sheet(frame.maps).shape
        assert place.corner(place.count - 1)[0] < frame.sheet.shape[0]
    # The mean of a place over what is covered: one picture by itself says the same.
    params = FeatureMapsParams(network=path, view="occlusion", index=7)
    frame = Player(experiment, Run("feature_maps", params)).go(0)
    picture = frame.picture.copy()
    picture[4:14, 3:13] = 0
    alone = softmax(passed_through(params.own_network, picture[None])[-1])[0, frame.whole_answer]
    assert np.isclose(frame.chances[4, 3], alone, rtol=1e-5)
    (cell,) = (line for line in experiment.working(params, frame) if line.left == "a")
    row, column = frame.cell(params)
    assert np.isclose(cell.result, frame.maps[params.map, row, column], rtol=1e-4)
    for traced in ("digit", "hidden", "pool", "conv"):
        params = FeatureMapsParams(network=path, view="whole", traced=traced, index=7)
        frame = Player(experiment, Run("feature_maps", params)).go(0)
        assert np.allclose(frame.whole.scores, scores, rtol=1e-5, atol=1e-6)
        assert experiment.working(params, frame) and frame.network_picture(params).panels
        # A goal may speak of maps that this network does not have: it waits, and nothing breaks.
        for goal in load_guide("feature_maps", "en").goals:
            assert not goal.standing(experiment, params, frame).reached
    untrained = Player(experiment, Run("feature_maps", FeatureMapsParams(network=path, weights="untrained"))).go(0)
    assert untrained.origin is None and untrained.count == 30


def test_a_session_opens_with_the_network_that_it_carries_wherever_it_is_opened(tmp_path):
    path = laid_in(tmp_path, convolutional(filters=30, hidden=100), "我的 cnn")
    player = _digits(path)
    frame = player.go(1)
    export = Export(player.experiment, player.run, player.params, 1, frame, "en")
    text = export.session.to_json()
    path.unlink()
    archive.forget()
    session = read_session(text, load)
    assert session.notes == () and len(text) < 4 * 2**20
    again = Player(load("digits"), session.run)
    assert frames_equal(again.go(1), frame)
    assert "我的 cnn" in load("digits").headline(again.params, frame).render("en")


def test_a_network_too_large_for_a_session_is_named_and_not_lost_without_a_word(tmp_path):
    field = dataclasses.replace(fields_of(DigitsParams)["network"], most_carried=1000)
    saved = field.to_json(str(laid_in(tmp_path, convolutional(), "large")))
    assert not_carried(saved) == "large.network.npz" and field.from_json(saved) == ""


@pytest.mark.parametrize(
    ("experiment_id", "more"),
    [("digits", {"view": "batches"}), ("feature_maps", {"view": "occlusion", "layer": "relu"})],
)
def test_scripts_have_the_network_with_them(tmp_path, experiment_id, more):
    experiment = load(experiment_id)
    path = laid_in(tmp_path, NETWORKS["normalized"], "mine")
    player = Player(experiment, Run(experiment_id, experiment.params_type(network=str(path), **more)))
    frame = player.go(2)
    export = Export(experiment, player.run, player.params, player.update, frame, "en")
    files = script_format.write(export, "alone.py")
    assert "alone.network.data" in files
    with_program = import_format.write(export, "made.py")["made.py"]
    path.unlink()
    done = run_alone(tmp_path, files)
    assert (done.returncode, done.stderr) == (0, "")
    expected = csv_format.write(export, "alone.csv")
    assert {name: (tmp_path / name).read_bytes() for name in expected} == expected
    assert json.dumps("mine.network.npz")[1:-1] in with_program.decode()
    plain = Player(experiment, Run(experiment_id, experiment.params_type()))
    without = script_format.write(Export(experiment, plain.run, plain.params, 0, plain.go(0), "en"), "plain.py")
    # Who uses no network of their own is not to read what would.
    assert set(without) == {"plain.py"} and b"zipfile" not in without["plain.py"]


# The learner's folder


def test_kept_networks_lie_in_the_folder_and_none_takes_the_place_of_another(folder):
    assert kept_files() == () and file_of("mine") == folder / "mine.network.npz"
    first = keeping.keep(NETWORKS["conv"], "my: net/work")
    second = keeping.keep(NETWORKS["dense"], "my: net/work")
    assert [path.name for path in kept_files()] == ["my net work.network.npz", "my net work 2.network.npz"]
    assert archive.read_network(first).kind == "conv" and archive.read_network(second).kind == "dense"
    field = fields_of(FeatureMapsParams)["network"]
    assert field.offered() == (first,)
    assert set(fields_of(DigitsParams)["network"].offered()) == {first, second}
    assert free_name("other") == "other" and usable_name("nul") == "nul 1" and usable_name("..") == ""


def test_what_is_said_of_one_update_and_of_many():
    assert told("plane", 1, None, 0).render("en") == "for points of the plane, 1 update"
    assert told("dense", 1, 0.931, 0).render("en") == "fully connected, 1 update, test accuracy 93.1%"
    said = told("dense", 1200, 0.931, 1000)
    assert said.render("en") == "fully connected, 1,200 updates, test accuracy 93.1% on 1,000 images"
    assert told("plane", 5, 0.5, 1).render("en").endswith("test accuracy 50.0% on 1 point")
    assert told("conv", 1200, 0.931, 500).render("zh_CN") == "卷积网络，更新 1200 次，测试准确率 93.1%（500 张图片）"
    assert told("plane", 5, 0.5, 80).render("zh_CN").endswith("测试准确率 50.0%（80 个点）")


@pytest.mark.parametrize("kind", ["dense", "conv"])
def test_a_frame_that_is_read_by_a_kept_network_says_on_how_many_images_its_accuracy_was_measured(folder, kind):
    """The run measures its own on more of them: two accuracies of one network stand in one sentence."""
    path = keeping.keep(dataclasses.replace(NETWORKS[kind], test_accuracy=0.949, tested=987), "mine")
    experiment = load("digits")
    params = DigitsParams(network=str(path), view="batches")
    frame = Player(experiment, Run("digits", params)).go(2)
    said = experiment.headline(params, frame)
    assert "94.9% on 987 images" in said.render("en") and "94.9%（987 张图片）" in said.render("zh_CN")


def test_none_is_written_over_however_many_there_are(folder):
    folder.mkdir()
    for number in range(500):
        (folder / f"a{number}.network.npz").touch()
    last = keeping.keep(NETWORKS["dense"], "z")
    kept = last.read_bytes()
    assert last not in kept_files() and len(kept_files()) == 500
    assert keeping.keep(NETWORKS["conv"], "z").name == "z 2.network.npz" and last.read_bytes() == kept


def test_a_name_of_full_length_takes_a_number_as_well(folder):
    for count in (54, 55):
        name = "a" * count + " " + "b" * (59 - count)
        first, second = keeping.keep(NETWORKS["dense"], name), keeping.keep(NETWORKS["dense"], name)
        assert first == file_of(name) and second == file_of("a" * count + " 2")
    for number in range(2, 1000):
        (folder / f"{'c' * 55} {number}.network.npz").touch()
    (folder / f"{'c' * 60}.network.npz").touch()
    assert free_name("c" * 60) == usable_name(free_name("c" * 60)) == "c" * 55 + " 1000"


def test_names_keep_their_marks_and_have_one_spelling(folder):
    # A letter and its accent are one sign or two; of some languages the vowels are marks of their own.
    assert usable_name("re\u0301seau") == "r\u00e9seau" == usable_name("r\u00e9seau")
    for name in ("\u0939\u093f\u0902\u0926\u0940", "\u0e17\u0e35\u0e48\u0e19\u0e35\u0e48"):
        assert usable_name(name) == name
    path = keeping.keep(NETWORKS["dense"], "r\u00e9seau")
    path.rename(path.with_name("re\u0301seau.network.npz"))
    assert free_name(usable_name("re\u0301seau")) == "r\u00e9seau 2"


def test_what_comes_from_elsewhere_is_copied_once(folder, tmp_path):
    path = laid_in(tmp_path, NETWORKS["conv"], "given")
    kept = keeping.bring_in(path)
    assert kept == folder / "given.network.npz" == keeping.bring_in(path) == keeping.bring_in(kept)
    assert kept.read_bytes() == path.read_bytes() and len(kept_files()) == 1
    path.write_bytes(b"spoiled")
    with pytest.raises(Refused, match="given"):
        keeping.bring_in(path)


def test_what_cannot_be_deleted_says_so_in_words_of_writing(folder, monkeypatch):
    path = keeping.keep(NETWORKS["dense"], "mine")

    def refuses(self, missing_ok=False):
        raise PermissionError(errno.EACCES, "in use")

    monkeypatch.setattr("pathlib.Path.unlink", refuses)
    with pytest.raises(Refused) as refused:
        keeping.throw_away(path)
    assert "another program has it open" in refused.value.text.render("en")
    assert "没有写入权限" in refused.value.text.render("zh_CN")


def test_settings_name_a_kept_network_and_what_is_gone_gives_way_with_a_sentence(folder):
    path = keeping.keep(NETWORKS["conv"], "mine")
    params = DigitsParams(network=str(path))
    assert params.to_settings()["network"] == {"kept": "mine"}
    keeping.throw_away(path)
    archive.forget()
    again = DigitsParams(network=DigitsParams.of_settings("network", {"kept": "mine"}))
    assert again == params
    player = Player(load("digits"), Run("digits", again))
    frame = player.go(0)
    plain = Player(load("digits"), Run("digits", DigitsParams())).go(0)
    assert frame.origin.is_gone and np.array_equal(frame.probabilities, plain.probabilities)
    for language in LANGUAGES:
        said = load("digits").headline(again, frame).render(language)
        assert {"en": "can no longer be read", "ja": "もう読み込めない", "zh_CN": "读不到了"}[language] in said
        assert "mine" in said and len(said) > len(load("digits").headline(again, plain).render(language))
    maps = Player(load("feature_maps"), Run("feature_maps", FeatureMapsParams(network=str(path)))).go(0)
    assert maps.origin.is_gone and maps.count == 30
    with pytest.raises(Refused, match="no file"):
        DigitsParams(network=str(path.with_name("never.npz")))
    with pytest.raises(Refused):
        DigitsParams.of_settings("network", {"kept": "../elsewhere"})


def test_only_the_settings_name_a_kept_network_and_no_session_of_somebody_else(folder):
    keeping.keep(NETWORKS["conv"], "mine")
    run = Run("digits", DigitsParams())
    named = json.loads(
        Export(load("digits"), run, run.params, 0, Player(load("digits"), run).go(0), "en").session.to_json()
    )
    named["params"]["network"] = {"kept": "mine"}
    with pytest.raises(Refused, match="network"):
        read_session(json.dumps(named), load)
    assert DigitsParams.of_settings("network", {"kept": "mine"}) == str(file_of("mine"))


def test_nothing_is_kept_where_there_is_no_folder(tmp_path):
    before = list(_lent)
    _lent.clear()
    try:
        assert kept_files() == () and file_of("mine") is None
        # Said by itself, it begins as a sentence does.
        with pytest.raises(Refused, match="Networks"):
            keeping.keep(NETWORKS["conv"], "mine")
    finally:
        _lent[:] = before
    (tmp_path / "file").write_text("in the way")
    lend_folder(tmp_path / "file" / "networks")
    try:
        with pytest.raises(Refused, match="Networks"):
            keeping.keep(NETWORKS["conv"], "mine")
    finally:
        _lent[:] = before
