"""The guide shows its words, applies its tries, and judges answers by what is computed."""

import dataclasses

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.contract.catalogue import entries, load
from engine.contract.language import LANGUAGES
from engine.contract.run import Run
from engine.guides.guide import load_guide
from engine.guides.tries import AskedNumber, check_try, parse_target
from gui.learner.progress import Given
from gui.panels.data.sheet import Sheet
from gui.panels.guide.answers import told_of
from gui.panels.guide.glossary_dialog import GlossaryDialog
from gui.panels.guide.guide_panel import GuidePanel
from gui.panels.guide.try_row import JudgedAnswer, TryRow
from gui.panels.prose import Prose
from gui.panels.wrapped import WrappedButton
from gui.style.language import set_language
from gui.style.theme import set_theme, theme
from gui.style.typography import set_zoom

# Of the guide of gates, in which every try asks: one whose words name a parameter, one with answers, and one that
# asks for a number.
NAMES, ASKS, COUNTS = 0, 1, 2


@pytest.fixture
def panel(qtbot, gates):
    made = GuidePanel()
    qtbot.addWidget(made)
    made.resize(320, 600)
    made.set_experiment(gates.experiment)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def only_shows(panel, monkeypatch):
    """The row of a try that asks nothing, at the end of the guide of gates, which is shown now."""
    guide = load_guide("gates", "en")
    plain = dataclasses.replace(guide.tries[NAMES], answers=(), after="", variants=(), target="try:b=-0.7#correct=4")
    guide = dataclasses.replace(guide, tries=(*guide.tries, plain))
    monkeypatch.setattr("gui.panels.guide.guide_panel.load_guide", lambda *_: guide)
    panel.set_experiment(load("gates"))
    return opened(panel, panel.rows[-1])


def opened(panel, row):
    """The row, which is now the open one."""
    panel.open_question(row.asked.key)
    return row


def _words(panel):
    parts = [prose.toPlainText() for prose in panel.findChildren(Prose)]
    return _spaced("\n".join(parts + [button.words() for button in panel.findChildren(WrappedButton)]))


def _outcome(row):
    return _spaced(row.outcome.text()) if not row.outcome.isHidden() else ""


def _spaced(text):
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_every_word_of_the_guide_is_shown(panel):
    guide = load_guide("gates", "en")
    shown = _words(panel)
    for span in guide.spans:
        if span.kind != "formula":
            assert _spaced(span.text).strip() in shown
    for asked in (one.varied(load("gates"), "en") for one in guide.tries):
        panel.open_question(asked.key)
        shown = _words(panel)
        assert _spaced(asked.words) in shown
        assert _spaced(asked.text) in shown
        assert all(_spaced(answer.words) in shown for answer in asked.answers)


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_guide_shows_its_markup(panel, code):
    set_language(code)
    for entry in entries():
        panel.set_experiment(load(entry.id))
        shown = _words(panel)
        assert panel.guide.experiment == entry.id
        for markup in ("](", "**", "`", "term:", "claim:", "<b", "<a"):
            assert markup not in shown, f"{entry.id}: {markup}"


def test_a_click_on_a_try_tells_which_and_then_its_number(panel, only_shows, qtbot):
    with qtbot.waitSignal(panel.try_chosen) as told:
        only_shows.button.click()
    assert told.args[0].changes == {"b": "-0.7"} and not told.args[0].asks
    qtbot.waitUntil(lambda: _outcome(only_shows) == "Points right: 4.")


def test_words_that_name_a_parameter_show_its_value(panel):
    assert "{b}" in load_guide("gates", "en").tries[NAMES].words
    assert panel.rows[NAMES].asked.words == "b = \N{MINUS SIGN}0.7"
    set_language("zh_CN")
    assert panel.rows[NAMES].asked.words == "b = \N{MINUS SIGN}0.7"


def test_a_try_that_asks_waits_for_an_answer(panel, qtbot):
    row = panel.rows[ASKS]
    with qtbot.assertNotEmitted(panel.try_chosen):
        row.button.click()
    assert row.button.sign() == "?"
    assert _outcome(row) == ""


