"""Runs are pinned, come back bit for bit with their record, in a step of undo, and stand in sessions."""

from __future__ import annotations

import weakref

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication

from engine.contract.catalogue import load
from engine.contract.frame import arrays_of
from engine.contract.params import fields_of
from engine.contract.run import LARGEST_SEED, MOST_ON_SHELF, Run
from engine.contract.table import series_of
from engine.playing import Player
from engine.shelf.differences import table_of_differences
from engine.shelf.shelved_run import SEEDS
from gui.shelf.table_dialog import TableDialog
from tests.gui.window.shown import shown
from tests.other_values import other_values
from tests.walk import EXPERIMENT_IDS

FAST = ("descent", "playground", "optimizers")
KEEPS = [one for one in EXPERIMENT_IDS if load(one).keeps_runs]


def _settled(qtbot, window):
    qtbot.waitUntil(lambda: window.runner.is_settled)


def _moment(window, page):
    """All that has to come back: parameters, seed, update, journal until there, and the frame's numbers."""
    entry, run = window.runner.entry, window.runner.run
    arrays = [array.tobytes() for array in arrays_of(entry.frame)]
    journal = [change for change in run.journal if change.at_update <= entry.update]
    return page.editor.params, page.editor.seed, entry.update, journal, arrays


def _begin_anew(editor):
    """Change something that begins another run: a parameter, or else the seed."""
    for name, field in fields_of(type(editor.params)).items():
        if field.effect == "restart":
            for value in other_values(field, getattr(editor.params, name)):
                if editor.experiment.has_course(editor.params.replaced({name: value})):
                    assert editor.change({name: value})
                    return
    assert editor.set_seed(editor.seed + 1)


def _show_course(qtbot, window, page):
    if not page.experiment.has_course(page.editor.params):
        page.editor.change({"view": "train"})
        _settled(qtbot, window)


@pytest.mark.parametrize("experiment_id", [
    pytest.param(one, marks=[] if one in FAST else [pytest.mark.whole]) for one in KEEPS
])  # fmt: skip
def test_pinned_changed_and_gone_back_it_is_bit_for_bit_what_was_pinned(qtbot, window, experiment_id):
    page = shown(qtbot, window, experiment_id)
    _show_course(qtbot, window, page)
    assert not page.transport.pin.isVisible() and page.shelf_row.isHidden()
    for _ in range(2):
        page.controller.step()
        _settled(qtbot, window)
    assert page.transport.pin.isVisible() and page.shelf_row.isHidden()
    page.pin()
    pinned = _moment(window, page)
    (card,) = page.shelf_row.cards
    assert page.shelf_row.isVisible() and card.is_shown
    # Gone on within the same run: only looked back at.
    page.controller.step()
    _settled(qtbot, window)
    steps, run = page.editor.undo_stack.count(), window.runner.timeline
    if window.runner.entry.update != pinned[2]:
        assert not card.is_shown
    card.click()
    _settled(qtbot, window)
    assert _moment(window, page) == pinned and card.is_shown
    assert page.editor.undo_stack.count() == steps and window.runner.timeline is run
    # Another run: it comes back, and undo and redo go to and fro.
    window.runner.to_newest()
    _begin_anew(page.editor)
    _settled(qtbot, window)
    other = _moment(window, page)
    assert other != pinned and not card.is_shown
    card.click()
    _settled(qtbot, window)
    assert _moment(window, page) == pinned and card.is_shown
    page.editor.undo_stack.undo()
    _settled(qtbot, window)
    assert _moment(window, page) == other
    page.editor.undo_stack.redo()
    _settled(qtbot, window)
    assert _moment(window, page) == pinned


def test_what_is_kept_no_more_is_played_again_from_the_seed_and_its_picture_stands_meanwhile(qtbot, window):
    page = shown(qtbot, window, "playground")
    page.editor.change({"learning_rate": 0.2})
    page.controller.step()
    _settled(qtbot, window)
    page.pin()
    pinned, frames = _moment(window, page), len(window.runner.timeline)
    page.editor.change({"learning_rate": 0.7})  # live: the run is another from here on
    page.controller.step()
    _settled(qtbot, window)
    page.shelf_row.cards[0].click()
    assert window.runner.entry.update == pinned[2] and len(window.runner.timeline) == frames
    _settled(qtbot, window)
    assert _moment(window, page) == pinned
    page.controller.step()
    _settled(qtbot, window)
    page.editor.undo_stack.undo()
    _settled(qtbot, window)
    assert page.editor.params.learning_rate == 0.7


