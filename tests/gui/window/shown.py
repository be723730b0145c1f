"""Brings an experiment to the screen and waits until it stands, and follows the tries of its guide."""

from __future__ import annotations


def shown(qtbot, window, experiment_id):
    """The page of an experiment in a visible window, waiting at its opening."""
    window.show_experiment(experiment_id)
    window.show()
    qtbot.waitUntil(lambda: window.page.controller.snapshot is not None)
    qtbot.waitUntil(lambda: window.runner.state.phase in ("paused", "finished"))
    return window.page


def lead(row):
    """Follow a try: one that asks by its first answer and reason, or, where it asks for a number, by a look."""
    if row.answers:
        row.answers[0].click()
        if row.reasons is not None and row.asked.explained == 0:
            row.reasons.buttons[0].click()
            row.reasons.guessing.click()
    else:
        (row.just_show or row.button).click()