def test_a_right_answer_is_told_from_a_wrong_one_with_the_number(panel, qtbot):
    row = panel.rows[ASKS]
    with qtbot.waitSignal(panel.try_chosen):
        row.answers[1].click()
    qtbot.waitUntil(lambda: row.answers[1].sign() == "×")
    assert _outcome(row).startswith(f"Not so. {row.asked.answers[1].why}"), "which speaks of the answer"
    assert "Signed distance of (0, 0): −0.2828, as before." in _outcome(row)
    assert row.answers[1].accessibleDescription() == "Not so."
    assert [button.sign() for button in row.answers] == ["✓", "×", "○"]
    assert row.answers[0].accessibleDescription() == "The right answer."
    row.answers[0].click()
    qtbot.waitUntil(lambda: _outcome(row).startswith("Right."))
    assert _outcome(row).startswith(f"Right. {row.asked.answers[0].why}")
    assert "Signed distances from the line: (−0.283, 0.424, 0.424, 1.131), as before." in _outcome(row)
    assert [button.sign() for button in row.answers] == ["✓", "○", "○"]


def test_who_is_not_sure_is_shown_the_right_answer_without_a_judgement(panel, qtbot):
    row = panel.rows[ASKS]
    with qtbot.waitSignal(panel.try_followed) as told:
        row.not_sure.click()
    assert told.args == [row.asked.key, JudgedAnswer(None, Given("", row.asked.answers[0].key))]
    assert [button.sign() for button in row.answers] == ["✓", "○", "○"]
    assert "Signed distances from the line" in _outcome(row)
    assert row.not_sure.isHidden()


def test_only_the_first_answer_counts(panel, qtbot):
    row, counted = panel.rows[ASKS], []
    panel.try_followed.connect(lambda key, answer: counted.append(answer.right))
    for index in (1, 0, 0):
        row.answers[index].click()
        qtbot.waitUntil(lambda: row.verdict is not None)
    assert counted == [False]


@pytest.mark.parametrize(
    ("typed", "right", "says"),
    [("4", True, "Right. Points right = 4. All four."), ("3", False, "Not so. Points right = 4. All four.")],
)
def test_a_number_that_is_asked_for_is_checked_when_it_was_given(qtbot, gates, typed, right, says):
    asked = dataclasses.replace(
        parse_target("try:b=-0.7"), words="b", number=AskedNumber("correct", "Points right"), after="All four."
    )
    row = TryRow(asked)
    qtbot.addWidget(row)
    row.show()
    assert row.button.sign() == "?"
    row.entry.box.setText("four")
    with qtbot.assertNotEmitted(row.chosen):
        QTest.keyClick(row.entry.box, Qt.Key.Key_Return)
    verdict = check_try(gates.experiment, asked)
    for closes in (True,) if right else (False, True):
        row.entry.box.setText(typed)
        with qtbot.waitSignal(row.weighed if closes == right else row.chosen):
            QTest.keyClick(row.entry.box, Qt.Key.Key_Return)
        assert row.closes(verdict) is closes
        assert closes or (_outcome(row), row.entry.slip.text()) == ("", "Not so: Points right is not 3. Once more?")
    with qtbot.waitSignal(row.answered) as told:
        row.show_verdict(verdict)
    assert told.args == [right]
    assert _outcome(row) == says
    assert row.entry.box.isReadOnly() and row.entry.button.isHidden()
    later = TryRow(asked)
    qtbot.addWidget(later)
    later.recall(row.to_be_kept)
    assert (_outcome(later), later.entry.box.text(), later.is_right) == (says, typed, right)
    later.recall(None)
    assert _outcome(later) == "" and not later.entry.box.isReadOnly() and later.entry.box.text() == ""


def _type(row, number):
    row.entry.box.setText(number)
    row.entry.button.click()


def test_a_slip_is_named_and_asked_again_before_the_stage_shows_anything(panel, qtbot, said):
    row = opened(panel, panel.rows[COUNTS])
    chosen, counted = [], []
    panel.try_chosen.connect(chosen.append)
    panel.try_followed.connect(lambda key, answer: counted.append(answer.right))
    _type(row, "0.1")
    slip = row.asked.number.slips[0]
    qtbot.waitUntil(lambda: row.entry.slip.text() == f"{slip.why} Once more?")
    assert said[-1] == row.entry.slip.text() and row.entry.box.selectedText() == "0.1"
    assert not row.entry.box.isReadOnly() and not chosen and not counted and _outcome(row) == ""
    set_language("zh_CN")
    assert row.entry.slip.text() == f"{row.asked.number.slips[0].why}再算一次？"
    set_language("en")
    _type(row, "0.1414")
    qtbot.waitUntil(lambda: _outcome(row).startswith("Right. Distance of (1, 1) = 0.141"))
    assert [one.key for one in chosen] == [row.asked.key] and counted == [True] and row.entry.slip.isHidden()


