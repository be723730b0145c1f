"""Defaults that were restored are compared with nothing: what was before has nothing to do with them."""

from __future__ import annotations

import pytest

from tests.gui.window.shown import shown


@pytest.mark.parametrize(
    ("experiment_id", "changes"),
    [
        ("layers", {"x": ((1.0, 2.0), (3.0, 4.0))}),
        ("filters", {"kernel": ((0.0, 0.0, 0.0),) * 3}),
        ("gates", {"b": 0.9}),
    ],
)
def test_restored_defaults_show_nothing_of_before(qtbot, window, experiment_id, changes):
    page = shown(qtbot, window, experiment_id)
    defaults = page.editor.params
    assert page.editor.change(changes)
    qtbot.waitUntil(lambda: page.view.ghost is not None and window.runner.is_settled)
    page.editor.restore_defaults()
    qtbot.waitUntil(lambda: page.view.current.params == defaults and window.runner.is_settled)
    assert page.view.ghost is None
