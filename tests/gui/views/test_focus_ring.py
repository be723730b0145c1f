"""The ring that says where the keys are is seen on every ground."""

from __future__ import annotations

from itertools import product

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest

from gui.style.foreground import contrast
from gui.style.theme import THEMES, set_theme
from gui.style.tokens import DARK, LIGHT
from gui.window.tab_row import TabRow
from tests.gui.views.hand import opened_view, picture


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_one_of_its_two_colours_stands_out_from_any_ground_there_may_be(theme):
    parts = ("00", "33", "66", "99", "cc", "ff")
    grounds = ["#" + "".join(channels) for channels in product(parts, repeat=3)]
    for ground in (*grounds, *theme.colors().values()):
        assert max(contrast(theme.handle, ground), contrast(theme.surface, ground)) >= 3, ground


def _changed(before, after, box: QRect) -> int:
    """How many pixels in a box have come to stand out by 3 : 1 from what was there before."""
    box &= before.rect()
    pairs = {}
    for y in range(box.top(), box.bottom() + 1):
        for x in range(box.left(), box.right() + 1):
            one, other = before.pixel(x, y), after.pixel(x, y)
            if one != other:
                pairs[one, other] = pairs.get((one, other), 0) + 1
    return sum(
        count
        for (one, other), count in pairs.items()
        if contrast(f"#{one & 0xFFFFFF:06x}", f"#{other & 0xFFFFFF:06x}") >= 3
    )


@pytest.mark.parametrize("experiment_id", ["convolution", "descent"])
def test_every_stop_of_a_stage_shows_a_ring(qtbot, experiment_id):
    for name in THEMES:
        set_theme(name)
        view = opened_view(qtbot, experiment_id)
        view.invites = False
        view.stage.setFocus()
        before = picture(view)
        for _ in view.keys.stops():
            qtbot.keyClick(view.stage, Qt.Key.Key_Tab)
            after = picture(view)
            focused = view.focused_handle()
            part = view.handle_items[focused] if focused else view.keys.focused_control()
            box = view.stage.mapFromScene(part.sceneBoundingRect()).boundingRect()
            assert _changed(before, after, box.adjusted(-4, -4, 4, 4)) >= 16, (name, focused or part)


def test_a_row_of_tabs_that_has_the_keys_shows_a_ring(qtbot):
    row = TabRow("text")
    qtbot.addWidget(row)
    for words in ("Guide", "Working", "Data"):
        row.addTab(words)
    row.show()
    row.activateWindow()
    qtbot.waitUntil(row.isActiveWindow, timeout=20_000)
    for name in THEMES:
        set_theme(name)
        row.clearFocus()
        QTest.qWait(0)
        before = row.grab().toImage()
        row.setFocus()
        assert _changed(before, row.grab().toImage(), QRect(QPoint(0, 0), row.size())) >= 16


def _show_view(view, value):
    view.draw(view.current.params.replaced({"view": value}), view.current.frame)


def test_who_chooses_a_view_by_arrows_goes_on_with_them_on_the_stage_that_is_laid_out_anew(qtbot):
    view = opened_view(qtbot, "digits")
    view.stage.setFocus()
    view.views.setFocus(Qt.FocusReason.TabFocusReason)
    for value in ("test", "batches", "points"):
        qtbot.keyClick(view.stage, Qt.Key.Key_Right)
        assert view.edits[-1] == ({"view": value}, "")
        _show_view(view, value)
        assert view.keys.focused_control() is view.views


def test_where_the_choice_is_gone_from_the_stage_something_else_has_the_keys(qtbot):
    view = opened_view(qtbot, "descent")
    _show_view(view, "relief")
    view.stage.setFocus()
    view.views.setFocus(Qt.FocusReason.TabFocusReason)
    _show_view(view, "map")
    assert view.views.scene() is None and view.keys.stops()
    assert view.focused_handle() or view.keys.focused_control()


def test_a_row_that_tightens_shows_all_its_tabs_wherever_it_can(qtbot):
    row = TabRow("text", tightens=True)
    qtbot.addWidget(row)
    for words in ("Guide", "Working", "Code", "Write it", "Derive", "Data"):
        row.addTab(words)
    row.show()
    for chosen in range(row.count()):
        row.setCurrentIndex(chosen)
        for width in range(400, 200, -20):
            row.resize(width, row.sizeHint().height())
            first, last = row.tabRect(0), row.tabRect(row.count() - 1)
            assert (first.left(), last.right() < width) == (0, True), (chosen, width)