def test_what_is_said_of_a_wrong_number_is_in_sight_however_low_the_panel(panel, qtbot):
    panel.resize(panel.width(), 170)
    row = opened(panel, panel.rows[COUNTS])
    _type(row, "0.1")
    qtbot.waitUntil(lambda: not row.entry.slip.isHidden())

    def in_sight():
        top = row.entry.slip.mapTo(panel.viewport(), QPoint(0, 0)).y()
        return top >= 0 and top + row.entry.slip.height() <= panel.viewport().height()

    qtbot.waitUntil(in_sight)


def test_a_right_number_leads_the_stage_at_once_and_is_computed_once(panel, qtbot):
    row = opened(panel, panel.rows[COUNTS])
    with qtbot.waitSignals([panel.try_chosen, panel.try_followed, panel.try_judged], order="strict"):
        _type(row, "0.1414")
    assert _outcome(row).startswith("Right.") and not panel.is_checking


def test_of_what_is_no_number_that_alone_is_told(panel, qtbot):
    row = opened(panel, panel.rows[COUNTS])
    _type(row, "0.1")
    qtbot.waitUntil(lambda: not row.entry.slip.isHidden())
    _type(row, "about a tenth")
    assert not row.entry.refusal.isHidden() and row.entry.slip.isHidden()
    row.entry.box.setText("0.2")
    assert row.entry.refusal.isHidden() and not row.entry.slip.isHidden()


def test_a_second_wrong_number_is_told_its_slip_with_the_right_one(panel, qtbot):
    row = opened(panel, panel.rows[COUNTS])
    _type(row, "5")
    qtbot.waitUntil(lambda: "is not 5" in row.entry.slip.text())
    _type(row, "0.2")
    qtbot.waitUntil(lambda: _outcome(row).startswith(f"Not so. {row.asked.number.slips[1].why} Distance"))


def test_what_was_said_of_the_first_number_outlives_the_page(panel, qtbot):
    row = opened(panel, panel.rows[COUNTS])
    _type(row, "0.1")
    qtbot.waitUntil(lambda: not row.entry.slip.isHidden())
    other = TryRow(row.asked)
    qtbot.addWidget(other)
    other.take_state(row.state())
    assert (other.entry.slip.text(), other.entry.box.text()) == (row.entry.slip.text(), "0.1")
    with qtbot.waitSignal(other.chosen):
        _type(other, "5")


def test_a_number_that_is_weighed_may_be_given_up_for_another_question(panel, qtbot):
    row = opened(panel, panel.rows[COUNTS])
    _type(row, "0.1")
    assert row.is_weighing and row.entry.box.isReadOnly()
    panel.rows[ASKS].answers[0].click()
    assert not row.is_weighing and not row.entry.box.isReadOnly() and row.entry.box.text() == "0.1"
    qtbot.waitUntil(lambda: _outcome(panel.rows[ASKS]) != "")
    assert row.entry.slip.isHidden()


