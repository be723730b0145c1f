"""Until its first frame is drawn a stage shows the experiment's picture of the overview, never empty axes."""

from __future__ import annotations

from PySide6.QtCore import Qt

from gui.style.icons import thumbnail_pixmap
from tests.gui.window.shown import shown


def test_the_picture_of_the_overview_stands_until_the_first_frame(qtbot, window, monkeypatch):
    shown(qtbot, window, "gates")
    kept = []
    monkeypatch.setattr(type(window.runner), "resume", lambda runner, _: bool(kept.append(runner) or True))
    window.show_experiment("softmax")
    page = window.page
    qtbot.waitUntil(lambda: page.loading_overlay.isVisible() and page.loading_overlay.size() == page.view.size())
    seen = page.view.grab().toImage()
    kept_size, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    picture = thumbnail_pixmap("softmax").scaled(seen.size(), kept_size, smooth).toImage()
    left, top = round((seen.width() - picture.width()) / 2), round((seen.height() - picture.height()) / 2)
    places = [(x, y) for x in range(5, picture.width() - 5, 7) for y in range(5, picture.height() - 5, 7)]
    assert len({picture.pixel(x, y) for x, y in places}) > 10
    assert all(seen.pixel(left + x, top + y) == picture.pixel(x, y) for x, y in places)
    monkeypatch.undo()
    page.controller.enter()
    qtbot.waitUntil(lambda: page.view.current is not None)
    assert not page.loading_overlay.isVisible()
    assert page.view.grab().toImage() != seen


def test_a_page_that_comes_back_shows_its_frame_at_once(qtbot, window):
    shown(qtbot, window, "gates")
    shown(qtbot, window, "xor")
    window.pages.let_go("gates")
    window.show_experiment("gates")
    assert window.page.view.current is not None and not window.page.loading_overlay.isVisibleTo(window.page)
