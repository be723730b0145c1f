"""A moving picture out of the window: asked for, refused, dropped and made, while the window goes on."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel

from gui.moving.dialog import MovingDialog, in_words
from gui.style.language import set_language
from gui.window import words
from tests.pace import slowness

_LONG = 120_000
"""Milliseconds that a process has to start, and to draw a few small frames, on a machine that is busy."""


def test_a_moving_picture_is_asked_for_dropped_and_made(window, qtbot, tmp_path: Path, monkeypatch):
    window.show_experiment("gates")
    command = next(one for command, one in window.actions_of_window.actions if command.name == words.EXPORT_MOVING)
    window.actions_of_window.menu.aboutToShow.emit()
    assert not command.isEnabled(), "nothing moves there"
    window.actions_of_window.menu.aboutToHide.emit()
    window.show_experiment("descent")
    qtbot.waitUntil(lambda: window.runner.is_settled and window.can_move, timeout=_LONG)
    command.trigger()
    dialog = window.findChild(MovingDialog)
    assert dialog is not None and dialog.isVisible()

    # What cannot be is said, and cannot be saved.
    def typed(**texts: str) -> str:
        for name, text in texts.items():
            dialog.entries[name].setText(text)
        return dialog.words.text()

    assert (dialog.entries["first"].text(), dialog.entries["last"].text()) == ("0", "30")
    assert "to: “31” is not a whole number from 0 to 30" in typed(last="31")
    assert not dialog.save_button.isEnabled()
    assert "begins at 30 and ends at 30" in typed(first="30", last="30")
    assert typed(first="0", last="30", seconds="1", rate="5", width="300", height="240") == "5 frames"
    assert dialog.save_button.isEnabled() and dialog.places["last"].text() == "step 30"

    # How large it will be is told before.
    qtbot.waitUntil(lambda: "about" in dialog.words.text(), timeout=_LONG)
    told = dialog.words.text()
    assert told.startswith("5 frames, about ") and told.endswith(" kB")

    # Dropped: nothing is left, and the dialog is as before.
    path = tmp_path / "run.webp"
    path.write_bytes(b"old")
    monkeypatch.setattr("gui.moving.opening.ask_where_to_save", lambda *given: given[4](path.with_suffix(""), ""))
    typed(seconds="20")
    dialog.save()
    assert dialog.is_making and not dialog.save_button.isEnabled()
    qtbot.waitUntil(lambda: dialog.bar.value() > 0, timeout=_LONG)
    dialog.reject()
    qtbot.waitUntil(lambda: not dialog.is_making, timeout=_LONG)
    assert dialog.isVisible() and dialog.save_button.isEnabled()
    assert path.read_bytes() == b"old" and not list(tmp_path.glob(".layerwise-*"))

    # Where it cannot be written, that is said, and stays.
    elsewhere = path
    path = tmp_path / "missing" / "run.webp"
    dialog.save()
    assert "the folder does not exist" in dialog.words.text() and not dialog.is_making
    assert not dialog.findChild(QTimer).isActive(), "nothing is told in its place"
    path = elsewhere

    # Made, while the window is not held.
    typed(seconds="1")
    turns: list[float] = []
    timer = QTimer()
    timer.timeout.connect(lambda: turns.append(perf_counter()))
    timer.start(2)
    dialog.save()
    qtbot.waitUntil(lambda: not dialog.is_making, timeout=_LONG)
    timer.stop()
    away = 1000 * np.diff(turns)
    assert len(away) and np.quantile(away, 0.9) < 33 * slowness()
    assert str(path) in window.notice.findChild(QLabel).text()
    assert not list(tmp_path.glob(".layerwise-*"))
    with Image.open(path) as image:
        assert (image.n_frames, image.size) == (5, (300, 240))

    # Closed in the middle of the work: the file is as before, and nothing lies beside it.
    before, beside = path.read_bytes(), set(tmp_path.iterdir())
    command.trigger()
    dialog = window.findChildren(MovingDialog)[-1]
    typed(seconds="20")
    dialog.save()
    qtbot.waitUntil(lambda: set(tmp_path.iterdir()) != beside, timeout=_LONG)
    assert dialog.is_making
    window.close()
    assert dialog.is_making, "it was promised"
    window.close()
    assert path.read_bytes() == before and set(tmp_path.iterdir()) == beside


def test_the_dialog_speaks_both_languages(window, qtbot):
    window.show_experiment("forward")
    qtbot.waitUntil(lambda: window.runner.is_settled, timeout=_LONG)
    window.runner.step()
    qtbot.waitUntil(lambda: window.can_move and window.runner.is_settled, timeout=_LONG)
    set_language("zh_CN")
    try:
        window.export_moving()
        dialog = window.findChild(MovingDialog)
        assert dialog.windowTitle() == "导出动图"
        dialog.entries["seconds"].setText("99")
        assert dialog.words.text() == "秒数：“99”不是 0.1 到 60 之间的数。"
        dialog.reject()
    finally:
        set_language("en")


@pytest.mark.parametrize(
    ("size", "said"),
    [(3, "1 kB"), (84_400, "84 kB"), (184_617, "180 kB"), (1_234_567, "1.2 MB"), (45_600_000, "46 MB")],
)
def test_sizes_are_told_to_two_digits(size, said):
    assert in_words(size) == said