_GUESS = {"en": "A guess", "zh_CN": "猜一猜", "ja": "予想"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_can_only_be_guessed_says_so_and_is_neither_right_nor_wrong(qtbot, gates, language):
    set_language(language)
    asked = dataclasses.replace(load_guide("gates", language).tries[ASKS], guess=True).varied(
        gates.experiment, language
    )
    row = TryRow(asked)
    qtbot.addWidget(row)
    row.show()
    assert _GUESS[language] in row.guess.text() and row.guess.isVisible()
    row.answers[1].click()
    with qtbot.waitSignal(row.answered) as told:
        row.show_verdict(check_try(gates.experiment, asked))
    row.mark_followed()
    assert told.args == [None] and row.to_be_kept.answer == asked.answers[1].key and row.guess.isHidden()
    assert [button.sign() for button in row.answers] == ["✓", "×", "○"] and row.button.sign() == "✓"
    assert _outcome(row).startswith(_spaced(asked.answers[1].why)), "without a judgement"


@pytest.mark.parametrize(
    ("language", "typed", "says"),
    [("en", "", "Type a number"), ("zh_CN", "", "先输入一个数"), ("en", "abc", "“abc” is not a number")],
)
def test_what_is_no_number_is_refused_beside_the_box_and_aloud(qtbot, said, language, typed, says):
    set_language(language)
    row = TryRow(dataclasses.replace(parse_target("try:b=-0.7"), words="b", number=AskedNumber("correct", "Points")))
    qtbot.addWidget(row)
    row.resize(320, 300)
    row.show()
    for press in (row.entry.button.click, lambda: QTest.keyClick(row.entry.box, Qt.Key.Key_Return)):
        row.entry.box.setText(typed)
        said.clear()
        with qtbot.waitSignal(row.grew):
            press()
        shown = row.entry.refusal
        assert shown.isVisible() and says in shown.text() and said == [shown.text()]
        assert 0 <= shown.mapTo(row, QPoint()).y() - row.entry.box.mapTo(row, QPoint()).y() < 60
        row.mark_followed(False)
        assert shown.isVisible()
        row.entry.box.setText("4")
        assert shown.isHidden()
    assert row.answer is None


@pytest.mark.parametrize(
    ("language", "says"),
    [("en", "Being computed: what comes of it will stand here."), ("zh_CN", "正在计算，结果会写在这里。")],
)
def test_what_is_computed_for_long_is_said_to_be_until_it_is_there(qtbot, said, language, says):
    set_language(language)
    asked = load_guide("gates", language).tries[ASKS]
    row = TryRow(asked)
    qtbot.addWidget(row)
    row.answers[0].click()
    assert row.outcome.text() == "" and said == []
    qtbot.waitUntil(lambda: said == [says], timeout=5000)
    assert row.outcome.text() == says and not row.outcome.isHidden()
    row.mark_followed(False)
    assert row.outcome.text() == says
    row.show_verdict(check_try(load("gates"), asked))
    assert row.outcome.text() and says not in row.outcome.text()
    row.mark_followed(True)
    assert says not in row.outcome.text()
    # What is told in time is not announced before.
    row.answers[1].click()
    row.show_verdict(check_try(load("gates"), asked))
    told = row.outcome.text()
    said.clear()
    QTest.qWait(1000)
    assert row.outcome.text() == told and said == []


def test_what_is_computed_no_longer_is_not_waited_for(panel, qtbot, monkeypatch):
    monkeypatch.setattr(panel._checker, "check", lambda *_: None)
    first, other = panel.rows[ASKS], panel.rows[ASKS + 1]
    first.answers[0].click()
    qtbot.waitUntil(lambda: _outcome(first).startswith("Being computed"), timeout=5000)
    other.not_sure.click()
    assert _outcome(first) == ""
    qtbot.waitUntil(lambda: _outcome(other).startswith("Being computed"), timeout=5000)
    panel.set_experiment(load("xor"))
    panel.set_experiment(load("gates"))
    QTest.qWait(1000)
    assert not any("Being computed" in _outcome(row) for row in panel.rows)


def test_up_leads_back_from_the_text_to_which_down_has_led(panel, qtbot):
    panel.activateWindow()
    panel.background_button.click()
    last = [one for one in opened(panel, panel.rows[-1]).findChildren(WrappedButton) if one.isVisible()][-1]
    last.setFocus(Qt.FocusReason.TabFocusReason)
    came_from = []
    while not isinstance(focus := QApplication.focusWidget(), Prose):
        came_from.append(focus)
        QTest.keyClick(focus, Qt.Key.Key_Down)
        QTest.qWait(0)
    bar = panel.verticalScrollBar()
    bar.setValue(bar.value() + focus.mapTo(panel.viewport(), QPoint()).y() + 10)
    QTest.keyClick(focus, Qt.Key.Key_Up)
    assert focus.hasFocus()
    while focus.mapTo(panel.viewport(), QPoint()).y() < 0:
        before = bar.value()
        QTest.keyClick(focus, Qt.Key.Key_Up)
        assert bar.value() < before
    while came_from:
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Up)
        assert QApplication.focusWidget() is came_from.pop()


def test_whoever_has_clicked_into_a_text_scrolls_by_up(panel, qtbot):
    panel.activateWindow()
    panel.background_button.click()
    prose = panel._prose["see"]
    prose.setFocus(Qt.FocusReason.MouseFocusReason)
    QTest.keyClick(prose, Qt.Key.Key_Up)
    assert prose.hasFocus()


