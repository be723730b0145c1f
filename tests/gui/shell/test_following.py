"""A try that was followed keeps its mark, over starts too, and a guide ends with the way on."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt

from engine.contract.catalogue import entries, entry_of
from gui.shell.faults import Faults
from gui.shell.main_window import MainWindow
from gui.shell.settings import Settings
from gui.style.language import show
from tests.gui.shell.shown import shown
from tests.walk import EXPERIMENT_IDS


def _opened(qtbot, window, experiment_id):
    page = shown(qtbot, window, experiment_id)
    page.panels.show_panel(page.panels.guide)
    return page.panels.guide


def _marks(guide):
    return [row.button.sign() for row in guide.rows]


def test_a_try_that_was_followed_keeps_its_mark(qtbot, window):
    guide = _opened(qtbot, window, "gates")
    assert _marks(guide) == ["→", "?", "→", "→", "→"]
    guide.rows[0].button.click()
    assert _marks(guide) == ["✓", "?", "→", "→", "→"]
    assert guide.rows[0].button.accessibleDescription() == "Followed."
    assert guide.rows[2].button.accessibleDescription() == ""
    guide.rows[1].button.click()
    assert _marks(guide)[1] == "?"
    guide.rows[1].answers[1].click()
    window.switch_language()
    assert _marks(guide) == ["✓", "✓", "→", "→", "→"]
    assert guide.rows[0].button.accessibleDescription() == "做过了。"
    shown(qtbot, window, "xor")
    assert _marks(_opened(qtbot, window, "gates")) == ["✓", "✓", "→", "→", "→"]


def test_marks_come_back_with_the_next_start(qtbot, window, settings, tmp_path):
    guide = _opened(qtbot, window, "gates")
    guide.rows[2].button.click()
    window.close()
    again = MainWindow(Settings(settings.path), Faults(tmp_path / "log.txt"))
    assert _marks(_opened(qtbot, again, "gates")) == ["→", "?", "✓", "→", "→"]
    assert _marks(_opened(qtbot, again, "xor")) == ["→", "?", "→", "→", "→"]
    again.close()
    again.deleteLater()
    QCoreApplication.sendPostedEvents(again, QEvent.Type.DeferredDelete)


def test_marks_that_make_no_sense_are_none(settings):
    settings.set_followed("gates", frozenset({"one", "two"}))
    assert settings.followed("gates") == {"one", "two"}
    settings._store.setValue("followed/gates", 5.5)
    assert not settings.followed("gates") & {"one", "two"}
    assert settings.followed("xor") == frozenset()


@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
def test_a_guide_ends_with_the_next_experiment_and_the_last_with_the_overview(qtbot, window, experiment_id):
    guide = _opened(qtbot, window, experiment_id)
    place = EXPERIMENT_IDS.index(experiment_id)
    following = EXPERIMENT_IDS[place + 1] if place + 1 < len(EXPERIMENT_IDS) else None
    name = show(entry_of(following).name) if following else "Overview"
    assert guide.next_button.words().startswith(f"Next: {name}")
    qtbot.mouseClick(guide.next_button, Qt.MouseButton.LeftButton)
    if following:
        assert window.page.experiment.id == following
    else:
        assert window._stack.currentWidget() is window._overview


def test_the_way_on_speaks_both_languages(qtbot, window):
    guide = _opened(qtbot, window, entries()[0].id)
    window.switch_language()
    assert guide.next_button.words().startswith(f"接下来：{entries()[1].name.zh}")
