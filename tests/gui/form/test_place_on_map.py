"""A place that is typed is on the map, or it is said why not: it never becomes another one without a word."""

from __future__ import annotations

import pytest

from engine.contract.catalogue import load
from gui.form.editor import ParameterEditor


@pytest.mark.parametrize("experiment, field", [("gradient_field", "point"), ("descent", "start")])
@pytest.mark.parametrize(
    "place, axis", [((16.0, 2.0), "x0 = 16"), ((999.0, 2.0), "x0 = 999"), ((-7.0, -16.0), "x1 = −16")]
)
def test_a_place_off_the_map_is_refused_and_nothing_changes(qtbot, experiment, field, place, axis):
    editor = ParameterEditor(load(experiment))
    before = editor.params
    with qtbot.waitSignal(editor.refused, timeout=1000) as told:
        assert not editor.change({field: place})
    name, reason = told.args
    assert name == field and editor.params == before and not editor.undo_stack.canUndo()
    words = reason.render("en")
    assert words.startswith(axis) and "from −15.3 to 15.3" in words and "−15.3 到 15.3" in reason.render("zh_CN")


def test_a_place_on_the_map_is_taken_and_another_function_begins_where_it_has_something_to_show():
    editor = ParameterEditor(load("gradient_field"))
    assert editor.change({"point": (15.0, 2.0)}) and editor.params.point == (15.0, 2.0)
    assert editor.change({"function": "bowl"}) and editor.params.point == (-3.0, 4.0)
