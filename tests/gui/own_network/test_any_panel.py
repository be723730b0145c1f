"""The check of any network in the window: a file that is not for the stations, what was found, and its page."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from engine.contract.text import Text
from engine.own_network.any_network import Finding
from gui.own_network.any_panel import AnyPanel, Checked
from gui.own_network.own_runner import Updates

_FILES = Path(__file__).parents[2] / "engine" / "own_network" / "any_right"
_XOR = (_FILES / "xor.py").read_text(encoding="utf-8")


@pytest.fixture
def page(window):
    window.show_experiment("gates")
    window.show()
    window.check_network()
    return window.own_page


def test_a_file_of_another_class_opens_at_its_check_and_is_checked(qtbot, page, tmp_path):
    path = tmp_path / "网络 1.py"
    path.write_text(_XOR, encoding="utf-8")
    page.tabs.setCurrentIndex(0)
    page.column.open(path)
    panel = page.any_panel
    assert page.left.currentWidget() is panel and panel.check_button.isEnabled()
    assert panel.checks.signs == "" and not panel.page_button.isVisible()  # nothing runs by itself
    panel.check_button.click()
    assert page.runner.is_running and panel.stop_button.isVisible()
    qtbot.waitUntil(lambda: not page.runner.is_running, timeout=60_000)
    assert "×" not in panel.checks.signs and panel.checks.signs.count("✓") >= 6
    assert panel.outcome.text() == "Everything holds that can be judged." and panel.page_button.isVisible()
    page.column.editor.appendPlainText("x = 1")
    assert "changed" in panel.outcome.text()


def test_a_fault_is_named_and_the_page_holds_what_was_found(qtbot, page, tmp_path):
    path = tmp_path / "net.py"
    path.write_text(_XOR.replace("def gradient(self", "def gradient_(self"), encoding="utf-8")
    page.column.open(path)
    assert not page.any_panel.check_button.isEnabled() and "no class" in page.any_panel.outcome.text()
    page.column.editor.setPlainText("def f(:\n")
    assert "Python" in page.any_panel.outcome.text()


def test_a_file_that_python_cannot_read_is_told_where(qtbot, page, tmp_path):
    path = tmp_path / "net.py"
    path.write_text(_XOR, encoding="utf-8")
    page.column.open(path)
    page.column.editor.setPlainText(_XOR.replace("class XorNet:", "class XorNet"))
    page.any_panel.check_button.click()
    qtbot.waitUntil(lambda: not page.runner.is_running)
    assert page.any_panel.checks.signs == "×" and "Not everything" in page.any_panel.outcome.text()


def test_the_page_to_be_sent_is_harmless_and_complete():
    checked = Checked(
        "Net", "", [Finding("a", Text("A <b>"), "holds"), Finding("b", Text("B"), "fails", Text("why"))], True
    )
    found = checked.page("<i>.py", "en", date(2026, 1, 2))
    assert "A &lt;b&gt;" in found and "&lt;i&gt;.py, class Net" in found and "B: why" in found and "2026-01-02" in found
    assert "Not everything holds." in found and not checked.holds and Checked("Net", "").holds is False


def test_what_runs_is_shown_as_it_comes_and_can_be_stopped(qtbot, page, tmp_path):
    path = tmp_path / "net.py"
    path.write_text(_XOR + "\nwhile True:\n    pass\n", encoding="utf-8")
    page.column.open(path)
    panel = page.any_panel
    panel.check_button.click()
    panel.show_updates(Updates(3, 300, 2.25))
    assert "3 of 300" in panel.progress.text() and panel.progress.isVisibleTo(panel)
    panel.stop_button.click()
    assert not page.runner.is_running and panel.outcome.text() == "Stopped." and not panel.page_button.isVisible()


def test_of_several_classes_one_is_chosen(qtbot):
    panel = AnyPanel()
    qtbot.addWidget(panel)
    panel.show()
    panel.show_file(True, _XOR + "\n\n" + _XOR.replace("class ", "class Other"))
    assert panel.classes.count() == 2 and panel.classes.isVisibleTo(panel)
    with qtbot.waitSignal(panel.check_wanted) as asked:
        panel.classes.setCurrentIndex(1)
        panel.check_button.click()
    assert asked.args[0].startswith("Other")
    panel.show_file(True, "def f(:\n")
    assert panel.check_button.isEnabled()  # its fault is told by the check
