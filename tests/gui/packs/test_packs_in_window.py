"""Packs in the window: taken in, shown beside what is ours, and taken away without a trace."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QComboBox, QMessageBox

from engine.glossary import find
from engine.guides.guide import load_guide
from engine.packs.installed import progress_key
from engine.packs.making import EXAMPLE
from gui.panels.prose import Prose
from gui.style.language import set_language
from gui.window import words
from tests.engine.packs.made import example, folder_of, small, zip_of
from tests.engine.packs.test_glossary import NAME, TERMS
from tests.gui.page.test_calm import to_press
from tests.gui.window.shown import shown

KEY = progress_key("my-pack", "gates")


def told(window):
    return window.notice.words


def with_pack(qtbot, window):
    """The window at gates with the example taken in."""
    shown(qtbot, window, "gates")
    window.packs.open(EXAMPLE)
    return window.page.panels.guide


def lessons_menu(window):
    menu = window.actions_of_window.menu
    return next(one.menu() for one in menu.actions() if one.menu() and one.text() == words.LESSONS.render("en"))


def test_without_packs_there_is_nothing_more_and_nothing_is_read(qtbot, window):
    shown(qtbot, window, "gates")
    assert not [one for one in window.children() if type(one).__name__ == "Packs"]
    assert window.page.panels.guide.source_list is None


def test_its_guide_stands_beside_ours_with_one_choice(qtbot, window):
    shown(qtbot, window, "gates")
    before = len(to_press(window))
    guide = with_pack(qtbot, window)
    assert "My first pack" in told(window) and "1 lesson" in told(window)
    qtbot.waitUntil(lambda: guide.source_list is not None)
    window.notice.hide()
    qtbot.waitUntil(lambda: len(to_press(window)) == before + 1)
    assert guide.guide == load_guide("gates", "en")
    guide.choose_source("my-pack")
    assert guide.guide.title == "OR: three points on one side" and len(guide.rows) == 3
    assert window.page.goal_strip.goal.words.startswith("OR:")
    window.show_experiment("xor")
    assert window.page.panels.guide.source_list is None


def test_what_is_answered_in_it_is_kept_apart_from_ours(qtbot, window):
    guide = with_pack(qtbot, window)
    guide.choose_source("my-pack")
    guide.rows[0].not_sure.click()
    qtbot.waitUntil(lambda: guide.further_button.isVisible())
    assert window.learner.progress(KEY).followed == {guide.rows[0].asked.key}
    assert not window.learner.progress("gates").followed
    guide.choose_source("")
    assert not guide.followed and guide.open_row is guide.path[0]
    guide.choose_source("my-pack")
    assert guide.followed and guide.open_row is guide.path[1]


def test_a_question_of_ours_that_is_wanted_brings_our_guide_back(qtbot, window):
    guide = with_pack(qtbot, window)
    guide.choose_source("my-pack")
    key = load_guide("gates", "en").tries[2].key
    guide.open_question(key)
    assert guide.source == "" and guide.open_row.asked.key == key


def test_the_language_changes_and_a_page_that_comes_back_shows_the_same_guide(qtbot, window):
    guide = with_pack(qtbot, window)
    guide.choose_source("my-pack")
    set_language("zh_CN")
    assert guide.guide.title == "或门：三个点在同一侧"
    assert guide.source_list.findText("我的第一个扩展包") == 1
    window.show_experiment("xor")
    window.pages.let_go("gates")
    window.show_experiment("gates")
    again = window.page.panels.guide
    assert again is not guide
    qtbot.waitUntil(lambda: again.guide is not None)
    assert again.source == "my-pack" and again.guide.title == "或门：三个点在同一侧"
    assert window.page.goal_strip.goal.words.startswith("或门")


def test_its_lessons_stand_in_the_menu_under_its_name_and_open(qtbot, window):
    with_pack(qtbot, window)
    (under,) = [one for one in lessons_menu(window).actions() if one.menu() is not None]
    assert under.text() == "My first pack"
    (lesson,) = under.menu().actions()
    assert lesson.text() == "OR in five minutes"
    lesson.trigger()
    assert window.lessons.is_open and window.lessons.lesson.title.typed("en") == "OR in five minutes"
    window.lessons.leave()


def test_its_table_can_be_chosen_where_tables_are(qtbot, window):
    with_pack(qtbot, window)
    window.show_experiment("playground")
    qtbot.waitUntil(lambda: window.runner.is_settled)
    control = window.page.form.controls["table"]
    menu = control.offered()
    texts = [one.text() for one in menu.actions() if not one.isSeparator()]
    assert texts == ["My first pack · leaves.csv", "Another file…"]
    menu.actions()[0].trigger()
    assert window.page.editor.params.table.endswith("leaves.csv")


def test_it_is_taken_away_without_a_trace(qtbot, window):
    guide = with_pack(qtbot, window)
    guide.choose_source("my-pack")
    guide.rows[0].not_sure.click()
    qtbot.waitUntil(lambda: guide.further_button.isVisible())
    lessons = lessons_menu(window)
    window.learner.follow("gates", ["ours"])
    (one,) = window.packs.installed
    window.packs.take_away(one)
    assert not window.packs.folder.exists()
    assert guide.source == "" and guide.source_list is None
    assert not any(each.menu() for each in lessons.actions())
    assert set(window.learner.whole_progress()) == {"gates"}


def test_taking_away_is_asked_first_and_the_list_says_what_there_is(qtbot, window, tmp_path):
    with_pack(qtbot, window)
    (window.packs.folder / "odd.zip").write_bytes(b"PK")
    window.packs.take(zip_of(tmp_path / "x.zip", small("some")))
    window.packs.show_all()
    dialog = window.packs.list_dialog
    rows = [[dialog.table.item(row, column).text() for column in (0, 1)] for row in range(dialog.table.rowCount())]
    assert rows[0] == ["My first pack", "a guide over Gates and their line, 1 lesson, 1 data file"]
    assert rows[1] == ["odd", "left out"] and rows[2] == ["Some", "1 data file"]
    dialog.table.selectRow(1)
    assert "neither a folder nor a sound .zip" in dialog.note.text()
    dialog.table.selectRow(0)
    dialog.away_button.click()
    box = dialog.findChild(QMessageBox)
    assert "My first pack" in box.text() and len(window.packs.packs) == 2
    next(one for one in box.buttons() if one.text() == "Take away").click()
    assert [one.id for one in window.packs.packs] == ["some"] and dialog.table.rowCount() == 2
    dialog.close()


def test_one_of_the_same_name_is_asked_about(qtbot, window, tmp_path):
    with_pack(qtbot, window)
    files = example()
    files["guide/en/gates.md"] = files["guide/en/gates.md"].replace(b"# OR: three points", b"# OR, once more: three")
    window.packs.open(zip_of(tmp_path / "newer.zip", files))
    box = window.findChild(QMessageBox)
    next(one for one in box.buttons() if one.text() == "Replace").click()
    window.page.panels.guide.choose_source("my-pack")
    assert window.page.panels.guide.guide.title.startswith("OR, once more")


@pytest.mark.parametrize("kind", ["folder", "zip"])
def test_a_pack_is_dropped_onto_the_window_or_opened_as_a_file(qtbot, window, tmp_path, kind):
    shown(qtbot, window, "gates")
    path = (folder_of if kind == "folder" else zip_of)(tmp_path / ("p" if kind == "folder" else "p.zip"), example())
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    window.dropEvent(event)
    assert [one.id for one in window.packs.packs] == ["my-pack"]
    assert window.page.panels.guide.findChildren(QComboBox)


def test_what_is_no_pack_becomes_a_notice_and_a_broken_one_leaves_the_rest(qtbot, window, settings, tmp_path):
    folder = settings.path.parent / "packs"
    folder_of(folder / "my-pack", example())
    (folder / "odd.zip").write_bytes(b"PK")
    shown(qtbot, window, "gates")
    qtbot.waitUntil(lambda: "odd.zip" in told(window))
    assert window.page.panels.guide.source_list is not None
    window.files.open_path(zip_of(tmp_path / "evil.zip", {**small(), "evil.py": b"x"}))
    assert "evil.py is Python" in told(window) and len(window.packs.packs) == 1


def test_a_lesson_that_is_open_is_left_before_its_pack_goes(qtbot, window):
    with_pack(qtbot, window)
    (pack,) = window.packs.packs
    window.packs.open_lesson(pack, pack.lessons[0])
    window.lessons.go_on()
    assert window.learner.whole_progress()
    (one,) = window.packs.installed
    window.packs.take_away(one)
    assert not window.lessons.is_open and window.page.experiment.id == "gates"
    window.close()
    assert set(window.learner.whole_progress()) == {"gates"}


def test_a_question_of_one_paragraph_stands_above_the_tries(qtbot, window, tmp_path):
    files = example()
    text = files["guide/en/gates.md"].decode()
    lead = text.partition("## Question\n\n")[2].partition("\n\n")[0]
    files["guide/en/gates.md"] = text.replace(f"{lead}\n\n", "", 1).encode()
    shown(qtbot, window, "gates")
    window.packs.open(zip_of(tmp_path / "a.zip", files))
    guide = window.page.panels.guide
    guide.choose_source("my-pack")
    assert not guide.guide.lead and not guide.background_button.isChecked()
    (prose,) = [one for one in guide.findChildren(Prose) if "Which b does that?" in one.toPlainText()]
    assert prose.isVisible() and prose.y() < guide.rows[0].y()
    guide.background_button.click()
    assert prose.isVisible()


def test_its_terms_are_found_while_it_is_there(qtbot, window, tmp_path):
    shown(qtbot, window, "gates")
    window.packs.open(zip_of(tmp_path / "a.zip", {**example(), NAME: TERMS.encode()}))
    assert "1 term" in told(window)
    assert [one.id for one in find("开关板", "zh_CN")] == ["switch_board"]
    window.open_search()
    window.search.field.setText("board of switches")
    assert [(one.entry.kind, one.entry.id) for one in window.search.list.lines][:1] == [("term", "switch_board")]
    window.search.field.setText("")
    guide = window.page.panels.guide
    guide.open_glossary("switch board")
    (one,) = window.packs.installed
    window.packs.take_away(one)
    assert find("开关板", "zh_CN") == []
