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
from tests.engine.packs.coded import EXPERIMENT, coded, forget
from tests.engine.packs.made import CSV, zip_of
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
