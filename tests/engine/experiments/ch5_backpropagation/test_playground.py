"""The playground: what three lines enclose, edits that are part of a run, and maps that are the network's answers."""

from __future__ import annotations

import numpy as np
import pytest

from engine.contract.catalogue import load
from engine.contract.experiment import Amount
from engine.contract.frame import arrays_of
from engine.contract.handle import ProbePoint
from engine.contract.params import field_of
from engine.contract.run import Run, Session, read_session
from engine.contract.text import Refused
from engine.data.own_table import MOST_COLUMNS, MOST_LINES
from engine.data.plane_sets import REACH
from engine.experiments.ch5_backpropagation.playground.params import MOST_PARAMETERS, PlaygroundParams
from engine.experiments.ch5_backpropagation.playground.process import inputs_of
from engine.experiments.shared.networks.network_fields import FEATURES
from engine.geometry.network_places import bias_of, index_of, path_of
from engine.nn.small_network import SmallNetwork
from engine.playing import Player
from tests.frames import frames_equal

PLAYGROUND = load("playground")


def played(epochs=100, seed=0, **changes):
    """A player after so many epochs, and its frame."""
    player = Player(PLAYGROUND, Run("playground", PlaygroundParams(**changes), seed))
    return player, player.go_by(Amount(epochs, "epoch"))


def network_of(params, frame) -> SmallNetwork:
    network = SmallNetwork(frame.sizes, params.activations, "square" if params.is_regression else "cross_entropy")
    network.parameters[:] = frame.parameters
    return network


@pytest.mark.parametrize("seed", range(5))
def test_three_tanh_neurons_are_the_fewest_that_enclose_the_circle(seed):
    shares = [played(seed=seed, hidden=(count,))[1].train_accuracy for count in (1, 2, 3)]
    assert shares[0] < 0.8 <= shares[1] < 0.95 and shares[2] >= 0.98


@pytest.mark.parametrize("data", ["circle", "xor"])
@pytest.mark.parametrize("seed", range(3))
def test_eight_neurons_without_a_bend_are_one_line(data, seed):
    _, frame = played(seed=seed, data=data, hidden=(8,), activation="identity")
    assert frame.train_accuracy < 0.8 and frame.status.kind == "straight"


@pytest.mark.parametrize(
    ("changes", "least"),
    [
        ({"data": "spiral", "hidden": (8, 8), "optimizer": "Adam", "learning_rate": 0.01}, 0.95),
        ({"data": "moons"}, 0.98),
        ({"data": "gauss", "classes": 4, "hidden": ()}, 0.95),
        ({"data": "circle", "classes": 3, "hidden": (8,), "optimizer": "Adam", "learning_rate": 0.02}, 0.95),
        ({"hidden": (), "features": ("x1_squared", "x2_squared")}, 0.99),
        ({"data": "xor", "hidden": (), "features": ("x1_x2",)}, 0.99),
    ],
)
def test_every_set_is_learned_by_a_network_that_suits_it(changes, least):
    assert played(**changes)[1].train_accuracy >= least


@pytest.mark.parametrize(("data", "hidden"), [("plane", ()), ("hills", (8,))])
def test_heights_are_learned(data, hidden):
    _, frame = played(200, data=data, hidden=hidden)
    assert frame.train_loss < 0.012 and frame.outputs == 1 and np.isnan(frame.train_accuracy)


# A run and its edits

EDITS = ((30, "W1[0,1]", 2.5), (30, "b2[0]", -1.0), (41, "W2[2,1]", 0.0), (77, "optimizer", "Adam"), (77, "l2", 0.01))


def test_replay_equals_the_edited_run_bit_for_bit():
    player = Player(PLAYGROUND, Run("playground", PlaygroundParams()))
    for at, path, value in EDITS:
        player.go(at - player.update)
        player.change(path, PLAYGROUND.checked_change(path, value))
    edited = player.go(150)
    assert edited.edits == 3
    session = read_session(Session(player.run, edited.update).to_json(), load)
    assert len(session.run.journal) == len(EDITS)
    assert frames_equal(Player(PLAYGROUND, session.run).go(session.update), edited)
    assert not frames_equal(Player(PLAYGROUND, Run("playground", PlaygroundParams())).go(edited.update), edited)