def test_restart_and_back_is_a_step_of_undo_though_no_parameter_is_another(qtbot, window):
    page = shown(qtbot, window, "descent")
    for _ in range(3):
        page.controller.step()
    _settled(qtbot, window)
    page.pin()
    update = window.runner.entry.update
    page.controller.restart()
    _settled(qtbot, window)
    window.runner.seek(0)
    page.shelf_row.cards[0].click()
    _settled(qtbot, window)
    assert window.runner.entry.update == update > 3
    page.editor.undo_stack.undo()
    _settled(qtbot, window)
    assert window.runner.entry.update == 0
    page.editor.undo_stack.redo()
    _settled(qtbot, window)
    assert window.runner.entry.update == update


def test_eight_at_most_none_twice_and_keys_do_it_all(qtbot, window):
    page = shown(qtbot, window, "descent")
    said, begun = [], window.runner.entry.update
    page.controller.shelf.said.connect(said.append)
    for count in range(MOST_ON_SHELF + 1):
        qtbot.keyClick(page.view, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
        assert len(page.shelf_row.cards) == min(count + 1, MOST_ON_SHELF)
        if count == 0:
            qtbot.keyClick(page.view, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
            assert len(page.shelf_row.cards) == 1 and len(said) == 1
        page.controller.step()
        _settled(qtbot, window)
    assert len(said) == 2 and "8" in said[1].render("en") and window.notice.isVisible()
    first, second = page.shelf_row.cards[:2]
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Right)
    assert second.hasFocus()
    qtbot.keyClick(second, Qt.Key.Key_Return)
    assert window.runner.entry.update == begun + 1 and second.is_shown
    qtbot.keyClick(second, Qt.Key.Key_F2)
    entry = window.focusWidget()
    qtbot.keyClicks(entry, "mine")
    qtbot.keyClick(entry, Qt.Key.Key_Return)
    assert second.name == "mine" and second.hasFocus()
    qtbot.keyClick(second, Qt.Key.Key_F2)
    qtbot.keyClicks(window.focusWidget(), "other")
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert second.name == "mine" and second.hasFocus()
    qtbot.keyClick(second, Qt.Key.Key_Delete)
    assert len(page.shelf_row.cards) == MOST_ON_SHELF - 1
    page.editor.undo_stack.undo()
    assert page.shelf_row.cards[1].name == "mine"


def test_the_table_is_sorted_and_copied(qtbot, window):
    page = shown(qtbot, window, "descent")
    for rate in (0.9, 0.2, 0.5):
        page.editor.change({"learning_rate": rate})
        _settled(qtbot, window)
        page.pin()
    qtbot.keyClick(page.view, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    (dialog,) = page.findChildren(TableDialog)
    dialog.view.setFocus()
    dialog.view.setCurrentIndex(dialog.model.index(0, 1))
    qtbot.keyClick(dialog.view, Qt.Key.Key_Return)
    assert list(dialog.model.table.columns[1].values) == [0.2, 0.5, 0.9]
    qtbot.keyClick(dialog.view, Qt.Key.Key_Return)
    assert list(dialog.model.table.columns[1].values) == [0.9, 0.5, 0.2]
    for form, sign in (("Markdown", "| :-- |"), ("LaTeX", "\\begin{tabular}"), ("CSV", "0.9,")):
        dialog.buttons[form].click()
        assert sign in QGuiApplication.clipboard().text()
    dialog.close()


def test_a_session_with_a_shelf_opens_again_and_its_figures_follow(qtbot, window, tmp_path):
    page = shown(qtbot, window, "playground")
    page.pin()
    page.controller.shelf.rename(page.controller.shelf.runs[0], "第一次")
    pinned = _moment(window, page)
    page.editor.change({"noise": 0.4})
    _settled(qtbot, window)
    page.pin()
    before = page.controller.shelf.stood
    window.files.save_to(tmp_path / "s.json")
    for one in page.controller.shelf.runs:
        page.controller.shelf.take_off(one)
    assert page.shelf_row.isHidden()
    window.files.open_path(tmp_path / "s.json")
    window.files.open_path(tmp_path / "s.json")  # once more puts nothing there twice
    qtbot.waitUntil(lambda: all(one.series is not None for one in page.controller.shelf.stood))
    _settled(qtbot, window)
    for mine, read in zip(before, page.controller.shelf.stood, strict=True):
        assert (mine.params, mine.seed, mine.update, mine.name) == (read.params, read.seed, read.update, read.name)
        for one, other in zip(mine.series, read.series, strict=True):
            assert one.key == other.key and np.array_equal(one.values, other.values)
    page.shelf_row.cards[0].click()
    _settled(qtbot, window)
    assert _moment(window, page) == pinned and page.shelf_row.cards[0].name == "第一次"
    timeline = window.runner.timeline
    page.shelf_row.cards[0].click()
    assert window.runner.timeline is timeline and _moment(window, page) == pinned
    qtbot.waitUntil(lambda: not window.runner.aside.is_playing)


def test_five_seeds_are_played_beside_the_window_and_can_be_stopped(qtbot, window):
    page = shown(qtbot, window, "playground")
    shelf = page.controller.shelf
    page.pin()
    page.editor.change({"noise": 0.5})
    _settled(qtbot, window)
    page.pin()
    first, second = shelf.runs
    shelf.repeat(first)
    assert len(first.repeating) == SEEDS - 1 and not shelf.can_be_repeated(first)
    shelf.repeat(second)
    shelf.stop_repeating(second)
    qtbot.waitUntil(lambda: not first.repeating)
    qtbot.waitUntil(lambda: not window.runner.aside.is_playing)
    assert not second.repeating and not second.stood.repeats and shelf.can_be_repeated(second)
    key = first.stood.series[0].key
    ends = []
    for seed in range(SEEDS):
        frame = Player(page.experiment, Run("playground", first.stood.params, seed)).go(first.stood.update)
        tables = page.experiment.main_tables(first.stood.params, frame)
        ends.append(series_of(tables, page.experiment.measures, page.experiment.unit_ids)[0].last)
    assert first.stood.bands()[key].last == (min(ends), float(np.median(ends)), max(ends))
    table = table_of_differences(page.experiment, shelf.stood, "zh_CN")
    assert f"{key}.median" in [column.name for column in table.columns]


def test_five_seeds_are_five_whatever_the_first_one_is(qtbot, window, monkeypatch):
    """Also where the first lies at the end of what a seed may be; each is played as far as the run that is repeated."""
    page = shown(qtbot, window, "playground")
    asked = []
    monkeypatch.setattr(window.runner.aside, "play", lambda _, __, run, update: asked.append((run, update)))
    for first in (0, 1, 41, LARGEST_SEED - 3, LARGEST_SEED - 1, LARGEST_SEED):
        page.editor.set_seed(first)
        _settled(qtbot, window)
        page.pin()
        pinned = page.controller.shelf.runs[-1]
        asked.clear()
        page.controller.shelf.repeat(pinned)
        seeds = [first, *(run.seed for run, _ in asked)]
        assert pinned.stood.seed == first and len(set(seeds)) == len(seeds) == 5
        assert all(0 <= seed <= LARGEST_SEED for seed in seeds)
        assert {run.params for run, _ in asked} == {pinned.stood.params}
        assert {update for _, update in asked} == {pinned.stood.update}


def test_a_page_that_was_let_go_comes_back_with_its_shelf_and_its_steps_of_undo(qtbot, window):
    page = shown(qtbot, window, "descent")
    page.pin()
    pinned = _moment(window, page)
    page.editor.change({"learning_rate": 0.3})
    _settled(qtbot, window)
    other = _moment(window, page)
    page.shelf_row.cards[0].click()
    _settled(qtbot, window)
    shown(qtbot, window, "gates")
    gone = weakref.ref(page)
    del page
    window.pages.let_go("descent")
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert gone() is None
    page = shown(qtbot, window, "descent")
    (card,) = page.shelf_row.cards
    assert page.shelf_row.isVisible() and card.is_shown and _moment(window, page) == pinned
    page.editor.undo_stack.undo()
    _settled(qtbot, window)
    assert _moment(window, page) == other and not card.is_shown
    card.click()
    _settled(qtbot, window)
    assert _moment(window, page) == pinned


def test_what_a_change_throws_away_stands_last_and_a_press_goes_back_to_it(qtbot, window):
    page = shown(qtbot, window, "descent")
    row, shelf, button = page.shelf_row, page.controller.shelf, page.transport.before
    stage = page.view.geometry()
    page.editor.change({"learning_rate": 0.11})
    _settled(qtbot, window)
    assert button.isHidden(), "nothing had gone on yet"
    for _ in range(3):
        page.controller.step()
    _settled(qtbot, window)
    before = _moment(window, page)
    # Within a gesture nothing comes or goes.
    page.editor.change({"learning_rate": 0.3}, "slider")
    _settled(qtbot, window)
    assert button.isHidden()
    page.editor.end_gesture()
    assert button.isVisible() and row.isHidden() and page.view.geometry() == stage
    # What follows at once had not gone on: the run from before stays.
    page.editor.change({"learning_rate": 0.4})
    _settled(qtbot, window)
    assert shelf.before.stood.params.learning_rate == 0.11 and "0.11" in button.toolTip()
    button.click()
    _settled(qtbot, window)
    assert _moment(window, page) == before and button.isHidden()
    page.editor.undo_stack.undo()
    _settled(qtbot, window)
    assert page.editor.params.learning_rate == 0.4 and button.isVisible()
    # Beside what is pinned it has the last card, so that no other one moves under the pointer when it goes.
    page.pin()
    assert button.isHidden() and row.before.isVisible() and len(row.cards) == 1
    QCoreApplication.processEvents()
    place = row.cards[0].geometry()
    assert place.right() < row.before.x()
    # Pinned, it is an ordinary one, and counts; the card of before is gone.
    qtbot.keyClick(row.before, Qt.Key.Key_Plus)
    assert row.before.isHidden() and len(shelf.runs) == 2
    QCoreApplication.processEvents()
    assert row.cards[0].geometry() == place
    row.cards[1].click()
    _settled(qtbot, window)
    assert _moment(window, page) == before


def test_what_is_pinned_is_drawn_behind_the_run_lit_by_its_card_and_stands_in_the_picture(qtbot, window, tmp_path):
    page = shown(qtbot, window, "overfitting")
    page.controller.step()
    _settled(qtbot, window)
    page.pin()
    plot = page.view.curves
    series = {one.key: one for one in page.controller.shelf.runs[0].stood.series}
    page.editor.change({"weight_decay": 0.02})
    _settled(qtbot, window)
    drawn = plot.pinned.shown
    assert [one.values for one in drawn] == [
        series["test_accuracy.plain"].values,
        series["train_accuracy.plain"].values,
    ]
    assert [name.words for name in plot.pinned.names.places()] == [page.shelf_row.cards[0].name]
    window.files.save_to(tmp_path / "behind.svg")
    assert page.shelf_row.cards[0].name[:9] in (tmp_path / "behind.svg").read_text()
    card = page.shelf_row.cards[0]
    card.setFocus(Qt.FocusReason.TabFocusReason)
    assert [one.lit for one in plot.pinned.shown] == [True, True]
    page.view.setFocus()
    assert [one.lit for one in plot.pinned.shown] == [False, False]
    page.controller.shelf.take_off(page.controller.shelf.runs[0])
    assert not plot.pinned.shown and page.shelf_row.isHidden()


def test_ranges_of_five_seeds_are_there_again_with_the_session(qtbot, window, tmp_path):
    page = shown(qtbot, window, "playground")
    shelf = page.controller.shelf
    for noise in (0.1, 0.12):
        page.editor.change({"noise": noise})
        _settled(qtbot, window)
        page.pin()
    for one in shelf.runs:
        shelf.repeat(one)
    qtbot.waitUntil(lambda: not any(one.repeating for one in shelf.runs))
    kept, said = [one.stood.bands() for one in shelf.runs], page.shelf_row.orders.sentences
    assert said and page.shelf_row.orders.isVisible()
    window.files.save_to(tmp_path / "s.json")
    for one in shelf.runs:
        shelf.take_off(one)
    assert page.shelf_row.orders.isHidden()
    window.files.open_path(tmp_path / "s.json")
    qtbot.waitUntil(lambda: all(one.series is not None for one in shelf.stood))
    for one, bands in zip(shelf.runs, kept, strict=True):
        assert {key: band.last for key, band in one.stood.bands().items()} == {
            key: band.last for key, band in bands.items()
        }
        assert not shelf.can_be_repeated(one)
    assert page.shelf_row.orders.sentences == said


def test_the_table_is_saved_as_a_picture_as_it_stands(qtbot, window, tmp_path, monkeypatch):
    page = shown(qtbot, window, "descent")
    for rate in (0.9, 0.2):
        page.editor.change({"learning_rate": rate})
        _settled(qtbot, window)
        page.pin()
    path = tmp_path / "table.svg"
    monkeypatch.setattr("gui.window.files.ask_where_to_save", lambda *given: path)
    page.show_differences()
    (dialog,) = page.findChildren(TableDialog)
    dialog.sort_by(1)
    dialog.figure.click()
    words = path.read_text()
    assert words.index(">0.2<") < words.index(">0.9<") and window.notice.isVisible()
    dialog.close()


def test_several_seeds_are_a_button_of_the_shelf_and_the_card_says_that_its_number_is_a_median(qtbot, window):
    page = shown(qtbot, window, "playground")
    page.controller.step()
    _settled(qtbot, window)
    page.pin()
    (card,), row = page.shelf_row.cards, page.shelf_row
    assert row.repeat.isVisible() and "median" not in card._figure()
    row.repeat.click()
    assert row.repeat.isHidden()
    qtbot.waitUntil(lambda: bool(page.controller.shelf.runs[0].stood.bands()), timeout=30_000)
    assert card._figure().startswith("median ")
