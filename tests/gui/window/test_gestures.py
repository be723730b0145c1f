"""A gesture on the stage begins at what stands: what is changed elsewhere in the middle of it is not undone by it."""

from __future__ import annotations

import pytest

from tests.gui.window.shown import shown


@pytest.mark.parametrize("way", ["preset", "undo", "defaults", "try", "form"])
def test_a_change_from_elsewhere_ends_the_gesture_of_the_keys(qtbot, window, way):
    page = shown(qtbot, window, "losses")
    page.editor.change({"view": "batch"})
    qtbot.waitUntil(lambda: page.view.current is not None and page.view.current.params == page.editor.params)
    handle = page.view.handles()[0]
    page.view.move_handle(handle.id, (handle.place[0], 0.5), by_key=True)
    # Within the moment in which keys are one step: the handles are those of another view now.
    {
        "preset": lambda: page.editor.apply_preset(page.experiment.presets[0]),
        "undo": lambda: (page.editor.undo_stack.undo(), page.editor.undo_stack.undo()),
        "defaults": page.editor.restore_defaults,
        "try": lambda: page.controller.edit({"view": "one"}),
        "form": lambda: (page.editor.change({"view": "one"}, "form view"), page.editor.end_gesture()),
    }[way]()
    qtbot.waitUntil(lambda: page.view.current.params == page.editor.params)
    before = page.editor.params
    assert before.view != "batch"
    bar = next(one for one in page.view.handles() if one.id == "y2")
    page.view.move_handle(bar.id, (bar.place[0], bar.place[1] + 0.01))
    page.view.gesture_ended.emit()
    assert set(page.editor.params.differing(before)) == {"y"}