def test_an_edit_sets_what_it_names_and_nothing_else():
    player, before = played(3)
    player.change("W1[1,2]", 4.0)
    after = player.go(0)
    moved = np.flatnonzero(before.parameters != after.parameters)
    assert moved.tolist() == [index_of(before.sizes, "W1[1,2]")] and after.parameters[moved[0]] == 4.0
    assert after.hidden_maps[2].tobytes() != before.hidden_maps[2].tobytes()
    np.testing.assert_array_equal(after.hidden_maps[:2], before.hidden_maps[:2])


def test_the_same_seed_gives_the_same_run_and_another_one_others():
    (_, first), (_, again), (_, other) = played(5), played(5), played(5, seed=1)
    assert frames_equal(first, again)
    assert first.points.tobytes() != other.points.tobytes()


@pytest.mark.parametrize(
    ("path", "value"),
    [("W8[0,0]", 1), ("W1[8,0]", 1), ("b1[8]", 1), ("W1[0,0]", 11), ("W1[0,0]", float("nan")), ("W1[0,0]", "1"),
     ("hidden", [2]), ("W1", 1), ("b1[0,0]", 1), ("W1[0]", 1)],
)  # fmt: skip
def test_what_is_no_place_or_no_weight_is_refused(path, value):
    with pytest.raises(Refused):
        PLAYGROUND.checked_change(path, value)


def test_a_place_that_this_network_has_not_is_refused_when_it_is_reached():
    player = Player(PLAYGROUND, Run("playground", PlaygroundParams()))
    value = PLAYGROUND.checked_change("W5[0,0]", 1.0)
    with pytest.raises(Refused, match="no such weight"):
        player.change("W5[0,0]", value)


def test_a_batch_size_that_is_changed_works_from_the_next_epoch_on():
    player = Player(PLAYGROUND, Run("playground", PlaygroundParams()))
    player.go(10)
    player.change("batch_size", 100)
    ends = [player.go_by(Amount(1, "epoch")).update for _ in range(3)]
    assert ends == [25, 28, 31]


def test_penalties_are_told_apart_and_hold_weights_down():
    (_, free), (_, held) = played(50), played(50, l2=0.05)
    weights = network_of(PlaygroundParams(), held)
    w = weights.parameters[weights.is_weight]
    assert held.penalty == pytest.approx(0.025 * w.dot(w)) and free.penalty == 0.0
    assert held.train_loss > free.train_loss
    assert np.abs(held.parameters).sum() < np.abs(free.parameters).sum()
    _, sparse = played(50, l1=0.02)
    w = sparse.parameters[weights.is_weight]
    assert sparse.penalty == pytest.approx(0.02 * np.abs(w).sum())


def test_the_newest_update_can_be_done_again_by_hand():
    _, frame = played(2, hidden=(4, 2))
    assert frame.parameters == pytest.approx(frame.before - frame.used_rate * frame.gradients)


def test_a_run_that_diverges_ends_with_its_last_finite_state():
    _, frame = played(hidden=(8,) * 6, activation="relu", learning_rate=10.0, features=tuple(FEATURES))
    assert frame.finished and frame.status.kind == "diverged" and frame.status.remedy is not None
    assert np.isfinite(frame.parameters).all() and np.isfinite(frame.train_loss)


# Data

OWN = ((-1.0, 0.0, 0), (1.0, 0.0, 1), (0.0, 2.0, 2), (0.5, -2.0, 1), (-0.5, -2.0, 0))


def test_own_points_are_all_used_and_their_classes_make_the_outputs():
    _, frame = played(1, data="own", points=OWN, train_share=80)
    assert frame.outputs == 3 and frame.training == 4 and len(frame.points) == 5
    pairs = zip(frame.points.tolist(), frame.targets.tolist(), strict=True)
    assert {(*place, label) for place, label in pairs} == set(OWN)