def _with_reasons(panel):
    """The row that asks for a reason in the guide of optimizers, which is shown now."""
    panel.set_experiment(load("optimizers"))
    return opened(panel, next(row for row in panel.rows if row.reasons is not None))


def test_the_verdict_on_a_right_answer_is_followed_by_why_and_the_explanation_by_a_reason(panel, qtbot):
    row = _with_reasons(panel)
    right = next(index for index, one in enumerate(row.asked.reasons) if one.is_right)
    assert row.reasons.isHidden() and row.guessing.isVisible()
    with qtbot.waitSignal(panel.try_followed, timeout=60_000) as told:
        row.answers[2].click()
    key, answer = told.args
    answered_right = Given(row.asked.answers[2].key, row.asked.answers[2].key, sure=True)
    assert key == row.asked.key and answer == JudgedAnswer(True, answered_right) and not answered_right.is_surely_wrong
    qtbot.waitUntil(lambda: row.verdict is not None and row.reasons.isVisible())
    assert row.guessing.isHidden() and row.not_sure.isHidden() and row.answers[2].sign() == "✓"
    assert _outcome(row).startswith("Right.") and row.explanation.isHidden()
    assert row.asked.after not in _outcome(row), "it would give the reason away"
    with qtbot.waitSignal(panel.try_followed) as told, qtbot.waitSignal(row.answered) as judged:
        row.reasons.buttons[right - 1].click()
    kept = told.args[1].given
    # The answer is right, and the reason is not.
    assert told.args == [row.asked.key, JudgedAnswer(False, kept)] and judged.args == [False]
    assert (kept.reason, kept.sure) == (row.asked.reasons[right - 1].refuted.key, True) and kept.is_surely_wrong
    assert row.reasons.buttons[right].sign() == "✓" and row.reasons.buttons[right - 1].sign() == "×"
    assert row.reasons.outcome.text() == row.asked.reasons[right - 1].why
    assert row.asked.after in row.explanation.text() and row.explanation.isVisible()
    with qtbot.assertNotEmitted(panel.try_followed), qtbot.waitSignal(panel.try_judged, timeout=60_000) as shown:
        row.reasons.see_it.click()
    assert shown.args[0] == row.asked.reasons[right - 1].refuted and shown.args[1].holds
    later = TryRow(row.asked)
    qtbot.addWidget(later)
    later.recall(kept)
    assert [button.sign() for button in later.reasons.buttons] == [one.sign() for one in row.reasons.buttons]
    later.recall(None)
    assert later.reasons.isHidden() and {button.sign() for button in later.reasons.buttons} == {"○"}


@pytest.mark.parametrize(("language", "why"), [("en", "And why?"), ("zh_CN", "为什么？")])
def test_that_a_reason_is_asked_for_and_what_is_said_to_it_is_read_out(panel, qtbot, said, language, why):
    set_language(language)
    row = _with_reasons(panel)
    row.answers[2].click()
    qtbot.waitUntil(lambda: row.verdict is not None and row.reasons.isVisible())
    assert said[-1].startswith(_outcome(row)) and said[-1].endswith(why)
    row.reasons.buttons[0].click()
    assert said[-1] == row.explanation.text()


def test_who_is_guessing_says_so_before_the_answer(panel, qtbot):
    row = _with_reasons(panel)
    row.guessing.click()
    with qtbot.waitSignal(panel.try_followed, timeout=60_000) as told:
        row.answers[0].click()
    given = told.args[1].given
    assert not given.sure and not given.is_surely_wrong


def test_who_chose_a_wrong_answer_is_not_shown_the_reasons_of_the_right_one(panel, qtbot):
    row = _with_reasons(panel)
    with qtbot.waitSignal(panel.try_followed, timeout=60_000) as told:
        row.answers[0].click()
        assert row.reasons.isHidden()
    assert told.args[1] == JudgedAnswer(False, Given(row.asked.answers[0].key, row.asked.answers[2].key, sure=True))
    assert told.args[1].given.is_surely_wrong
    assert row.reasons.isHidden() and _outcome(row).startswith("Not so.")
    # What is known is no question any more, so the right answer asks for no reason either.
    row.answers[2].click()
    assert row.reasons.isHidden()
    later = TryRow(row.asked)
    qtbot.addWidget(later)
    later.recall(told.args[1].given)
    assert later.reasons.isHidden() and later.is_right is False


