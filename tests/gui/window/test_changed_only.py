"""Whatever is changed by the form is said under the headline, and is one step of undo."""

from __future__ import annotations

import pytest

from engine.contract.params import changes_in_words, count_changes, field_of
from gui.style.language import translate
from gui.window import words
from tests.gui.window.shown import shown
from tests.other_values import other_values


@pytest.mark.parametrize("view", ["one", "batch"])
def test_every_field_of_the_losses_that_the_form_shows_is_named_and_taken_back_alone(qtbot, window, view):
    page = shown(qtbot, window, "losses")
    editor, note = page.editor, page.headline.note
    names = [name for name in page.form.controls if editor.params.replaced({"view": view}).shows(name)]
    for name in names:
        editor.restore_defaults()
        editor.change({"view": view})
        for value in list(other_values(field_of(type(editor.params), name), getattr(editor.params, name)))[:2]:
            qtbot.waitUntil(lambda: page.controller.snapshot.params == editor.params)
            before, steps = editor.params, editor.undo_stack.index()
            editor.end_gesture()
            page.form.controls[name].edited.emit(value, "")
            if editor.params == before:
                continue
            heading = words.CHANGED_ONLY if count_changes(before, editor.params) == 1 else words.CHANGED
            wanted = translate(heading(changes=changes_in_words(before, editor.params)))
            # Behind a status there may be room for a part only: the rest of it is in the tool tip.
            assert wanted in (note.text(), note.toolTip()) or note.text().endswith(wanted), (name, value, note.text())
            assert editor.undo_stack.index() == steps + 1, (name, value)
            editor.undo_stack.undo()
            assert editor.params == before, (name, value)
            editor.undo_stack.redo()
