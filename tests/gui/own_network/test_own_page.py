"""The page for a network of one's own: the file stays the learner's, and nothing runs before a button is pressed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from engine.exercises.exercise import LONGEST_SOURCE
from engine.networks.layers import array_shapes
from engine.own_network import convolving
from engine.own_network.convolving import LAYERS, ConvolutionCurves, Convolved
from engine.own_network.generalizing import TECHNIQUES, Generalized, TechniqueCurves
from engine.own_network.learning import UPDATES, Curves, Learned
from engine.own_network.stations import stations
from gui.learner.learner import OWN_NETWORK
from gui.learner.records import OwnDigit
from gui.own_network.own_page import OwnPage

_RIGHTS = Path(__file__).parents[2] / "engine" / "own_network" / "right"
_RIGHT = (_RIGHTS / "by_chapter_5.py").read_text("utf-8")


@pytest.fixture
def page(window):
    """The page, with no file yet."""
    window.show_experiment("gates")
    window.show()
    window.show_own_network()
    return window.own_page


def done(qtbot, page):
    """Wait until nothing is under way."""
    qtbot.waitUntil(lambda: not page.runner.is_running)


def test_a_new_file_grows_by_the_headings_and_is_told_what_is_missing(qtbot, page, tmp_path):
    assert (
        not page.panel.check_button.isEnabled() and page.column.about.isVisible() and not page.column.editor.isVisible()
    )
    path = tmp_path / "my_network.py"
    page.column.begin(path)
    assert page.column.editor.isVisible() and not page.column.about.isVisible()
    page.panel.headings_button.click()
    assert "def cross_entropy_error(y, t):" in page.column.editor.source and not page.panel.headings_button.isEnabled()
    page.panel.check_button.click()
    assert page.panel.stop_button.isVisible() and path.read_text("utf-8") == page.column.editor.source
    done(qtbot, page)
    assert page.panel.holds(1) is False and "sigmoid" in page.panel.outcome.text()
    assert page.tabs.tabText(0).startswith("×") and not page.panel.play_buttons["softmax"].isEnabled()


def test_a_station_that_holds_is_kept_and_plays_in_an_experiment(qtbot, window, page, tmp_path):
    page.column.begin(tmp_path / "my_network.py")
    page.column.editor.setPlainText(_RIGHT)
    page.column.editor.check_wanted.emit()
    done(qtbot, page)
    assert page.panel.holds(1) and not page.panel.checks.isVisible()
    assert window.learner.progress(OWN_NETWORK).written == {one.id for one in stations()[:5]}
    page.panel.play_buttons["softmax"].click()
    qtbot.waitUntil(lambda: window.page.experiment.id == "softmax" and window.runner.is_settled)
    (written,) = window.runner.run.written
    assert (written.exercise, written.source) == ("softmax", page.column.editor.source)
    window.show_own_network()
    window.escape()
    assert window.page.isVisible()


def test_nothing_runs_when_a_file_is_opened_and_it_is_found_again(page, window, settings, tmp_path):
    path = tmp_path / "网络 1.py"
    path.write_text(_RIGHT, encoding="utf-8")
    page.column.open(path)
    assert not page.runner.is_running and page.column.editor.source == _RIGHT
    again = OwnPage(settings, window.learner)
    assert again.column.path == path and again.column.editor.source == _RIGHT


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"\xff\x00x", "UTF-8"), (b"#" * (LONGEST_SOURCE + 1), "characters"), (b"#" * 5_000_000, "bytes")],
    ids=["not UTF-8", "long", "very long"],  # a name of a million characters has no room in Windows' environment
)
def test_what_cannot_be_read_is_said_and_the_file_before_stays(page, tmp_path, content, words):
    page.column.begin(tmp_path / "my_network.py")
    other = tmp_path / "other.py"
    other.write_bytes(content)
    page.column.open(other)
    assert words in page.column.line.text() and page.column.file.path.name == "my_network.py"


def test_what_another_editor_saves_appears_here(qtbot, page, tmp_path):
    path = tmp_path / "my_network.py"
    page.column.begin(path)
    path.write_text(_RIGHT, encoding="utf-8")
    qtbot.waitUntil(lambda: page.column.editor.source == _RIGHT)
    # As editors do that put a new file in its place.
    new = tmp_path / "new"
    new.write_text("x = 1\n", encoding="utf-8")
    new.replace(path)
    qtbot.waitUntil(lambda: page.column.editor.source == "x = 1\n")
    path.write_text("x = 2\n", encoding="utf-8")
    qtbot.waitUntil(lambda: page.column.editor.source == "x = 2\n")
    assert not page.runner.is_running


@pytest.mark.parametrize("keeps_mine", [False, True])
def test_where_both_have_changed_nothing_is_lost(qtbot, page, tmp_path, keeps_mine):
    path = tmp_path / "my_network.py"
    page.column.begin(path)
    page.column.editor.setPlainText("mine = 1\n")
    path.write_text("theirs = 1\n", encoding="utf-8")
    qtbot.waitUntil(page.column.theirs_button.isVisible)
    page.hide()
    page.show()
    assert page.column.editor.source == "mine = 1\n" and path.read_text("utf-8") == "theirs = 1\n"
    (page.column.mine_button if keeps_mine else page.column.theirs_button).click()
    assert page.column.editor.source == path.read_text("utf-8") == ("mine = 1\n" if keeps_mine else "theirs = 1\n")
    assert not page.column.theirs_button.isVisible()


def test_a_file_that_is_deleted_is_written_again_by_save(qtbot, page, tmp_path):
    path = tmp_path / "my_network.py"
    page.column.begin(path)
    before = page.column.editor.source
    path.unlink()
    qtbot.waitUntil(lambda: "not there any more" in page.column.line.text())
    page.column.save_button.click()
    assert path.read_text("utf-8") == page.column.editor.source == before


def test_what_was_written_is_in_the_file_when_the_page_is_left(page, window, tmp_path):
    path = tmp_path / "my_network.py"
    page.column.begin(path)
    page.column.editor.setPlainText("x = 3\n")
    page.back_button.click()
    assert path.read_text("utf-8") == "x = 3\n" and window.page.isVisible()


def test_a_training_can_be_stopped_and_its_network_reads_a_drawn_digit(qtbot, window, page, tmp_path):
    page.column.begin(tmp_path / "my_network.py")
    page.column.editor.setPlainText(_RIGHT)
    page.tabs.setCurrentIndex(4)
    page.panel.does_wanted.emit()
    qtbot.waitUntil(lambda: len(page.panel.picture.losses.lines) > 0)
    page.panel.stop_button.click()
    assert not page.runner.is_running and not page.panel.digit_button.isVisible()
    arrays = {"W1": (784, 50), "b1": (50,), "W2": (50, 10), "b2": (10,)}
    filled = {name: np.zeros(shape) for name, shape in arrays.items()}
    page.show_reading(page.station, Learned(0.9, UPDATES, Curves([1], [2.3], [2.3]), filled, "sigmoid"))
    assert "90.0%" in page.panel.outcome.text() and not page.panel.maps_button.isVisible()
    page.panel.digit_button.click()
    qtbot.waitUntil(lambda: window.page.experiment.id == "digits" and window.runner.is_settled)
    assert Path(window.page.editor.params.network).name == "my_network.network.npz"


def test_the_digit_that_was_drawn_for_it_is_the_learners_and_is_read_again_by_the_next_network(
    qtbot, window, page, tmp_path
):
    page.column.begin(tmp_path / "my_network.py")
    page.tabs.setCurrentIndex(4)
    random = np.random.default_rng(3)
    shapes = {"W1": (784, 50), "b1": (50,), "W2": (50, 10), "b2": (10,)}
    first, second = ({name: random.normal(size=shape) for name, shape in shapes.items()} for _ in range(2))
    page.show_reading(page.station, Learned(0.9, UPDATES, Curves([1], [2.3], [2.3]), first, "sigmoid"))
    page.panel.digit_button.click()
    qtbot.waitUntil(lambda: window.page.experiment.id == "digits" and window.runner.is_settled)

    def kept():
        return window.learner.progress(OWN_NETWORK).digit

    window.show_overview()
    assert kept() is None  # it is a preset that stands there
    assert not window.overview.own_network.digit.isVisible()
    window.show_experiment("digits")
    window.page.controller.edit({"drawing": (((0.5, 0.2), (0.5, 0.8)),)})
    qtbot.waitUntil(lambda: window.page.controller.snapshot.frame.strokes == 1 and window.runner.is_settled)
    seen = window.page.controller.snapshot.frame
    window.show_overview()
    assert kept() == OwnDigit(seen.seen.tobytes(), seen.answer, seen.confidence)
    told = window.overview.own_network.digit
    assert told.isVisible() and told.text().startswith(f"Your digit: it reads {seen.answer},")
    page.show_reading(page.station, Learned(0.9, UPDATES, Curves([1], [2.3], [2.3]), second, "sigmoid"))
    x = seen.seen.reshape(1, -1).astype(np.float32) / 255
    z = 1 / (1 + np.exp(-(x @ second["W1"] + second["b1"]))) @ second["W2"] + second["b2"]
    y = np.exp(z - z.max()) / np.exp(z - z.max()).sum()
    assert kept().answer == np.argmax(y) and kept().probability == pytest.approx(y.max(), abs=1e-5)


def test_what_an_experiment_cannot_be_played_with_is_told_with_its_reason(qtbot, page, tmp_path):
    page.column.begin(tmp_path / "my_network.py")
    # Its Momentum puts new arrays into params, which the station allows.
    page.column.editor.setPlainText((_RIGHTS / "techniques_by_lists.py").read_text("utf-8"))
    page.tabs.setCurrentIndex(5)
    page.panel.play_wanted.emit("optimizers")
    done(qtbot, page)
    told = page.panel.outcome.text()
    assert told.startswith("6.1") and "Momentum" in told and "The arrays have stayed as they were" in told


def test_the_filters_and_maps_of_a_cnn_are_seen_where_maps_are(qtbot, window, page, tmp_path):
    page.column.begin(tmp_path / "my_network.py")
    page.tabs.setCurrentIndex(len(stations()) - 1)
    arrays = {name: np.zeros(shape, np.float32) for name, shape in array_shapes((1, 28, 28), LAYERS).items()}
    curves = ConvolutionCurves([5], [2.3], [], [25], [0.1])
    page.show_reading(page.station, Convolved(0.94, convolving.UPDATES, curves, arrays))
    assert "94.0%" in page.panel.outcome.text() and page.panel.digit_button.isVisible()
    assert page.panel.picture.isVisible() and not page.panel.ours.isVisible()
    page.panel.maps_button.click()
    qtbot.waitUntil(lambda: window.page.experiment.id == "feature_maps" and window.runner.is_settled)
    params = window.page.editor.params
    assert Path(params.network).name == "my_network.network.npz" and (params.view, params.weights) == (
        "maps",
        "trained",
    )


def test_a_method_of_another_class_is_no_heading(page, tmp_path):
    page.column.begin(tmp_path / "my_network.py")
    page.column.editor.setPlainText("class Affine:\n    def forward(self, x):\n        pass\n")
    page.tabs.setCurrentIndex(len(stations()) - 1)
    assert page.panel.headings_button.isEnabled()
    page.panel.headings_button.click()
    assert "class SimpleConvNet:" in page.column.editor.source and not page.panel.headings_button.isEnabled()


def test_closing_the_window_ends_what_runs(qtbot, window, page, tmp_path):
    page.column.begin(tmp_path / "my_network.py")
    page.column.editor.setPlainText("while True:\n    pass\n")
    page.panel.check_button.click()
    window.close()
    qtbot.waitUntil(lambda: not page.runner.is_running)


def test_a_sign_stands_for_the_file_as_it_is_alone(qtbot, page, tmp_path):
    page.column.begin(tmp_path / "my_network.py")
    page.column.editor.setPlainText(_RIGHT)
    page.tabs.setCurrentIndex(3)
    page.panel.check_button.click()
    done(qtbot, page)
    assert [page.panel.holds(order) for order in range(1, 6)] == [True] * 5
    assert page.panel.next_button.isVisible() and page.panel.does_button.isEnabled()
    page.column.editor.setPlainText(_RIGHT.replace("np.exp(-x)", "np.exp(x)"))
    assert [page.panel.holds(order) for order in range(1, 6)] == [None] * 5
    assert "changed since" in page.panel.outcome.text() and not page.panel.does_button.isEnabled()
    assert not any(page.tabs.tabText(index).startswith("✓") for index in range(page.tabs.count()))
    page.panel.check_button.click()
    done(qtbot, page)
    assert page.panel.holds(1) is False


def test_ctrl_s_saves_the_file_and_no_session(qtbot, window, page, tmp_path, monkeypatch):
    monkeypatch.setattr(window.files, "save_session", lambda: pytest.fail("the session was saved"))
    path = tmp_path / "my_network.py"
    page.column.begin(path)
    page.column.editor.setPlainText("x = 4\n")
    page.column.editor.setFocus()
    window.activateWindow()
    qtbot.waitUntil(page.column.editor.hasFocus)
    qtbot.keyClick(page.column.editor, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert path.read_text("utf-8") == "x = 4\n" and page.column.line.text() == "Saved."


def test_the_keys_go_to_stop_and_back_to_what_was_pressed(qtbot, window, page, tmp_path):
    page.column.begin(tmp_path / "my_network.py")
    window.activateWindow()
    page.panel.check_button.setFocus()
    qtbot.waitUntil(page.panel.check_button.hasFocus)
    page.panel.check_button.click()
    assert page.panel.stop_button.hasFocus() and not page.panel.check_button.isVisible()
    done(qtbot, page)
    assert page.panel.check_button.hasFocus()
    assert "sigmoid, softmax, cross_entropy_error" in page.panel.outcome.text()


def test_what_is_looked_at_stays_where_it_is_when_another_program_saves(qtbot, page, tmp_path):
    path = tmp_path / "my_network.py"
    path.write_text(_RIGHT, encoding="utf-8")
    page.column.open(path)
    bar = page.column.editor.verticalScrollBar()
    bar.setValue(40)
    assert bar.value() == 40
    path.write_text(_RIGHT + "\n\nx = 1\n", encoding="utf-8")
    qtbot.waitUntil(lambda: "x = 1" in page.column.editor.source)
    assert bar.value() == 40 and "Another program" in page.column.line.text()
    page.column.editor.appendPlainText("y = 2")
    assert not page.column.line.text()


def test_each_curve_of_a_training_stands_under_its_name(qtbot, page):
    """In data that tell both networks and both quantities apart."""
    picture = page.panel.picture
    picture.show_training(Curves([1, 2], [2.3, 2.0], [2.2, 1.5], [2], [0.25], [0.75]))
    for plot, yours, ours in ((picture.losses, [2.3, 2.0], [2.2, 1.5]), (picture.accuracies, [0.25], [0.75])):
        drawn = [list(line.getData()[1]) for line in plot.lines if line.isVisible()]
        assert drawn == [yours, ours]
        assert [row[0] for row in plot.key.state[0]] == ["yours", "ours"]


def test_a_station_asks_for_a_class_whatever_methods_others_have(page, tmp_path):
    page.column.begin(tmp_path / "my_network.py")
    page.column.editor.setPlainText(_RIGHT)
    page.tabs.setCurrentIndex(5)
    assert page.panel.headings_button.isEnabled()
    page.panel.headings_button.click()
    assert "class MultiLayerNet:" in page.column.editor.source and not page.panel.headings_button.isEnabled()


def test_three_trainings_stand_under_their_names_and_the_best_of_them_reads_a_drawn_digit(page, tmp_path):
    page.column.begin(tmp_path / "my_network.py")
    page.tabs.setCurrentIndex(5)
    panel, (plain, decay, dropout) = page.panel, TECHNIQUES
    assert "300" in panel.does_button.text() and not panel.techniques.isVisible()
    curves = TechniqueCurves(
        {name: [0, 20] for name in TECHNIQUES},
        {plain: [0.1, 0.9], decay: [0.1, 0.8], dropout: [0.1, 0.7]},
        {plain: [0.2, 0.3], decay: [0.2, 0.4], dropout: [0.2, 0.5]},
    )
    page.show_reading(page.station, Generalized(0.5, 20, curves))
    assert panel.techniques.isVisible() and not panel.picture.isVisible() and not panel.digit_button.isVisible()
    assert "at least 65%" in panel.outcome.text() and panel.outcome.text().endswith("Best this time: with dropout.")
    for plot, rows in ((panel.techniques.train, curves.train), (panel.techniques.test, curves.test)):
        drawn = [list(line.getData()[1]) for line in plot.lines if line.isVisible()]
        assert drawn == list(rows.values())
        assert [row[0] for row in plot.key.state[0]] == ["as it is", "with weight decay", "with dropout"]
    arrays = {"W1": (784, 100), "b1": (100,), "W2": (100, 100), "b2": (100,), "W3": (100, 10), "b3": (10,)}
    layers = (("affine", 100), ("relu",), ("affine", 100), ("relu",), ("affine", 10))
    filled = {name: np.zeros(shape, np.float32) for name, shape in arrays.items()}
    page.show_reading(page.station, Generalized(0.5, 20, curves, layers, filled))
    assert panel.digit_button.isVisible()


def test_what_stands_in_the_window_is_kept_apart_where_it_is_closed_with_two_versions(qtbot, window, page, tmp_path):
    path = tmp_path / "my_network.py"
    page.column.begin(path)
    page.column.editor.setPlainText("x = 1\n")
    path.write_text("x = 2\n", encoding="utf-8")
    qtbot.waitUntil(lambda: page.column.is_apart)
    window.close()
    (kept,) = tmp_path.glob("my_network_window_*.py")
    assert kept.read_text("utf-8") == "x = 1\n" and path.read_text("utf-8") == "x = 2\n"
    page.column.open(path)
    assert kept.name in page.column.line.text() and page.column.source == "x = 2\n"


def test_keys_go_to_check_from_what_cannot_be_pressed_any_more(qtbot, page, tmp_path):
    page.column.begin(tmp_path / "my_network.py")
    page.tabs.setCurrentIndex(0)
    hint = page.panel.hint_button
    hint.setFocus()
    while hint.isEnabled():
        hint.click()
    assert QApplication.focusWidget() is page.panel.check_button


def test_lines_for_a_terminal_leave_what_was_checked_as_it_is(qtbot, page, tmp_path):
    page.column.begin(tmp_path / "my_network.py")
    page.column.editor.setPlainText(_RIGHT)
    page.tabs.setCurrentIndex(0)
    page.panel.check_button.click()
    done(qtbot, page)
    assert page.panel.holds(1)
    page.panel.terminal_wanted.emit()
    assert page.panel.holds(1) and "__main__" in page.column.source
    page.column.editor.setPlainText("y = 1\n" + page.column.source)
    assert page.panel.holds(1) is None


def test_what_was_right_in_an_exercise_is_offered_with_its_day_and_comes_on_a_press_alone(
    qtbot, page, window, tmp_path
):
    page.column.begin(tmp_path / "my_network.py")
    page.tabs.setCurrentIndex(0)
    assert not page.panel.yours_button.isVisible()
    source = "def sigmoid(x):\n    return 1 / (1 + np.exp(-x))\n"
    window.learner.keep_right_source("sigmoid", source)
    window.learner.write("activations", "sigmoid")
    page.tabs.setCurrentIndex(1)
    page.tabs.setCurrentIndex(0)
    offered = page.panel.yours.text()
    assert (
        page.panel.yours_button.isVisible() and window.learner.today().isoformat() in offered and "sigmoid" in offered
    )
    assert "def sigmoid" not in page.column.source
    page.panel.yours_button.click()
    assert source in page.column.source and not page.panel.yours_button.isVisible()


@pytest.mark.parametrize("changed", ["print('x' * 10**6)\nimport helper\n", "import helper\n"])
def test_a_module_beside_the_file_and_a_flood_of_print_do_no_harm(qtbot, page, tmp_path, changed):
    folder = tmp_path / "深度 学习"
    folder.mkdir()
    (folder / "helper.py").write_text("open('seen', 'w')\n", encoding="utf-8")
    page.column.begin(folder / "我的 网络.py")
    page.tabs.setCurrentIndex(0)
    page.column.editor.setPlainText(_RIGHT + changed)
    page.panel.check_button.click()
    done(qtbot, page)
    assert "helper" in page.panel.outcome.text() and page.panel.holds(1) is False
    assert sorted(one.name for one in folder.iterdir()) == ["helper.py", "我的 网络.py"]
    page.column.editor.setPlainText("print('x' * 10**6)\n" + _RIGHT)
    page.panel.check_button.click()
    done(qtbot, page)
    assert page.panel.holds(1)
