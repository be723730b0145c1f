"""No line of prose ends within a formula."""

from __future__ import annotations

import time

import pytest

from engine.guides.sections import Block, Span
from gui.panels.prose import Prose
from gui.panels.wrapped import WrappedButton, unbroken, wrapped_label

_SPACE = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    "formula",
    [
        "−Σ t·log y",
        "(y − t) / N",
        "w1·x1 + w2·x2 + b",
        "1 − η·λ",
        "(f(x + h) − f(x)) / h",
        "log 2",
        "h = 1",
        "x0²/20 + x1²",
        "2·(2η − 1)³⁰",
        "(y − t)²",
        "2h + 1",
    ],
)
@pytest.mark.parametrize("around", ["The loss is {}. How large?", "交叉熵误差 {} 是多少？", "{}"])
def test_a_formula_has_no_place_at_which_a_line_ends(formula, around):
    kept = unbroken(around.format(formula))
    assert formula.replace(" ", _SPACE) in kept and kept.replace(_SPACE, " ") == around.format(formula)


@pytest.mark.parametrize(
    "words", ["One sample is a row.", "It is 3 of 4, or so.", "a step by 2 to the left", "类别 2 的得分"]
)
def test_words_keep_their_spaces(words):
    assert unbroken(words) == words


def test_a_formula_longer_than_a_line_ends_one_before_an_equals_sign():
    kept = unbroken("0.5·1 + 0.5·1 − 0.2 + 0.3·2 = 1.4 = 7/5")
    assert [part.replace(_SPACE, " ") for part in kept.split(" ")] == ["0.5·1 + 0.5·1 − 0.2 + 0.3·2", "= 1.4", "= 7/5"]


def test_no_text_takes_long():
    start = time.perf_counter()
    for piece in ("(", ")", "a·", "− ", "a + ", "log ", "|", "x(", "1.", "2a", "2a − ", "³"):
        unbroken(piece * 2000)
    assert time.perf_counter() - start < 5


def test_labels_buttons_and_prose_show_formulas_in_one_piece(qtbot):
    words = "The cross entropy is −Σ t·log y of all."
    label, button, prose = wrapped_label(), WrappedButton(), Prose()
    label.setText(words)
    button.set_words("", words)
    for widget in (label, button, prose):
        qtbot.addWidget(widget)
    assert label.text() == words and button.words() == words
    prose.show_blocks((Block((Span("text", words),)),))
    for shown in (button.written(), prose.document().toRawText()):
        assert f"Σ{_SPACE}t·log{_SPACE}y" in shown
