"""What a class file sets in the window, and what a learner has chosen before it."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.class_file import LARGEST, SMALLEST, THEMES, ClassFile, read_class_file, use_class
from engine.contract.text import untranslated
from engine.search import things
from gui.app.application import _open_first
from gui.app.faults import Faults
from gui.app.settings import Settings
from gui.style.tokens import THEMES as WINDOW_THEMES
from gui.style.typography import ZOOM_STEPS
from gui.window import words
from gui.window.going import Going
from gui.window.main_window import MainWindow
from tests.gui.window.shown import shown


@pytest.fixture(autouse=True)
def _no_class():
    yield
    use_class(None)


def of(tmp_path: Path, content: str) -> ClassFile:
    path = tmp_path / "layerwise-class.toml"
    path.write_text(content, "utf-8")
    file = read_class_file(path)
    use_class(file)
    return file


def test_the_window_and_the_file_know_the_same_themes_and_sizes():
    assert set(THEMES) == set(WINDOW_THEMES) and (ZOOM_STEPS[0], ZOOM_STEPS[-1]) == (SMALLEST, LARGEST)


def test_defaults_hold_for_who_has_chosen_nothing_and_may_change(settings):
    use_class(ClassFile(language="zh_CN", theme="dark", zoom=1.5, experiment="xor"))
    assert (settings.language, settings.theme, settings.zoom, settings.experiment) == ("zh_CN", "dark", 1.5, "xor")
    # The window saves what it showed when it is closed; that is no choice.
    settings.language, settings.theme, settings.zoom, settings.experiment = "zh_CN", "dark", 1.5, "xor"
    settings.save()
    use_class(ClassFile(language="en", theme="light", zoom=1.25, experiment="gates"))
    again = Settings(settings.path)
    assert (again.language, again.theme, again.zoom, again.experiment) == ("en", "light", 1.25, "gates")


def test_what_the_learner_chose_wins_and_can_be_taken_back(settings):
    use_class(ClassFile(language="zh_CN", theme="dark", zoom=1.5, experiment="xor"))
    settings.language, settings.theme, settings.zoom, settings.experiment = "en", "light", 1.1, "gates"
    settings.save()
    again = Settings(settings.path)
    assert (again.language, again.theme, again.zoom, again.experiment) == ("en", "light", 1.1, "gates")
    again.theme = "dark"
    use_class(ClassFile(theme="light"))
    assert again.theme == "dark"


def test_the_lesson_of_the_class_opens_whatever_was_open(qtbot, window, settings, tmp_path):
    of(tmp_path, "lesson = 1")
    settings.lesson = "shipped:3_cnn"
    _open_first(window, settings, None, None, None)
    qtbot.waitUntil(lambda: window.runner.is_settled)
    assert window.lessons.lesson.title.typed("en") == "XOR in 20 minutes" and not window.notice.words


def test_what_the_command_line_asks_for_goes_before_the_lesson(qtbot, window, settings, tmp_path):
    of(tmp_path, "lesson = 1")
    _open_first(window, settings, None, "gates", None)
    qtbot.waitUntil(lambda: window.runner.is_settled)
    assert window.page.experiment.id == "gates" and not window.lessons.is_open


def test_all_that_is_wrong_is_one_notice_and_the_experiment_opens(qtbot, window, settings, tmp_path):
    of(tmp_path, 'lesson = "gone.lesson.json"\nthema = "dark"\nzoom = 9\nexperiment = "xor"\n')
    _open_first(window, settings, None, None, None)
    qtbot.waitUntil(lambda: window.runner.is_settled)
    assert window.page.experiment.id == "xor"
    said = window.notice.words
    assert "gone.lesson.json" in said and "Unknown: thema" in said and "zoom: “9”" in said


def test_panels_that_a_class_does_without_have_no_tab_no_key_and_no_place_in_the_search(qtbot, tmp_path, settings):
    of(tmp_path, 'panels = ["how"]')
    window = MainWindow(settings, Faults(tmp_path / "log.txt"))
    qtbot.addWidget(window)
    page = shown(qtbot, window, "activations")
    panels = page.panels
    seen = [panels.tabText(index) for index in range(panels.count()) if panels.isTabVisible(index)]
    assert seen == ["Guide", "How"]
    for name in (words.WRITE, words.DERIVE, words.DATA):
        panels.choose(name)
        assert panels.currentWidget() is panels.guide
    panels.choose(words.HOW)
    assert panels.currentWidget() is panels.how
    possible, found = Going(window).is_possible, [*things.read(), *window.actions_of_window.entries()]
    kinds = {kind: [possible(one) for one in found if one.kind == kind] for kind in ("exercise", "derivation", "term")}
    assert not any(kinds["exercise"]) and not any(kinds["derivation"]) and all(kinds["term"])
    titles = [one.title.render("en") for one in found if one.kind == "command"]
    assert "Panel: How" in titles and "Panel: Data" not in titles and "Panel: Write it" not in titles
    window.close()


def test_a_lesson_that_asks_for_code_has_the_panel_for_it(qtbot, window, tmp_path):
    of(tmp_path, "panels = []")
    page = shown(qtbot, window, "gates")
    page.panels.show_exercise(page.panels.begin_writing().exercises[0].id)
    assert not page.panels.is_writing
    window.lessons.open_shipped(0)
    window.lessons.go_on()
    qtbot.waitUntil(lambda: window.runner.is_settled)
    page.panels.show_exercise(page.panels.begin_writing().exercises[0].id)
    assert page.panels.is_writing


def test_without_answers_nobody_is_shown_one_unanswered(qtbot, window, tmp_path):
    of(tmp_path, "show_answers = false")
    page = shown(qtbot, window, "activations")
    row = next(row for row in page.panels.guide.rows if row.asked.asks)
    assert row.not_sure is None and "show me" not in " ".join(
        button.text() for button in page.panels.guide.findChildren(type(window.notice.button)) if button.isVisible()
    )
    write = page.panels.begin_writing()
    page.panels.choose(words.WRITE)
    assert not write.compare.isVisible()
    write.set_known({}, {write.exercise.id: "done"}, set(), lambda exercise: ())
    assert write.compare.isVisible()


def test_a_reason_may_still_be_said_to_be_a_guess(qtbot, window, tmp_path):
    of(tmp_path, "show_answers = false")
    page = shown(qtbot, window, "activations")
    for row in page.panels.guide.rows:
        assert (row.guessing is not None) == bool(row.asked.reasons)
        if row.guessing is not None:
            assert row.guessing.parent() is row


def test_a_class_without_faults_says_nothing():
    assert ClassFile().told is None
    assert ClassFile(Path("x"), problems=(untranslated("a."), untranslated("b."))).told.render("en") == "x: a. b."
