"""After any sequence of sizes, zooms, themes, languages and panels a page looks as one that was opened so."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from gui.style.language import set_language
from gui.style.theme import set_theme
from gui.style.typography import set_zoom
from tests.gui.views.hand import difference
from tests.gui.window.shown import settled_picture, shown
from tests.walk import EXPERIMENT_IDS

_SIZES = ((1366, 768), (1024, 640), (1920, 1080), (1200, 900))
_ZOOMS = (1.0, 1.5, 2.0, 0.8)
_PANELS = ("guide", "how", "data")
_STEPS, _WALKS = 7, 2


def _acts(window, page):
    """What a hand may change of how a page looks, each with its values."""
    panels = {name: getattr(page.panels, name) for name in _PANELS}
    return (
        (lambda size: window.resize(*size), _SIZES),
        (set_zoom, _ZOOMS),
        (set_theme, ("light", "dark")),
        (set_language, ("en", "zh_CN")),
        (lambda name: page.panels.show_panel(panels[name]), _PANELS),
        (page.show_all_controls, (True, False)),
        (page.turns.setCurrentIndex, (0, 1)),
    )


@pytest.mark.parametrize("walk", range(_WALKS))
@pytest.mark.long
@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
def test_a_page_looks_as_one_that_was_opened_so(qtbot, window, experiment_id, walk):
    hand = random.Random(f"{experiment_id} {walk}")
    page = shown(qtbot, window, experiment_id)
    told = []
    for _ in range(_STEPS):
        act, values = hand.choice(_acts(window, page))
        value = hand.choice(values)
        act(value)
        told.append(value)
        settled_picture(qtbot, window)
    page.view.setFocus()
    after = settled_picture(qtbot, window)
    shown(qtbot, window, "softmax" if experiment_id != "softmax" else "gates")
    del page, act
    window.pages.let_go(experiment_id)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    shown(qtbot, window, experiment_id).view.setFocus()
    assert not difference(after, settled_picture(qtbot, window)), told
