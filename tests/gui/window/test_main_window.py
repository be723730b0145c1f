"""The window as a person uses it: every experiment, every language and theme, keys, undo, closing in mid-run."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTabBar

from engine.contract.catalogue import chapters, entry_of
from gui.style.language import translate
from gui.style.theme import theme
from gui.style.typography import set_zoom, zoom
from gui.window import words
from tests import walk
from tests.bilingual import both
from tests.gui.window.shown import shown
from tests.walk import EXPERIMENT_IDS, OF_EACH_CHAPTER


def test_the_six_chapters_are_there_and_those_to_come_say_so(qtbot, window):
    window.show()
    for chapter in chapters():
        window.show_chapter(chapter.number)
        assert window.top_bar.tabs.tabText(window.top_bar.tabs.currentIndex()) == translate(chapter.tab)
        if not chapter.entries:
            labels = window.centralWidget().findChildren(QLabel)
            assert any(translate(chapter.line) in label.text() for label in labels if label.isVisible())
            assert window.page is None


def test_a_change_on_the_stage_is_in_the_form_and_can_be_undone(qtbot, window):
    page = shown(qtbot, window, "gates")
    frame = page.controller.snapshot.frame
    page.view.move_handle("line", (0.7, 0.7))
    page.view.gesture_ended.emit()
    qtbot.waitUntil(lambda: page.controller.snapshot.frame.correct == 4)
    assert page.editor.params.b == pytest.approx(-0.7)
    page.editor.undo_stack.undo()
    qtbot.waitUntil(lambda: page.controller.snapshot.frame.correct == frame.correct)
    assert page.editor.params == page.experiment.params_type()


def test_the_ghost_is_the_picture_from_before_the_gesture(qtbot, window):
    page = shown(qtbot, window, "gates")
    for place in ((0.3, 0.3), (0.5, 0.5), (0.7, 0.7)):
        page.view.move_handle("line", place)
        qtbot.waitUntil(lambda: page.controller.snapshot.params == page.editor.params)
    assert page.view.ghost.params.b == -0.2


def test_handles_move_by_keys(qtbot, window):
    page = shown(qtbot, window, "gates")
    page.view.stage.setFocus()
    QApplication.processEvents()
    qtbot.keyClick(page.view.stage, Qt.Key.Key_Tab)
    assert page.view.focused_handle() == "line"
    qtbot.keyClick(page.view.stage, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert page.editor.params.b == pytest.approx(-0.3)


def test_tab_leaves_the_stage_after_the_last_handle(qtbot, window):
    page = shown(qtbot, window, "gates")
    page.view.stage.setFocus()
    for name in page.view.handle_items:
        qtbot.keyClick(page.view.stage, Qt.Key.Key_Tab)
        assert page.view.focused_handle() == name
    qtbot.keyClick(page.view.stage, Qt.Key.Key_Tab)
    assert page.view.focused_handle() is None


def test_who_comes_to_the_stage_by_tab_sees_where_the_keys_are(qtbot, window):
    page = shown(qtbot, window, "gates")
    page.view.stage.clearFocus()
    page.view.stage.setFocus(Qt.FocusReason.TabFocusReason)
    assert page.view.focused_handle() == "line"
    page.view.stage.clearFocus()
    page.view.stage.setFocus(Qt.FocusReason.BacktabFocusReason)
    assert page.view.focused_handle() == "w"


def test_from_a_gate_that_no_line_makes_a_button_leads_to_two_layers(qtbot, window):
    page = shown(qtbot, window, "gates")
    page.editor.change({"target": "XOR"})
    qtbot.waitUntil(lambda: page.controller.snapshot.params.target == "XOR")
    button = next(one for one in page.headline.findChildren(QPushButton) if one.isVisible())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.page.experiment.id == "xor"


def test_coming_back_to_an_experiment_finds_it_as_it_was(qtbot, window):
    page = shown(qtbot, window, "gates")
    page.editor.change({"b": -0.9})
    qtbot.waitUntil(lambda: page.controller.snapshot.params.b == -0.9)
    window.show_chapter(5)
    window.show_chapter(2)
    assert window.page is page
    qtbot.waitUntil(lambda: page.controller.snapshot.params.b == -0.9)


@pytest.mark.long
def test_every_experiment_runs_and_closes_in_mid_run(qtbot, window):
    for experiment_id in EXPERIMENT_IDS if walk.WHOLE else OF_EACH_CHAPTER:
        page = shown(qtbot, window, experiment_id)
        if page.experiment.shape != "picture" and not page.controller.snapshot.frame.finished:
            before = window.runner.state.newest
            window.runner.full_speed(True)
            window.runner.play()
            qtbot.waitUntil(lambda before=before: window.runner.state.newest > before)
    window.close()
    assert window.runner.state.phase == "idle"


@pytest.mark.long
@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
def test_steps_and_back_are_exact_by_keys(qtbot, window, experiment_id):
    page = shown(qtbot, window, experiment_id)
    if page.experiment.shape != "picture":
        updates = [window.runner.state.update]
        for _ in range(3):
            page.controller.step()
            qtbot.waitUntil(lambda: window.runner.state.phase in ("paused", "finished"))
            # A short walk may be at its end.
            if window.runner.state.update != updates[-1]:
                updates.append(window.runner.state.update)
        for wanted in reversed(updates[:-1]):
            page.controller.back()
            assert window.runner.state.update == wanted


def test_the_overview_leads_to_every_experiment(qtbot, window):
    shown(qtbot, window, "gates")
    window.show_overview()
    for experiment_id in EXPERIMENT_IDS:
        card = window.overview.cards[experiment_id]
        assert not card.icon().isNull()
    for experiment_id in EXPERIMENT_IDS[::6]:
        window.show_overview()
        card = window.overview.cards[experiment_id]
        qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
        assert window.page.experiment.id == experiment_id


def test_the_title_names_what_is_shown_in_every_language(qtbot, window):
    shown(qtbot, window, "gates")
    chapter = next(one.title for one in chapters() if one.number == 2)
    gates, end = entry_of("gates").name, lambda: window.chapter_end.content
    for go, name in (
        (lambda: None, gates),
        (window.show_overview, both("Overview", "目录")),
        (lambda: window.show_summary(2), both("{title} in five sentences", "五句话回顾：{title}")(title=chapter)),
        (lambda: end().test_button.click(), both("Test: {title}", "测验：{title}")(title=chapter)),
        (window.escape, gates),
    ):
        go()
        assert window.windowTitle() == f"{name.render('en')} – Layerwise"
        window.choose_language("zh_CN")
        assert window.windowTitle() == f"{name.render('zh_CN')} – Layerwise 逐层"
        window.choose_language("en")


def test_a_run_waits_behind_the_overview_and_goes_on_when_one_comes_back(qtbot, window):
    shown(qtbot, window, "playground")
    phase = lambda: window.runner.state.phase  # noqa: E731
    window.runner.play()
    qtbot.waitUntil(lambda: phase() == "running", timeout=10_000)
    window.show_overview()
    assert phase() == "paused"
    window.show_overview()
    qtbot.waitUntil(lambda: phase() == "running", timeout=10_000)
    window.runner.pause()
    window.show_overview()
    window.show_overview()
    assert phase() == "paused"


@pytest.mark.parametrize("size", [(900, 800), (1700, 900)])
def test_leaving_a_presentation_takes_the_keys_to_no_other_window(qtbot, window, size):
    page = shown(qtbot, window, "gates")
    window.resize(*size)
    QApplication.processEvents()
    window.activateWindow()
    page.view.stage.setFocus()
    page.set_presenting(True)
    page.set_presenting(False)
    QApplication.processEvents()
    assert QApplication.activeWindow() is window and QApplication.focusWidget() is page.view.stage


@pytest.mark.parametrize("leave", ["escape", "toggle_presentation"])
def test_presentation_is_large_says_how_to_leave_it_and_comes_back(qtbot, window, settings, leave):
    page = shown(qtbot, window, "gates")
    set_zoom(1.1)
    window.toggle_presentation()
    assert not page.panels.isVisible() and not window.top_bar.isVisible() and page.view.isVisible()
    assert zoom() >= 1.25 and "Escape" in window.notice.words
    window._save_settings()
    assert settings.zoom == 1.1
    # It goes on with another experiment, of another chapter too, and what was left meanwhile comes back whole.
    other = shown(qtbot, window, "softmax")
    assert other.view.isVisible() and not other.panels.isVisible() and not window._chapter_page(3)._row.isVisible()
    shown(qtbot, window, "gates")
    getattr(window, leave)()
    shown(qtbot, window, "softmax")
    assert other.panels.isVisible() and other.form.isVisible() and window._chapter_page(3)._row.isVisible()
    shown(qtbot, window, "gates")
    assert page.panels.isVisible() and page.form.isVisible() and window.top_bar.isVisible()
    assert zoom() == 1.1 and not window.notice.isVisible()


def test_escape_closes_a_notice_when_nothing_else_is_to_be_left(qtbot, window):
    shown(qtbot, window, "gates")
    window.notice.show_text(words.LOST)
    assert window.notice.isVisible()
    window.escape()
    assert not window.notice.isVisible()


def test_a_run_is_begun_once_and_while_its_page_is_built(qtbot, window, monkeypatch):
    shown(qtbot, window, "gates")
    begun, begin = [], type(window.runner).open
    monkeypatch.setattr(
        type(window.runner),
        "open",
        lambda runner, experiment, run, *to: (
            begun.append((experiment.id, run, window.pages.there(experiment.id) is not None)),
            begin(runner, experiment, run, *to),
        ),
    )
    page = shown(qtbot, window, "playground")
    ((experiment_id, run, was_there),) = begun
    assert (experiment_id, was_there) == ("playground", False)
    assert run.params == page.editor.params == page.controller.snapshot.params and run.seed == page.editor.seed
    # What waits for nothing is played where it is drawn, and begins with its page.
    shown(qtbot, window, "xor")
    assert begun[1:][0][2] is True
    shown(qtbot, window, "playground")
    assert len(begun) == 2


def _has_dot(row: QTabBar, index: int) -> bool:
    """Whether a tab shows the dot that says that something new is behind it; the line below the chosen one is none."""
    image = row.grab(row.tabRect(index).adjusted(0, 0, 0, -6)).toImage()
    accent = QColor(theme().accent).rgb()
    return any(image.pixel(x, y) == accent for x in range(image.width()) for y in range(image.height()))


def test_a_click_on_a_row_keeps_the_guide_and_lights_the_working(qtbot, window):
    page = shown(qtbot, window, "gates")
    row, panels = page.panels.tabBar(), page.panels
    page.view.table.row_clicked.emit(3)
    assert page.editor.params.selected == "11"
    assert panels.currentWidget() is panels.guide and _has_dot(row, panels.indexOf(panels.how))
    window.resize(760, 600)
    assert [index for index in range(row.count()) if _has_dot(row, index)] == [panels.indexOf(panels.how)]
    window.resize(1366, 768)
    panels.show_panel(panels.working)
    assert not any(_has_dot(row, index) for index in range(row.count()))
    page.view.table.row_clicked.emit(2)
    assert not any(_has_dot(row, index) for index in range(row.count()))


def test_a_notice_lies_over_the_window_and_ends_with_its_experiment(qtbot, window):
    page = shown(qtbot, window, "gates")
    before = page.view.mapTo(window, page.view.rect().topLeft()), page.view.size()
    window.files.copy_picture()
    QApplication.clipboard().clear()
    assert window.notice.isVisible() and window.rect().contains(window.notice.geometry())
    assert (page.view.mapTo(window, page.view.rect().topLeft()), page.view.size()) == before
    window.show_experiment("xor")
    assert not window.notice.isVisible()


def test_a_right_click_on_the_stage_offers_to_copy_and_export(qtbot, window):
    shown(qtbot, window, "gates")
    menu = window.actions_of_window.menu_of((words.COPY_PICTURE, words.EXPORT))
    assert {action.text() for action in menu.actions()} == {"Copy picture", "Export…"}
    menu.close()


def test_a_death_of_the_companion_is_told_and_one_click_computes_the_run_again(two_cores, qtbot, window):
    page = shown(qtbot, window, "training")
    window.runner.step("update")
    qtbot.waitUntil(lambda: window.runner.is_settled)
    update = page.controller.snapshot.frame.update
    window.runner.engine_thread.players.companion.process.kill()
    window.runner.step("update")
    qtbot.waitUntil(lambda: window.notice.words == translate(words.LOST))
    window.choose_language("zh_CN")
    assert window.notice.words == words.LOST.render(
        "zh_CN"
    ) and window.notice.button.text() == words.COMPUTE_AGAIN.render("zh_CN")
    qtbot.mouseClick(window.notice.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.runner.is_settled and window.runner.state.phase == "paused")
    assert window.notice.words == "" and page.controller.snapshot.frame.update == update
    window.runner.engine_thread.players.companion.process.kill()
    window.runner.play()
    qtbot.waitUntil(lambda: window.notice.words != "")
    window.runner.play()
    qtbot.waitUntil(lambda: window.runner.state.newest > update)
    assert window.notice.words == ""
