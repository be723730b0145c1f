"""A try whose data is missing or damaged says so where it was asked; that is no fault in the program."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from engine.contract.text import LANGUAGES
from engine.data import digits
from engine.guides.guide import load_guide
from gui.learner.progress import Progress, Question
from gui.style.language import set_language
from tests.gui.window.shown import lead, shown

_SAID = {"en": "missing or damaged", "zh_CN": "缺失或已损坏", "ja": "ないか、壊れて"}


@pytest.fixture(params=["missing", "damaged"])
def _without_digits(request, tmp_path, monkeypatch):
    file = tmp_path / "mnist.npz"
    if request.param == "damaged":
        file.write_bytes(b"PK no archive")
    monkeypatch.setattr(digits, "FILE", file)


@pytest.mark.long
@pytest.mark.usefixtures("_without_digits")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_try_of_a_guide_says_what_is_missing_and_is_not_counted(qtbot, window, language):
    set_language(language)
    window.show_experiment("overfitting")
    window.show()
    page = window.page
    page.panels.show_panel(page.panels.guide)
    row = next(row for row in page.panels.guide.rows if row.answers)
    lead(row)
    qtbot.waitUntil(lambda: not page.panels.guide.is_checking)
    assert _SAID[language] in row.outcome.text()
    other = next(one for one in LANGUAGES if one != language)
    set_language(other)
    assert _SAID[other] in row.outcome.text()
    assert row.verdict is None and window.learner.progress("overfitting").questions == {}


@pytest.mark.usefixtures("_without_digits")
def test_an_old_question_says_what_is_missing_and_stays_due(qtbot, window):
    today = date(2026, 3, 1)
    window.learner.today = lambda: today
    key = next(asked for asked in load_guide("overfitting", "en").tries if asked.answers).key
    asked = {key: Question(0, today - timedelta(1))}
    window.learner.merge({"overfitting": Progress(questions=asked)})
    shown(qtbot, window, "gates")
    window.show_overview()
    (card,) = window.overview.questions.cards
    lead(card.row)
    qtbot.waitUntil(lambda: not card._checker.is_checking)
    assert _SAID["en"] in card.row.outcome.text()
    assert window.learner.progress("overfitting").questions == asked
