"""Code as long as a file may bring it: a key is done at once; and what is longer is refused, and nothing lost."""

from __future__ import annotations

import io
import keyword
import time
import tokenize
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

import engine
from engine.contract.text import Refused
from engine.exercises.exercise import LONGEST_SOURCE
from gui.app.settings import Settings
from gui.panels.code.code_editor import CodeEditor
from gui.panels.code.highlighting import runs, runs_between
from tests.gui.panels.test_writing import writing
from tests.pace import within

_A_KEY = 0.05
"""Seconds of processor that one key may take."""
_ROOM = LONGEST_SOURCE - 1
"""What can be written; one end of line is put at its end."""
SHAPES = {
    "short lines": "x\n" * (_ROOM // 2),
    "empty lines": "\n" * _ROOM,
    "one line": "x = " + "1 + " * ((_ROOM - 6) // 4),
    "numbers": "1 " * (_ROOM // 2),
    "wide lines of quotes": ("''" * 300 + "\n") * (_ROOM // 601),
    "one word": "x" * _ROOM,
    "pairs of quotes": "''" * (_ROOM // 2),
    "comments": "#\n" * (_ROOM // 2),
    "open brackets": "(" * _ROOM,
    "an open text": '"""' + "a b\n" * (_ROOM // 4 - 1),
    "backslashes": "'" + "\\" * (_ROOM - 1),
    "functions": 'def f(x):\n    """Doc."""\n    return x + 1.5e3  # why\n\n\n' * (_ROOM // 60),
    "four thousand lines": "y = 1 + x\n" * 4000,
}


@pytest.fixture
def editor(qtbot):
    made = CodeEditor()
    qtbot.addWidget(made)
    made.resize(500, 600)
    made.show()
    return made


def _seconds_of(press):
    """Of the processor, with all that follows at once."""
    begun = time.process_time()
    press()
    QApplication.processEvents()
    return time.process_time() - begun


@pytest.mark.long
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("mends", [False, True])
@pytest.mark.parametrize("place", ["beginning", "middle", "end"])
def test_a_key_is_done_at_once_however_long_the_code_is(editor, shape, mends, place):
    editor.setPlainText(SHAPES[shape][:-20])
    editor.mark_changes(["x\n\n" * 20, "y = 1 + x\n" * 30] if mends else ())
    cursor = editor.textCursor()
    cursor.setPosition({"beginning": 0, "middle": _ROOM // 3, "end": len(SHAPES[shape]) - 20}[place])
    editor.setTextCursor(cursor)
    QApplication.processEvents()
    for key in ("a", '"', Qt.Key.Key_Return, Qt.Key.Key_Backspace):
        taken = min(_seconds_of(lambda key=key: QTest.keyClick(editor, key)) for _ in range(3))
        assert within(taken, _A_KEY), f"{shape}: {key} took {taken:.3f} s"


def test_the_code_in_sight_has_its_look_wherever_one_scrolls_and_writes(editor):
    def bold_in_line():
        block = editor.firstVisibleBlock()
        shown = [one for one in block.layout().formats() if one.format.fontWeight() > 400]
        return [block.text()[one.start : one.start + one.length] for one in shown]

    editor.setPlainText("def f(x):  # why\n" * 1000)
    for line in (0, 500, 900):
        editor.verticalScrollBar().setValue(line)
        assert bold_in_line() == ["def", "f"]
    QTest.keyClick(editor, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(editor, "if ")
    assert bold_in_line() == ["if", "def", "f"]
    QTest.keyClicks(editor, '""" ')
    assert bold_in_line() == ["if"]
    editor.verticalScrollBar().setValue(500)
    assert bold_in_line() == []


def test_what_is_pasted_is_refused_with_its_size_where_it_would_be_too_much(editor):
    said = []
    editor.refused.connect(lambda text: said.append(text))
    editor.setPlainText("x = 1")
    data = QMimeData()
    data.setText("y" * 5_000_000)
    editor.insertFromMimeData(data)
    assert editor.toPlainText() == "x = 1" and len(said) == 1
    assert "5,000,006" in said[0].render("en") and "50,000" in said[0].render("en")
    assert "5,000,006" in said[0].render("zh_CN") and "50,000" in said[0].render("zh_CN")
    editor.selectAll()
    data.setText("z" * _ROOM)
    editor.insertFromMimeData(data)
    assert editor.toPlainText() == "z" * _ROOM and len(said) == 1


@pytest.mark.parametrize("key", ["a", "。", Qt.Key.Key_Return, Qt.Key.Key_Tab])
def test_what_is_typed_into_code_that_is_full_is_refused_and_what_was_written_stays(editor, key):
    said = []
    editor.refused.connect(lambda text: said.append(text))
    full = "x" * _ROOM
    editor.setPlainText(full)
    if key == "。":  # as it comes from what helps to write Chinese
        event = QInputMethodEvent()
        event.setCommitString(key)
        QApplication.sendEvent(editor, event)
    else:
        QTest.keyClick(editor, key)
    assert editor.toPlainText() == full and len(said) == 1
    QTest.keyClick(editor, Qt.Key.Key_Left)
    QTest.keyClick(editor, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(editor, "b")
    assert editor.toPlainText() == "b" + full[1:] and len(said) == 1, "what replaces something has room"
    QTest.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.toPlainText() == full


def test_code_that_is_too_long_is_not_taken_and_what_is_there_stays(editor):
    editor.setPlainText("x = 1")
    with pytest.raises(Refused, match="50,000"):
        editor.setPlainText("x" * LONGEST_SOURCE)
    assert editor.toPlainText() == "x = 1"


def test_a_file_that_is_too_long_is_refused_with_its_name_and_size(qtbot, window):
    _, panel = writing(qtbot, window)
    panel.first_step.let_me_write.click()
    before = panel.editor.toPlainText()
    with pytest.raises(Refused) as refusal:
        panel.take_file(panel.exercise, "x" * 60_000, "long.py")
    for words in (refusal.value.text.render("en"), refusal.value.text.render("zh_CN")):
        assert "long.py" in words and "60,000" in words and "50,000" in words
    assert panel.editor.toPlainText() == before


def test_the_window_says_that_a_paste_is_refused(qtbot, window):
    _, panel = writing(qtbot, window)
    panel.first_step.let_me_write.click()
    data = QMimeData()
    data.setText("y" * 60_000)
    panel.editor.insertFromMimeData(data)
    assert "50,000" in panel.outcome


def test_a_draft_that_is_too_long_is_not_shown_and_stays_in_the_settings(qtbot, tmp_path):
    settings = Settings(tmp_path / "a.ini")
    settings.keep_version("affine", "x" * _ROOM + "\n")
    assert settings.versions("affine") == ("x" * _ROOM + "\n",)
    longer = "y" * LONGEST_SOURCE
    settings.store.put("written/affine", f'["{longer}", "old\\n", {{"a newer": "kind"}}]')
    settings.keep_version("affine", "new\n")
    assert settings.versions("affine") == ("new\n", "old\n")
    kept = Settings(tmp_path / "a.ini").store.value("written/affine")
    assert longer in kept and '{"a newer": "kind"}' in kept


# What the parts of code are

_KINDS = {"COMMENT": "comment", "NUMBER": "number", "STRING": "text", "FSTRING_START": None}
_SOURCES = sorted(Path(engine.__file__).parent.rglob("*.py"))[::7]


@pytest.mark.parametrize("path", _SOURCES, ids=lambda path: path.stem)
def test_the_parts_of_code_are_those_of_pythons_own_tokenizer(path):
    source = path.read_text(encoding="utf-8")
    lines = source.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    wanted, formatted = [], 0
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        name = tokenize.tok_name[token.type]
        formatted += (name == "FSTRING_START") - (name == "FSTRING_END")
        start = starts[token.start[0] - 1] + token.start[1]
        if formatted or name.startswith("FSTRING"):
            continue  # from Python 3.12 on it comes in pieces
        kind = "keyword" if name == "NAME" and keyword.iskeyword(token.string) else _KINDS.get(name)
        if kind and not token.string.lower().startswith(("f", "rf", "fr")):
            wanted.append((start, token.string, kind))
    found, place = {}, 0
    for text, kind in runs(source):
        found[place] = (text, "text" if kind in ("docstring", "string") else kind)
        place += len(text)
    assert [(start, *found.get(start, ("", ""))) for start, _, _ in wanted] == wanted


_PIECES = st.lists(
    st.sampled_from(['"', "'", '"""', "'''", "\\", "#", "\n", "a", "if", "r", "f", " ", "(", "1", "1.e"])
)


@given(_PIECES, st.data())
def test_a_part_of_any_code_is_seen_as_it_is_in_the_whole(pieces, data):
    source = "".join(pieces)
    lines = source.split("\n")
    first = data.draw(st.integers(0, len(lines) - 1))
    start = sum(len(line) + 1 for line in lines[:first])
    end = data.draw(st.integers(start, len(source)))
    assert "".join(text for text, _ in runs(source)) == source
    whole = [kind for text, kind in runs(source) for _ in text][start:end]
    widest = data.draw(st.integers(1, 6))
    narrow = [kind for text, kind in runs_between(source, start, end, widest) for _ in text]
    column = 0
    for place, sign in enumerate(source[start:end]):
        column = column + 1 if sign != "\n" else 0
        assert column > widest or sign == "\n" or narrow[place] == whole[place]
    assert [kind for text, kind in runs_between(source, start, end) for _ in text] == whole
