"""The Python of a pack in the window: asked about once, and its experiment stands in its chapter from then on."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QMessageBox

from engine.contract.catalogue import entries
from engine.packs.installed import take_in
from tests.engine.packs.coded import EXPERIMENT, coded, forget
from tests.engine.packs.made import zip_of
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
    assert settings.trusts(pack.digest) is trusts
    assert "moving_average" not in [one.id for one in entries()]
    window.packs.say_what_is_open()
    qtbot.waitUntil(lambda: not asked(window))


def test_once_trusted_its_experiment_opens_in_its_chapter(qtbot, pack, settings, window):
    settings.set_trust(pack.digest, True)
    shown(qtbot, window, "gates")
    page = shown(qtbot, window, "moving_average")
    assert page.experiment.id == "moving_average" and page.panels.guide.guide.tries
    assert page.panels.guide.source_list is None
    window.show_overview()
    assert not asked(window)


def test_a_pack_whose_python_fails_is_named_and_the_window_opens(qtbot, settings, tmp_path, window):
    files = {**coded(), EXPERIMENT: b"raise ValueError('nothing works')\n"}
    pack = take_in(zip_of(tmp_path / "a.zip", files), settings.path.parent / "packs")
    settings.set_trust(pack.digest, True)
    shown(qtbot, window, "gates")
    qtbot.waitUntil(lambda: "averages.zip" in window.notice.words)
    assert "ValueError nothing works" in window.notice.words