def test_of_own_points_hand_and_pointer_say_which_are_for_testing():
    player, frame = played(1, data="own", train_share=70)
    params = player.params
    tested = [tuple(place) for place in frame.points[frame.training :].tolist()]
    assert 0 < len(tested) < len(params.points)
    for handle, (x1, x2, label) in zip(PLAYGROUND.handles(params, frame), params.points, strict=True):
        kind = "test point" if (x1, x2) in tested else "training point"
        assert handle.label.render("en").startswith(f"{kind} ")
        assert f"{kind} of class {label}" in PLAYGROUND.probe(params, frame, ProbePoint(x1, x2)).text.render("en")
    assert "point of" not in PLAYGROUND.probe(params, frame, ProbePoint(-2.95, 2.95)).text.render("en")


def test_own_points_come_from_the_lines_of_a_csv_file():
    text = "x1,x2,label\n" + "\n".join(f"{x},{y},{label}" for x, y, label in OWN)
    assert PlaygroundParams().with_text("points", text).points == OWN
    assert PlaygroundParams().with_text("points", text.partition("\n")[2].replace(",", ";")).points == OWN
    with pytest.raises(Refused, match="line 3"):
        PlaygroundParams().with_text("points", "x1,x2,label\n0,0,1\n0,1\n")


def test_a_typed_border_parts_the_points_and_is_drawn_where_they_are_parted():
    _, frame = played(1, data="curve", border="sin(2*x1)")
    x1, x2 = frame.points.T
    np.testing.assert_array_equal(frame.targets == 1, x2 > np.sin(2 * x1))
    assert frame.border[:, 1] == pytest.approx(np.sin(2 * frame.border[:, 0]), abs=1e-6)
    _, steep = played(1, data="curve", border="1/x1")
    seen = np.isfinite(steep.border[:, 1])
    assert 0 < seen.sum() < len(seen) and np.abs(steep.border[seen]).max() <= REACH
    assert played(1)[1].border is None


@pytest.mark.parametrize(
    ("text", "said"),
    [("x1 +", "column 5"), ("x2", "there is no “x2”"), ("log(x1)", "no value at x1 = −2.6"),
     ("5", "hardly any point above"), ("-5", "hardly any point below")],
)  # fmt: skip
def test_a_border_that_cannot_be_used_is_refused_with_what_is_wrong(text, said):
    with pytest.raises(Refused, match=said):
        PlaygroundParams(data="curve").with_text("border", text)


@pytest.mark.parametrize("classes", [3, 4])
def test_more_classes_are_answered_by_the_likeliest(classes):
    _, frame = played(20, data="gauss", classes=classes)
    assert frame.outputs == classes and set(frame.answers.tolist()) == set(range(classes))
    x = inputs_of(frame.points, ("x1", "x2"))
    scores = network_of(PlaygroundParams(data="gauss", classes=classes), frame).forward(x)
    np.testing.assert_array_equal(scores.argmax(axis=1), frame.answers)
    right = (frame.answers == frame.targets)[: frame.training]
    assert frame.train_accuracy == right.mean() and frame.wrong == (~right).sum()
    y = np.exp(scores - scores.max(axis=1, keepdims=True))
    y = (y / y.sum(axis=1, keepdims=True))[np.arange(len(y)), frame.targets][: frame.training]
    assert frame.train_loss == pytest.approx(-np.log(y).mean(), rel=1e-4)


def test_of_a_table_inputs_are_what_was_chosen_and_the_map_is_its_section():
    params = PlaygroundParams(data="table", inputs=("1", "3"), across="2", upwards="1", hidden=())
    player = Player(PLAYGROUND, Run("playground", params))
    frame = player.go_by(Amount(100, "epoch"))
    table = frame.table
    assert params.is_section and frame.sizes == (2, 2) and player.network() is None
    np.testing.assert_array_equal(frame.points, table.values[:, [1, 0]])
    np.testing.assert_array_equal(frame.targets, table.labels)
    network = network_of(params, frame)
    np.testing.assert_array_equal(network.forward(table.inputs((0, 2))).argmax(axis=1), frame.answers)
    # The column that is drawn across is no input: the answers are the same all along it.
    assert not np.ptp(frame.answer_map, axis=1).any() and np.ptp(frame.answer_map, axis=0).any()
    columns = next(one for one in PLAYGROUND.tables(params, frame) if one.name == "points").columns
    assert {"column3", "column4"} <= {one.name for one in columns}
    spot = ProbePoint(0.0, 2.0)
    scores = network.forward(np.array([[2.0, table.values[:, 2].mean(), 1.0]]))[0]
    assert f"class {scores.argmax()}" in PLAYGROUND.probe(params, frame, spot).text.render("en")


