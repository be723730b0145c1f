"""The Python of a pack in the window: asked about once, and its experiment stands in its chapter from then on."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QMessageBox

from engine.contract.catalogue import entries
from engine.lessons import shipped_lessons
from engine.lessons.reading import read_lesson
from engine.lessons.writing import digest_of
from engine.packs.installed import progress_key, take_in
from gui.app.application import _open_first
from gui.learner.learner import lesson_key
from gui.page.chapter_page import ChapterPage
from tests.engine.packs.coded import EXPERIMENT, coded, forget
from tests.engine.packs.made import CSV, small, zip_of
from tests.gui.window.shown import shown


@pytest.fixture(autouse=True)
def _catalogue():
    yield
    forget()


@pytest.fixture
def pack(settings, tmp_path):
    return take_in(zip_of(tmp_path / "a.zip", coded()), settings.path.parent / "packs")


def asked(window):
    return [one for one in window.findChildren(QMessageBox) if one.isVisible()]


def press(box, words):
    next(one for one in box.buttons() if one.text() == words).click()


@pytest.mark.parametrize("trusts", [True, False])
def test_it_is_asked_once_whether_its_python_is_trusted(qtbot, pack, settings, window, trusts):
    shown(qtbot, window, "gates")
    qtbot.waitUntil(lambda: bool(asked(window)))
    (box,) = asked(window)
    assert "Some" in box.text() and EXPERIMENT in box.informativeText() and pack.digest[:12] in box.informativeText()
    assert box.defaultButton().text() == "Leave its Python out"
    press(box, "Trust it" if trusts else "Leave its Python out")
    assert settings.trusts(pack.id, pack.digest) is trusts
    assert "moving_average" not in [one.id for one in entries()]
    window.packs.say_what_is_open()
    qtbot.waitUntil(lambda: not asked(window))


def test_once_trusted_its_experiment_opens_in_its_chapter(qtbot, pack, settings, window):
    settings.set_trust(pack.id, pack.digest, True)
    shown(qtbot, window, "gates")
    page = shown(qtbot, window, "moving_average")
    assert page.experiment.id == "moving_average" and page.panels.guide.guide.tries
    assert page.panels.guide.source_list is None
    window.show_overview()
    assert not asked(window)


def test_nothing_is_left_of_it_and_nothing_else_goes_with_it(qtbot, settings, tmp_path, window):
    """Neither what is called as an experiment of its own that was never there, nor what comes with the program."""
    files = {name.replace("moving_average", "chapter_7"): content for name, content in coded().items()}
    files["lessons/x.lesson.json"] = shipped_lessons()[0].read_bytes()
    pack = take_in(zip_of(tmp_path / "a.zip", files), settings.path.parent / "packs")
    settings.set_trust(pack.id, pack.digest, False)
    shown(qtbot, window, "gates")
    ours = ["chapter_7", "gates", lesson_key(digest_of(read_lesson(shipped_lessons()[0])))]
    theirs = [progress_key("averages", "gates"), progress_key("averages", "chapter_7")]
    for name in (*ours, *theirs):
        window.learner.follow(name, ["a key"])
    (one,) = window.packs.installed
    window.packs.take_away(one)
    assert sorted(window.learner.whole_progress()) == sorted(ours)
    assert settings.trusts(pack.id, pack.digest) is None and not window.packs.folder.exists()


def test_a_pack_whose_python_fails_is_named_and_the_window_opens(qtbot, settings, tmp_path, window):
    files = {**coded(), EXPERIMENT: b"raise ValueError('nothing works')\n"}
    pack = take_in(zip_of(tmp_path / "a.zip", files), settings.path.parent / "packs")
    settings.set_trust(pack.id, pack.digest, True)
    shown(qtbot, window, "gates")
    qtbot.waitUntil(lambda: "averages.zip" in window.notice.words)
    assert "ValueError nothing works" in window.notice.words


def test_a_pack_that_takes_the_place_of_another_leaves_nothing_of_it(qtbot, pack, settings, tmp_path, window):
    settings.set_trust(pack.id, pack.digest, True)
    shown(qtbot, window, "gates")
    window.learner.follow("moving_average", ["a key"])
    newer = {**coded(), "README.md": b"once more"}
    window.packs.take(zip_of(tmp_path / "b.zip", newer), replaces=True)
    (now,) = window.packs.packs
    assert settings.trusts(pack.id, pack.digest) is None is settings.trusts(now.id, now.digest)
    assert not settings.store.keys("trust/") and set(window.learner.whole_progress()) == {"moving_average"}
    press(asked(window)[-1], "Trust it")
    assert len(settings.store.keys("trust/")) == 1
    without = {name: content for name, content in newer.items() if "moving_average" not in name}
    window.packs.take(zip_of(tmp_path / "c.zip", {**without, "data/t.csv": CSV}), replaces=True)
    assert not settings.store.keys("trust/") and not window.learner.whole_progress()


def test_the_experiment_that_was_open_last_is_there_again(qtbot, pack, settings, window):
    settings.set_trust(pack.id, pack.digest, True)
    settings.experiment = "moving_average"
    _open_first(window, settings, None, None, None)
    assert window.page.experiment.id == "moving_average"
    window.close()


@pytest.mark.parametrize("covering", [False, True], ids=["page", "overview"])
@pytest.mark.parametrize("by", ["taking away", "no trust", "replacing"])
def test_what_is_open_of_a_pack_that_goes_is_closed_and_nothing_comes_back(
    qtbot, pack, settings, tmp_path, window, covering, by
):
    settings.set_trust(pack.id, pack.digest, True)
    shown(qtbot, window, "gates")
    page = shown(qtbot, window, "moving_average")
    page.panels.guide.rows[0].not_sure.click()
    qtbot.waitUntil(lambda: page.panels.guide.further_button.isVisible())
    page.editor.change({"reach": 2})
    window.learner.touch("moving_average")
    if covering:
        window.show_overview()
    (one,) = window.packs.installed
    if by == "taking away":
        window.packs.take_away(one)
    elif by == "no trust":
        window.packs.decide(pack, False)
        window.learner.erase(["moving_average"])
    else:
        window.packs.take(zip_of(tmp_path / "b.zip", {**small("averages"), "data/u.csv": CSV}), replaces=True)
    assert window.page.experiment.id == "feature_maps"
    rows = [one.experiment_ids for one in window.findChildren(ChapterPage)]
    assert not any("moving_average" in ids for ids in rows)
    qtbot.waitUntil(lambda: window.runner.state.phase in ("paused", "finished"))
    window.show_overview()
    window.close()
    assert not window.learner.whole_progress() and not settings.left("moving_average")
    assert settings.experiment == "feature_maps"


def test_what_is_left_out_is_not_said_to_be_here(qtbot, settings, tmp_path, window):
    shown(qtbot, window, "gates")
    window.packs.open(zip_of(tmp_path / "a.zip", coded()))
    assert "1 experiment left out with its Python" in window.notice.words
    (box,) = asked(window)
    press(box, "Leave its Python out")
    assert "1 experiment left out with its Python" in window.notice.words


def test_what_was_answered_in_it_goes_too_after_it_was_trusted_no_longer(qtbot, pack, settings, window):
    settings.set_trust(pack.id, pack.digest, True)
    shown(qtbot, window, "gates")
    shown(qtbot, window, "moving_average")
    window.learner.follow("moving_average", ["a key"])
    window.packs.decide(pack, False)
    window.packs.take_away(window.packs.installed[0])
    assert "moving_average" not in window.learner.whole_progress()


def test_the_search_finds_nothing_of_a_pack_that_is_gone(qtbot, pack, settings, window):
    settings.set_trust(pack.id, pack.digest, True)
    shown(qtbot, window, "gates")
    found = lambda: [one.id for one in window.search.index.find("Moving average", "en")]  # noqa: E731
    assert "moving_average" in found()
    window.packs.take_away(window.packs.installed[0])
    assert "moving_average" not in found()


def test_the_list_says_whether_its_python_is_trusted_and_has_one_button_for_it(qtbot, pack, settings, tmp_path, window):
    settings.set_trust(pack.id, pack.digest, False)
    shown(qtbot, window, "gates")
    window.packs.take(zip_of(tmp_path / "x.zip", small("some")))
    window.packs.show_all()
    dialog = window.packs.list_dialog
    assert dialog.table.item(0, 1).text() == "1 experiment left out with its Python"
    dialog.table.selectRow(1)
    assert not dialog.trust_button.isVisible()
    dialog.table.selectRow(0)
    assert dialog.trust_button.isVisible() and dialog.trust_button.text() == "Trust its Python…"
    dialog.trust_button.click()
    press(asked(window)[-1], "Trust it")
    assert settings.trusts(pack.id, pack.digest) and "next start" in window.notice.words
    assert dialog.table.item(0, 1).text() == "1 experiment" and dialog.trust_button.text() == "Trust it no longer"
    dialog.trust_button.click()
    assert settings.trusts(pack.id, pack.digest) is False and "left out" in window.notice.words
    dialog.close()
