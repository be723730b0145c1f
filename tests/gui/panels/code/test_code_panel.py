"""The code is the engine's real source, line for line, and the line of the moment is lit."""

import inspect

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from engine.contract.catalogue import load
from engine.contract.experiment import CodeMark
from engine.nn import perceptron, step
from engine.nn.im2col import convolve, im2col
from gui.panels.code import code_panel
from gui.panels.code.code_panel import CodePanel
from gui.panels.code.highlighting import runs
from gui.style.language import set_language
from gui.style.theme import set_theme, theme
from gui.style.typography import set_zoom
from tests.gui.window.shown import shown


@pytest.fixture
def panel(qtbot, gates):
    made = CodePanel()
    qtbot.addWidget(made)
    made.resize(340, 160)
    made.set_experiment(gates.experiment)
    made.show()
    return made


def test_every_function_is_there_as_it_is_written(panel, gates):
    shown = panel.toPlainText()
    for function in gates.experiment.code:
        assert inspect.getsource(function).rstrip("\n") in shown


def test_each_function_is_headed_by_its_file(panel):
    assert panel.toPlainText().startswith(f"engine/nn/perceptrons.py, line {_line_of(perceptron)}\ndef perceptron")
    assert f"engine/nn/activations.py, line {_line_of(step)}\ndef step" in panel.toPlainText()
    set_language("zh_CN")
    assert f"engine/nn/activations.py，第 {_line_of(step)} 行" in panel.toPlainText()


def _marked_line(panel):
    selections = panel.extraSelections()
    return selections[0].cursor.block().text() if selections else None


def test_what_is_there_for_comparison_says_so(panel):
    panel.set_experiment(load("convolution"))
    heading = f"engine/nn/im2col.py, line {_line_of(convolve)} · for comparison, not run here"
    assert f"{heading}\ndef convolve" in panel.toPlainText()
    assert f"engine/nn/im2col.py, line {_line_of(im2col)}\ndef im2col" in panel.toPlainText()
    set_language("zh_CN")
    assert (
        f"engine/nn/im2col.py，第 {_line_of(convolve)} 行（源码里的说明是英文） · 供对照，这里不运行"
        in panel.toPlainText()
    )


def test_a_mark_lights_its_line_in_its_function(panel):
    assert _marked_line(panel) is None
    panel.mark(CodeMark("perceptron", "step(a)"))
    assert _marked_line(panel) == "    return step(a)"
    panel.mark(CodeMark("weighted_sum", "return"))
    assert _marked_line(panel) == "    return x @ w + b"
    panel.mark(None)
    assert _marked_line(panel) is None


def test_a_mark_that_is_out_of_sight_is_scrolled_to(panel):
    bar = panel.verticalScrollBar()
    assert bar.value() == 0
    panel.mark(CodeMark("distance_from_line", "/ length"))
    assert bar.value() > 0
    assert panel.viewport().rect().contains(panel.cursorRect(panel.extraSelections()[0].cursor).center())


def test_a_mark_that_is_in_sight_moves_nothing(panel):
    panel.mark(CodeMark("perceptron", "def"))
    assert panel.verticalScrollBar().value() == 0


def test_a_mark_in_code_that_is_not_shown_lights_nothing(panel):
    panel.mark(CodeMark("sigmoid", "exp"))
    assert _marked_line(panel) is None
    panel.mark(CodeMark("step", "no such words"))
    assert _marked_line(panel) is None


def test_marks_survive_language_theme_and_size(panel):
    panel.mark(CodeMark("perceptron", "step(a)"))
    set_language("zh_CN")
    set_theme("dark")
    set_zoom(2.0)
    assert _marked_line(panel) == "    return step(a)"
    assert panel.extraSelections()[0].format.background().color().name() == theme().selection_fill


def test_a_mark_set_while_hidden_is_lit_when_seen(panel):
    panel.hide()
    panel.mark(CodeMark("perceptron", "step(a)"))
    assert _marked_line(panel) is None
    panel.show()
    assert _marked_line(panel) == "    return step(a)"


@pytest.mark.parametrize(
    ("layer", "part", "name"),
    [("relu", "dx", "ReLU"), ("batch_norm", "z", "BatchNormalization"), ("affine", "dw", "Affine")],
)
def test_it_opens_at_the_layer_that_is_chosen(qtbot, window, layer, part, name):
    page = shown(qtbot, window, "layers")
    page.editor.change({"layer": layer})
    page.editor.change({"part": part})
    qtbot.waitUntil(lambda: page.controller.snapshot.params == page.editor.params)
    code = page.panels.code
    page.panels.show_panel(code)
    way = "def forward" if part == "z" else "def backward"
    assert way in _marked_line(code)
    (selection,) = code.extraSelections()
    cursor = selection.cursor
    qtbot.waitUntil(lambda: code.viewport().rect().contains(code.cursorRect(cursor).center()))
    above = code.toPlainText()[: cursor.position()]
    assert above.rpartition("\nclass ")[2].partition(":")[0] == name


def test_the_ring_of_the_keys_does_not_stay_where_it_is_scrolled_to(qtbot, panel):
    painted = []

    class Watch(QObject):
        def eventFilter(self, watched, event):
            if event.type() == QEvent.Type.Paint:
                painted.append(event.rect())
            return False

    watch = Watch()
    panel.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    panel.viewport().installEventFilter(watch)
    panel.verticalScrollBar().setValue(30)
    qtbot.waitUntil(lambda: panel.viewport().rect() in painted)


def test_code_can_be_copied_but_not_changed(panel):
    assert panel.isReadOnly()
    panel.setTextCursor(panel.document().find("return step(a)"))
    panel.copy()
    assert QGuiApplication.clipboard().text() == "return step(a)"


def test_keywords_stand_out_and_comments_step_back(panel):
    keyword = panel.document().find("return").charFormat()
    assert keyword.font().bold()
    assert keyword.foreground().color().name() == theme().accent
    docstring = panel.document().find("0 or 1 for every").charFormat()
    assert docstring.foreground().color().name() == theme().muted_text


SNIPPETS = [
    "def f(x):\n    '''Doc.'''\n    return x + 1.5e3  # why\n",
    "class A:\n    def m(self) -> str:\n        return f\"{self!r} {'a'} §\"\n",
    "x = '多字节'; y = 2\n",
    "    broken(\n",
    "",
]


@pytest.mark.parametrize("source", [*SNIPPETS, inspect.getsource(code_panel), inspect.getsource(inspect.unwrap)])
def test_runs_put_together_are_the_source_again(source):
    assert "".join(text for text, _ in runs(source)) == source


def test_kinds_are_told_apart():
    kinds = {text: kind for text, kind in runs(SNIPPETS[0]) if kind != "plain"}
    assert kinds == {
        "def": "keyword", "f": "name", "'''Doc.'''": "docstring", "return": "keyword", "1.5e3": "number",
        "# why": "comment",
    }  # fmt: skip
    assert ("'多字节'", "string") in runs(SNIPPETS[2])


def _line_of(function):
    return inspect.getsourcelines(function)[1]