def test_columns_that_a_table_has_not_give_way_and_no_column_is_drawn_twice():
    params = PlaygroundParams(data="table", inputs=("2", "7"), across="3", upwards="3")
    assert params.inputs == ("2",) and params.drawn == (2, 0)
    params = PlaygroundParams(data="table", inputs=("7", "8"), across="8")
    assert params.inputs == ("1", "2") and params.drawn == (0, 1)


def test_of_a_table_those_columns_are_offered_that_it_has_and_without_its_file_the_example_is_named(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("1,2,3,x\n4,5,7,y\n1,0,2,x\n" * 4, encoding="utf-8")
    for table, columns in (("", 4), (str(path), 3)):
        player, frame = played(0, data="table", table=table)
        params = player.params
        for name in ("inputs", "across", "upwards"):
            offered = field_of(PlaygroundParams, name).offered(params)
            assert [option.value for option in offered] == [str(number + 1) for number in range(columns)]
        assert (frame.status is not None and frame.status.kind == "no_file") == (not table)
    path.unlink()
    assert len(field_of(PlaygroundParams, "inputs").offered(params)) == MOST_COLUMNS


def test_a_file_of_a_table_gives_the_classes_and_a_bad_one_is_told_with_its_line(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("a,b,c,kind\n" + "1,2,3,x\n4,5,7,y\n1,0,2,z\n" * 4, encoding="utf-8")
    _, frame = played(1, data="table", table=str(path), inputs=("1", "2", "3"))
    assert frame.outputs == 3 and frame.table.classes == ("x", "y", "z")
    assert [str(name.render("en")) for name in frame.axis_names(PlaygroundParams(data="table", table=str(path)))] == [
        "a, scaled", "b, scaled",
    ]  # fmt: skip
    path.write_text("1,2,3\n1,oops,3\n" * 4, encoding="utf-8")
    with pytest.raises(Refused, match="line 2: “oops” is not a number"):
        PlaygroundParams(data="table", table=str(path))


def test_training_and_test_points_share_nothing_and_are_as_many_as_was_asked():
    for share, count in ((10, 50), (50, 250), (90, 450)):
        _, frame = played(1, train_share=share)
        assert frame.training == count and len(np.unique(frame.points, axis=0)) == 500


# Maps


def test_maps_are_the_answers_of_the_network_all_over_the_square():
    params = PlaygroundParams(hidden=(3, 2), layer2="sigmoid")
    _, frame = played(20, hidden=(3, 2), layer2="sigmoid")
    side = len(frame.answer_map)
    middles = (np.arange(side) + 0.5) / side * 2 * REACH - REACH
    row, column = 17, 60
    here = np.array([[middles[column], middles[row]]])
    network = network_of(params, frame)
    x = inputs_of(here, params.features)
    z1 = np.tanh(x @ network.blocks[0])[0]
    z2 = 1 / (1 + np.exp(-np.append(z1, 1) @ network.blocks[1]))
    assert frame.hidden_maps[:3, row, column] == pytest.approx(128 + 127 * z1, abs=1)
    assert frame.hidden_maps[3:, row, column] == pytest.approx(255 * z2, abs=1)
    scores = network.forward(x)[0]
    y = np.exp(scores) / np.exp(scores).sum()
    assert frame.output_maps[:, row, column] == pytest.approx(255 * y, abs=1)
    assert frame.answer_map[row, column] == pytest.approx(64 * y.argmax() + 63 * (2 * y.max() - 1), abs=1)


def test_lines_are_where_the_sums_of_the_first_layer_are_zero():
    _, frame = played(10)
    block = frame.parameters[:9].reshape(3, 3)
    for x1, y1, x2, y2, unit in np.column_stack([frame.lines, frame.line_of]).tolist():
        w1, w2, b = block[:, int(unit)]
        for x, y in ((x1, y1), (x2, y2)):
            assert w1 * x + w2 * y + b == pytest.approx(0, abs=2e-3)
    assert set(frame.line_of.tolist()) == {0, 1, 2}


def test_the_largest_network_has_a_frame_that_is_small_enough_and_maps_for_every_neuron(tmp_path):
    path = tmp_path / "large.csv"
    path.write_text("".join(f"{line},1,2,3,4,5,6,{line % 7},{'abcd'[line % 4]}\n" for line in range(MOST_LINES)))
    params = PlaygroundParams(data="table", table=str(path), inputs=tuple("12345678"), hidden=(8,) * 6)
    frame = Player(PLAYGROUND, Run("playground", params)).go(1)
    assert len(frame.parameters) == MOST_PARAMETERS
    assert (len(frame.input_maps), len(frame.hidden_maps), len(frame.output_maps)) == (8, 48, 4)
    assert sum(array.nbytes for array in arrays_of(frame)) <= 256 * 1024


def test_what_does_not_change_is_one_array_in_all_frames():
    player, first = played(1)
    second = player.go(5)
    for name in ("points", "targets", "input_maps"):
        assert getattr(first, name) is getattr(second, name)


# The hand


def test_a_click_on_a_neuron_shows_it_large_and_the_next_one_lets_go():
    params, (_, frame) = PlaygroundParams(), played(1)
    spot = ProbePoint(1.0, 0.5, "network")
    changes = PLAYGROUND.click_at(params, frame, spot)
    assert changes == {"enlarged": 2, "selected": bias_of(frame.sizes, 1, 1) + 1}
    assert PLAYGROUND.click_at(params.replaced(changes), frame, spot) == {"enlarged": 0, "selected": 0}
    assert PLAYGROUND.click_at(params, frame, ProbePoint(0.0, 0.5, "network")) == {}
    weight = PLAYGROUND.click_at(params, frame, ProbePoint(0.5, 0.79, "network"))
    assert weight == {"selected": 1}


def test_above_a_layer_a_neuron_comes_or_goes():
    params, (_, frame) = PlaygroundParams(), played(1)
    assert PLAYGROUND.click_at(params, frame, ProbePoint(0.8, 1.1, "network")) == {"hidden": (2,)}
    assert PLAYGROUND.click_at(params, frame, ProbePoint(1.2, 1.1, "network")) == {"hidden": (4,)}
    assert PLAYGROUND.click_at(params, frame, ProbePoint(0.1, 1.1, "network")) == {}
    one, (_, small) = PlaygroundParams(hidden=(1,)), played(1, hidden=(1,))
    assert PLAYGROUND.click_at(one, small, ProbePoint(0.8, 1.1, "network")) == {}


def test_what_is_chosen_stays_chosen_while_neurons_come_and_go():
    _, frame = played(1)
    bias = bias_of(frame.sizes, 1, 1)
    params = PlaygroundParams(enlarged=2, selected=bias + 1)
    assert path_of(frame.sizes, bias) == "b1[1]"
    more = PLAYGROUND.click_at(params, frame, ProbePoint(1.2, 1.1, "network"))
    assert more["enlarged"] == 2 and path_of((2, 4, 2), more["selected"] - 1) == "b1[1]"
    last = PlaygroundParams(enlarged=3, selected=bias_of(frame.sizes, 1, 2) + 1)
    fewer = PLAYGROUND.click_at(last, frame, ProbePoint(0.8, 1.1, "network"))
    assert fewer == {"hidden": (2,), "enlarged": 0, "selected": 0}


def test_a_selected_weight_is_moved_in_hundredths_and_stays_in_range():
    params, (_, frame) = PlaygroundParams(selected=1), played(1)
    path, value = frame.placed(params, float(frame.parameters[frame.selected(params)]) + 0.1)
    assert path == "W1[0,0]" and value == round(float(frame.parameters[0]) + 0.1, 2)
    assert frame.placed(params, 100.0)[1] == 10.0
    assert frame.placed(PlaygroundParams(), 1.0) is None
    last = frame.placed(PlaygroundParams(selected=MOST_PARAMETERS), 1.0)
    assert last[0] == "b2[1]"