def test_who_is_not_sure_of_the_answer_is_asked_for_no_reason(panel, qtbot):
    row = _with_reasons(panel)
    with qtbot.waitSignal(panel.try_followed, timeout=60_000) as told:
        row.not_sure.click()
    assert told.args[1] == JudgedAnswer(None, Given("", row.asked.answers[2].key))
    assert row.reasons.isHidden()


@pytest.mark.parametrize("given", [Given("gone", "gone"), Given(4, 4), Given("", 3.0), Given("", "")])
def test_an_answer_to_what_is_asked_no_more_is_not_recalled(panel, given):
    row = panel.rows[ASKS]
    row.recall(given)
    assert not row.outcome.isVisible() and [button.sign() for button in row.answers] == ["○", "○", "○"]


def test_an_answered_try_can_be_applied_again(panel, qtbot):
    row = panel.rows[ASKS]
    row.answers[0].click()
    qtbot.waitUntil(lambda: row.answers[0].sign() == "✓")
    with qtbot.waitSignal(panel.try_chosen):
        row.button.click()


def test_tries_are_reached_and_chosen_by_keys(panel, qtbot):
    row = opened(panel, panel.rows[ASKS])
    buttons = [row.button, *row.answers]
    buttons[0].setFocus()
    for button in buttons[1:]:
        QTest.keyClick(panel.focusWidget(), Qt.Key.Key_Tab)
        assert panel.focusWidget() is button
    with qtbot.waitSignal(panel.try_chosen):
        QTest.keyClick(buttons[-1], Qt.Key.Key_Space)
    assert panel.rows[ASKS].answer == 2


def test_a_second_try_is_judged_though_the_first_was_not_yet(panel, only_shows, qtbot):
    first = panel.rows[ASKS]
    first.answers[0].click()
    opened(panel, only_shows).button.click()
    qtbot.waitUntil(lambda: _outcome(only_shows) == "Points right: 4.")
    assert _outcome(first) == ""


def test_a_try_on_top_of_what_is_there_uses_the_run_of_now(panel, gates, qtbot):
    panel.set_run(Run("gates", gates.params.replaced({"target": "OR"})))
    row = TryRow(_labelled("try+:w1=0.6#correct=4", "Points right"))
    qtbot.addWidget(row)
    row.chosen.connect(panel._chosen)
    row.button.click()
    qtbot.waitUntil(lambda: row.outcome.text() == "Points right: 4.")


def test_every_labelled_result_is_told_in_both_languages(qtbot):
    target = "try:y=[0.1,0.05,0.1,0,0.05,0.1,0,0.6,0,0]#half_sum=0.5975&cross_entropy=2.303"
    asked = _labelled(target, "½ sum of squares", "Cross entropy")
    row = TryRow(asked)
    qtbot.addWidget(row)
    row.show_verdict(check_try(load("losses"), asked))
    assert row.outcome.text() == "½ sum of squares: 0.5975. Cross entropy: 2.303."
    set_language("zh_CN")
    row.show_try(_labelled(target, "平方和误差", "交叉熵误差"))
    assert row.outcome.text() == "平方和误差：0.5975。交叉熵误差：2.303。"


def test_an_answer_without_a_result_of_its_own_is_told_by_those_of_its_try(qtbot):
    asked = next(one for one in load_guide("losses", "en").tries if "keep_sum" in one.changes)
    asked = dataclasses.replace(asked, reasons=())
    row = TryRow(asked)
    qtbot.addWidget(row)
    row.answers[0].click()
    row.show_verdict(check_try(load("losses"), asked))
    assert "½ sum of squares: 0.0975 before, 0.16 now. " in row.outcome.text()


def test_another_language_keeps_answers_and_place(panel, qtbot):
    row = panel.rows[ASKS]
    row.answers[0].click()
    qtbot.waitUntil(lambda: row.answers[0].sign() == "✓")
    set_language("zh_CN")
    assert panel.rows[ASKS] is row
    assert row.answers[0].sign() == "✓"
    assert _outcome(row).startswith("答对了。")
    assert load_guide("gates", "zh_CN").question[0].spans[0].text in _words(panel)
    assert panel.accessibleName() == load_guide("gates", "zh_CN").title


def test_another_theme_recolours_links(panel):
    prose = panel.findChildren(Prose)[0]
    assert theme().accent in prose.toHtml()
    set_theme("dark")
    assert theme().accent in prose.toHtml()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("width", "factor"), [(300, 1.0), (300, 2.0), (420, 1.25)])
