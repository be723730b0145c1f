"""A lesson is made of what the stage shows; what it says is tried as it is typed, and saved only if all of it holds."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox

from engine.contract.language import LANGUAGES
from engine.lessons import shipped_lessons
from engine.lessons.answers import Words
from engine.lessons.reading import read_lesson
from gui.lessons.making.draft import Draft
from gui.style.language import set_language
from gui.window.commands import commands_of
from tests.gui.window.shown import shown

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
    monkeypatch.setattr("gui.lessons.making.opening.ask_where_to_save", lambda *_: path)
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

    # A second step, of what the stage shows by now, with a goal, and words in two languages.
    page.editor.change({"target": "OR", "b": -0.7})
    qtbot.waitUntil(lambda: window.runner.is_settled, timeout=PATIENCE)
    dialog.add()
    assert dialog.steps.count() == 2 and dialog.steps.currentRow() == 1
    assert form.draft.session.run.params.target == "OR" and asked.kind.currentIndex() == 0
    write(form.words, "Your turn.")
    goal = form.goal
    write(goal.goal, "All four right")
    form.try_it()
    assert "does not say yet when it is reached" in form.verdict.text()
    write(goal.claims, "correct=4")
    form.try_it()
    assert "values that reach it are missing" in form.verdict.text()
    write(goal.reference, "b=-0.9")
    form.try_it()
    played(qtbot, form.trial)
    assert "the reference b=-0.9 does not reach the goal." in form.verdict.text()
    write(goal.reference, "b=-0.2")
    write(goal.near, "b=-0.5 | b=-0.9")
    actions = {action.data(): action for action in form.fields.actions()}
    actions["target"].setChecked(False)
    chinese = dialog.written.findData("zh_CN")
    dialog.written.setCurrentIndex(chinese)
    dialog.written.activated.emit(chinese)
    write(form.words, "你来。")
    assert form.words.words == Words(en="Your turn.", zh_CN="你来。")
    dialog.buttons["up"].click()
    dialog.save()
    played(qtbot, dialog.trial)
    qtbot.waitUntil(path.exists, timeout=PATIENCE)
    lesson = read_lesson(path)
    assert [step.session.run.params.target for step in lesson.steps] == ["OR", "AND"]
    assert lesson.steps[0].locked == ("target",)
    assert lesson.steps[0].goal.target == "goal:w1,w2,b#correct=4;reference=b:-0.2;near=b:-0.5;near=b:-0.9"
    assert lesson.steps[1].question.right_choice == 1
    assert dialog.is_saved
    dialog.close()

    # A file is edited without being led through it, what is none is said to be none, and an open lesson too.
    qtbot.waitUntil(lambda: window.making.dialog is None, timeout=PATIENCE)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    next(one for one in commands_of(window) if one is not None and one.name.message == "Edit a lesson file…").call()
    assert window.making.dialog.draft.lesson() == lesson and not window.lessons.is_open
    window.making.dialog.close()
    qtbot.waitUntil(lambda: window.making.dialog is None, timeout=PATIENCE)
    assert not window.making.edit_path(tmp_path / "none.lesson.json") and "cannot be opened" in window.notice.words
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


def offered(form):
    return {action.text(): action for action in form.offered().actions()}


def test_what_can_be_named_is_offered_where_one_types_by_the_names_that_people_have_for_it(qtbot, window):
    page = shown(qtbot, window, "gates")
    window.making.begin()
    dialog = window.making.dialog
    form, goal = dialog.form, dialog.form.goal
    dialog.activateWindow()

    # A goal: what the stage shows, the named first, and each name beside its claim.
    goal.claims.entered.emit()
    quantities = offered(form)
    told = list(quantities)
    assert told.index("Points right:  correct=2") < told.index("distances[1]=0.424264")
    assert not any("update" in one for one in quantities)
    quantities["Points right:  correct=2"].trigger()
    quantities["Nearest point:  smallest_distance=0.282843"].trigger()
    assert goal.claims.typed == form.draft.goal_claims == "correct=2&smallest_distance=0.282843"
    named = {
        "en": "Points right | Nearest point",
        "zh_CN": "分对的点数 | 最近的点的距离",
        "ja": "正しい点の数 | 最短距離",
    }
    assert goal.labels.words == Words(**{language: named[language] for language in LANGUAGES})

    # A change: the fields, by their labels.
    goal.reference.entered.emit()
    offered(form)["Bias b:  b=-0.2"].trigger()
    assert form.draft.reference == "b=-0.2"
    write(form.words, "Look.")
    write(goal.goal, "All four right")
    write(goal.labels, "Points right")
    form.try_it()
    assert "1 name for 2 claims" in form.verdict.text()

    # The quantities of another experiment than the one on the stage are not its own.
    window.show_experiment("softmax")
    goal.claims.entered.emit()
    assert list(offered(form)) == ["Show this step on the stage first."]
    assert window.page is not page
    dialog.is_saved = True
    dialog.close()
    qtbot.waitUntil(lambda: window.runner.is_settled, timeout=PATIENCE)


@pytest.mark.parametrize("path", shipped_lessons(), ids=lambda path: path.name)
def test_a_lesson_comes_back_from_its_draft_as_it_was(path):
    lesson = read_lesson(path)
    assert Draft.of_lesson(lesson).lesson() == lesson
