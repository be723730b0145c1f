"""A lesson is made of what the stage shows; what it says is tried as it is typed, and saved only if all of it holds."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QMessageBox

from engine.lessons.reading import read_lesson
from gui.shell.lessons.making.quantities import quantities_of
from gui.style.language import set_language
from tests.gui.shell.shown import shown

PATIENCE = 20_000


@pytest.fixture(autouse=True)
def english():
    set_language("en")
    yield
    set_language("en")


def write(entry, text):
    box = entry.box
    if hasattr(box, "setPlainText"):
        box.setPlainText(text)
    else:
        box.setText(text)
        box.textEdited.emit(text)


def played(qtbot, trial):
    qtbot.waitUntil(lambda: not trial.is_playing, timeout=PATIENCE)


def test_a_lesson_of_two_steps_is_made_refused_mended_saved_and_edited_further(qtbot, window, tmp_path, monkeypatch):
    path = tmp_path / "mine.lesson.json"
    monkeypatch.setattr("gui.shell.lessons.making.opening.ask_where_to_save", lambda *_: path)
    page = shown(qtbot, window, "gates")
    window.making.begin()
    dialog = window.making.dialog
    form, asked = dialog.form, dialog.form.question
    assert dialog.steps.count() == 1 and form.title.typed == "Gates and their line"

    # Without words nothing is saved, and it is said where they are missing.
    dialog.save()
    assert "Not saved:" in dialog.note.text() and "the title" in dialog.note.text()
    write(dialog.title, "Mine")
    dialog.save()
    assert "step 1: the words: nothing is written there yet." in dialog.note.text()

    # A question with a claim that does not hold: said at once, and refused.
    write(form.words, "Look.")
    asked.kind.setCurrentIndex(1)
    asked.kind.activated.emit(1)
    write(asked.asked, "How many are right?")
    write(asked.changes, "b=-0.7")
    for answer, words, claim in zip(asked.answers, ("Two", "Four"), ("correct=2", "correct=4"), strict=False):
        write(answer.words, words)
        write(answer.claim, claim)
    form.try_it()
    played(qtbot, form.trial)
    assert "the right answer “Two” does not come true: correct=2, but it is 4." in form.verdict.text()
    dialog.save()
    played(qtbot, dialog.trial)
    assert "step 1: the right answer “Two”" in dialog.note.text() and not path.exists()
    asked.answers[1].right.click()
    form.try_it()
    played(qtbot, form.trial)
    assert form.verdict.text() == "✓ Everything in this step holds."

    # A second step, of what the stage shows by now, with a goal, and words in both languages.
    page.editor.change({"target": "OR", "b": -0.7})
    qtbot.waitUntil(lambda: window.runner.is_settled, timeout=PATIENCE)
    dialog.add()
    assert dialog.steps.count() == 2 and dialog.steps.currentRow() == 1
    assert form.draft.session.run.params.target == "OR" and asked.kind.currentIndex() == 0
    write(form.words, "Your turn.")
    write(form.goal, "All four right")
    write(form.target, "goal:b#correct=4;reference=b:-0.9")
    form.try_it()
    played(qtbot, form.trial)
    assert "the reference b=-0.9 does not reach the goal." in form.verdict.text()
    write(form.target, "goal:b#correct=4;reference=b:-0.2")
    actions = {action.data(): action for action in form.fields.actions()}
    actions["target"].setChecked(False)
    dialog.written.setCurrentIndex(1)
    dialog.written.activated.emit(1)
    write(form.words, "你来。")
    assert form.words.words.en == "Your turn." and form.words.words.zh == "你来。"
    dialog.buttons["up"].click()
    dialog.save()
    played(qtbot, dialog.trial)
    qtbot.waitUntil(path.exists, timeout=PATIENCE)
    lesson = read_lesson(path)
    assert [step.session.run.params.target for step in lesson.steps] == ["OR", "AND"]
    assert lesson.steps[0].locked == ("target",) and lesson.steps[1].question.right_choice == 1
    assert dialog.is_saved
    dialog.close()

    # An open lesson can be edited further.
    qtbot.waitUntil(lambda: window.making.dialog is None, timeout=PATIENCE)
    window.lessons.open_path(path)
    window.making.edit()
    dialog = window.making.dialog
    assert dialog.draft.lesson() == lesson
    dialog.steps.setCurrentRow(1)
    dialog.buttons["remove"].click()
    assert not dialog.is_saved and window.making.holds_open()
    # 'Go on' keeps it open, however often it is asked to close; 'Close' closes it for good.
    for answer in ("Go on", "Close"):
        dialog.close()
        assert dialog.isVisible()
        (box,) = dialog.findChildren(QMessageBox)
        next(button for button in box.buttons() if button.text() == answer).click()
        qtbot.waitUntil(lambda: window.making.dialog is None or not dialog.findChildren(QMessageBox), timeout=PATIENCE)
    qtbot.waitUntil(lambda: window.making.dialog is None, timeout=PATIENCE)
    window.lessons.leave()
    qtbot.waitUntil(lambda: window.runner.is_settled, timeout=PATIENCE)


def test_quantities_are_told_as_claims_name_them(qtbot, window):
    page = shown(qtbot, window, "gates")
    told = dict(quantities_of(page.conductor.snapshot.frame))
    assert told["correct"] == "2" and told["distances[0]"] == "-0.282843" and "update" not in told