def test_nothing_is_clipped(panel, qtbot, language, width, factor):
    set_language(language)
    set_zoom(factor)
    panel.resize(width, 600)
    row = panel.rows[ASKS]
    row.answers[0].click()
    qtbot.waitUntil(lambda: row.answers[0].sign() == "✓")

    def settled():
        page = panel.widget()
        assert page.width() <= panel.viewport().width()
        for prose in panel.findChildren(Prose):
            size = prose.document().size()
            assert size.height() <= prose.height()
            assert prose.document().idealWidth() <= prose.viewport().width() + 1
        for button in filter(WrappedButton.isVisible, panel.findChildren(WrappedButton)):
            assert button.heightForWidth(button.width()) <= button.height()
            assert button._document.idealWidth() <= button.width() - button._left()
        assert row.outcome.heightForWidth(row.outcome.width()) <= row.outcome.height()

    qtbot.waitUntil(lambda: _passes(settled))


def test_a_change_while_hidden_is_shown_when_seen_again(panel, qtbot):
    row = panel.rows[ASKS]
    row.answers[0].click()
    qtbot.waitUntil(lambda: row.answers[0].sign() == "✓")
    panel.hide()
    set_language("zh_CN")
    assert panel.guide.language == "en"
    panel.show()
    assert panel.guide.language == "zh_CN"
    assert panel.rows[ASKS].answers[0].sign() == "✓"


def test_a_hidden_guide_is_not_built(qtbot, gates):
    made = GuidePanel()
    qtbot.addWidget(made)
    made.set_experiment(gates.experiment)
    assert made.rows == []


def test_a_guide_that_is_missing_is_said_in_a_sentence(qtbot, gates, monkeypatch):
    made = GuidePanel()
    qtbot.addWidget(made)
    monkeypatch.setattr(type(gates.experiment), "id", "no_such")
    made.set_experiment(gates.experiment)
    made.show()
    assert "en/no_such.md is missing" in made.widget().layout().itemAt(0).widget().text()


def test_a_formula_is_no_wider_than_the_panel(panel):
    prose = next(prose for prose in panel.findChildren(Prose) if "formula:" in prose.toHtml())
    set_zoom(2.0)
    address = next(part for part in prose.toHtml().split('"') if part.startswith("formula:")).replace("&amp;", "&")
    assert prose.loadResource(0, QUrl(address)).width() <= prose.viewport().width() * prose.devicePixelRatioF()


def test_a_term_shows_its_sentence_and_gives_the_focus_back(panel, qtbot):
    panel.background_button.click()
    prose = panel._prose["see"]
    prose.setFocus()
    with qtbot.waitSignal(panel.term_chosen) as told:
        prose.anchorClicked.emit(QUrl("term:bias"))
    assert told.args == ["bias"]
    (sheet,) = panel.window().findChildren(Sheet)
    assert sheet.isVisible()
    assert "slides" in sheet.accessibleDescription() or "shifts" in sheet.accessibleDescription()
    assert sheet.parentWidget().rect().contains(sheet.geometry())
    with qtbot.waitSignal(sheet.destroyed):
        QTest.keyClick(sheet.link_button, Qt.Key.Key_Escape)
    assert panel.focusWidget() is prose


def test_a_term_that_keys_have_opened_gives_them_back_to_its_link(panel, qtbot):
    panel.background_button.click()
    prose = next(one for one in panel.findChildren(Prose) if one.toHtml().count('href="term:') >= 2)
    prose.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(2):
        QTest.keyClick(prose, Qt.Key.Key_Tab)
    assert prose.hasFocus()
    at = prose.textCursor().selectedText()
    QTest.keyClick(prose, Qt.Key.Key_Return)
    (sheet,) = panel.window().findChildren(Sheet)
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
        QTest.keyClick(sheet.link_button, key)
        assert sheet.link_button.hasFocus()
    QTest.keyClick(sheet.link_button, Qt.Key.Key_Escape)
    assert prose.hasFocus() and prose.textCursor().selectedText() == at != ""


def test_a_click_elsewhere_closes_a_term(panel, qtbot):
    panel.show_term("bias")
    (sheet,) = panel.window().findChildren(Sheet)
    with qtbot.waitSignal(sheet.destroyed):
        book = panel.findChildren(Prose)[-1].viewport()
        QTest.mousePress(book, Qt.MouseButton.LeftButton, pos=book.rect().bottomRight())


