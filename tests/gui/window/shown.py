"""Brings an experiment to the screen and waits until it stands, and follows the tries of its guide."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication


def shown(qtbot, window, experiment_id):
    """The page of an experiment in a visible window, waiting at its opening."""
    window.show_experiment(experiment_id)
    window.show()
    qtbot.waitUntil(lambda: window.page.controller.snapshot is not None)
    qtbot.waitUntil(lambda: window.runner.state.phase in ("paused", "finished"))
    return window.page


def lead(row):
    """Follow a try: one that asks by its first answer or, where it asks for a number, unsure."""
    if row.answers:
        row.answers[0].click()
    else:
        (row.not_sure or row.button).click()


def settled_picture(qtbot, window):
    """The picture of the page once four turns of events change no pixel: nothing is computed or laid out any more."""
    qtbot.waitUntil(lambda: window.runner.is_settled)
    pictures = []

    def stands():
        QApplication.processEvents()
        pictures.append(window.page.grab().toImage())
        return len(pictures) >= 4 and all(one == pictures[-1] for one in pictures[-4:])

    qtbot.waitUntil(stands, timeout=15_000)
    return pictures[-1]