def test_the_glossary_opens_from_a_term_and_finds_names_of_both_languages(panel, qtbot):
    panel.show_term("bias")
    (sheet,) = panel.window().findChildren(Sheet)
    sheet.link_button.click()
    (glossary,) = panel.findChildren(GlossaryDialog)
    assert glossary.isVisible()
    assert "bias" in glossary.results.toPlainText()
    glossary.search.setText("偏置")
    assert glossary.results.toPlainText().startswith("bias")
    glossary.search.setText("no such thing")
    assert glossary.results.toPlainText() == "No term is called “no such thing”."
    set_language("zh_CN")
    assert glossary.windowTitle() == "术语表"
    glossary.search.setText("bias")
    assert glossary.results.toPlainText().startswith("偏置")
    glossary.close()


def _labelled(target, *labels):
    asked = parse_target(target)
    named = zip(asked.claims, labels, strict=True)
    return dataclasses.replace(asked, claims=tuple(dataclasses.replace(one, label=label) for one, label in named))


def _passes(check):
    try:
        check()
    except AssertionError:
        return False
    return True


@pytest.fixture
def with_more(panel, monkeypatch):
    """The guide of gates with two questions of the path, of which the first was answered, and further ones."""
    guide = load_guide("gates", "en")
    tries = tuple(dataclasses.replace(one, more=place > 1) for place, one in enumerate(guide.tries))
    guide = dataclasses.replace(guide, tries=tries)
    monkeypatch.setattr("gui.panels.guide.guide_panel.load_guide", lambda *_: guide)
    panel.set_experiment(load("gates"))
    panel.set_followed(frozenset({tries[0].key}))
    panel.open_question(tries[1].key)
    return panel


def _seen(panel):
    return [index for index, row in enumerate(panel.rows) if row.isVisible()]


def test_further_questions_wait_below_the_path_and_the_goal_does_not_wait_for_them(with_more):
    panel = with_more
    assert panel._place_label.text() == "Question 2 of 2" and _seen(panel) == [1]
    assert panel.more_button.isVisible() and not panel.more_button.isChecked()
    panel.more_button.click()
    assert _seen(panel) == [1, *range(2, len(panel.rows))] and panel.open_row is panel.rows[1]
    panel.rows[3].button.click()
    assert panel.open_row is panel.rows[3] and panel._place_label.isHidden() and 1 not in _seen(panel)
    panel.further_button.click()
    assert panel.open_row is panel.rows[1] and _seen(panel) == [1]
    panel.set_followed(panel.followed | {panel.rows[1].asked.key})
    panel.further_button.click()
    assert panel.is_path_done and panel.open_row is None and _seen(panel) == []


def test_a_further_question_is_opened_by_its_key_and_closed_with_its_heading(with_more):
    panel = with_more
    panel.come_to(panel.rows[2].asked.key)
    assert panel.more_button.isChecked() and panel.open_row is panel.rows[2]
    later = GuidePanel()
    later.set_experiment(load("gates"))
    later.take_state(panel.state())
    later.resize(320, 600)
    later.show()
    assert later.open_row is later.rows[2] and later.more_button.isChecked()
    later.close()
    panel.more_button.click()
    assert panel.open_row is panel.rows[1] and _seen(panel) == [1]


def test_what_was_answered_before_is_not_open_when_one_comes_back(panel):
    """Progress is told after the guide was built: it opens at the first question that is left, not at an old one."""
    assert panel.open_row is panel.path[0]
    panel.set_followed(frozenset({panel.path[0].asked.key}))
    assert panel.open_row is panel.path[1]
    panel.set_followed(frozenset(row.asked.key for row in panel.path))
    assert panel.open_row is None


@pytest.mark.parametrize(
    ("language", "name", "said"),
    [
        ("zh_CN", "误差", "不对：误差不是 0.5。"),
        ("zh_CN", "x1 的坐标", "不对：x1 的坐标不是 0.5。"),
        ("zh_CN", "dZ", "不对：dZ 不是 0.5。"),
        ("en", "Error", "Not so: Error is not 0.5."),
    ],
)
def test_a_name_stands_in_the_sentence_as_its_language_writes_it(language, name, said):
    set_language(language)
    assert told_of(name, 0.5, "").startswith(said)
