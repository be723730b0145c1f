"""What a learner is told at each place of a shuffled list is what belongs to the answer that stands there."""

from __future__ import annotations

import itertools

import pytest

from engine.chapter_tests.question import ChoiceQuestion, Wrong
from engine.contract.text import untranslated
from engine.guides.tries import Reason, Try
from gui.learner.question_card import QuestionCard
from gui.panels.guide.answers import ReasonChoice

WRONG = tuple(Wrong(f"m{one}", untranslated(f"answer {one}"), untranslated(f"reason {one}")) for one in (1, 2, 3))
ORDERS = list(itertools.permutations(range(4)))


@pytest.mark.parametrize("place", range(4))
def test_a_choice_tells_what_speaks_against_the_words_that_were_chosen_and_marks_the_right_ones(qtbot, place):
    for order in ORDERS:
        question = ChoiceQuestion(
            untranslated("asked"), untranslated("answer 0"), untranslated("the way"), WRONG, order
        )
        card = QuestionCard("q", question, is_last=False)
        qtbot.addWidget(card)
        number = card.options[place].words().removeprefix("answer ")
        card.options[place].click()
        assert [one for one in "123" if f"reason {one}" in card.outcome.text()] == [one for one in number if one != "0"]
        assert card.outcome.text().endswith("the way")
        assert (card.answer.right, card.answer.given) == ((True, "") if number == "0" else (False, f"m{number}"))
        signs = {button.words(): button.sign() for button in card.options}
        assert signs == dict.fromkeys(signs, "○") | {f"answer {number}": "×"} | {"answer 0": "✓"}


@pytest.mark.parametrize("place", range(3))
def test_a_wrong_reason_is_told_what_speaks_against_it_wherever_it_stands(qtbot, place):
    every = (Reason("reason 0"), *(Reason(f"reason {one}", Try(f"try {one}"), f"against {one}") for one in (1, 2)))
    for order in itertools.permutations(every):
        choice = ReasonChoice(order)
        qtbot.addWidget(choice)
        number = choice.buttons[place].words().removeprefix("reason ")
        assert not choice.outcome.text() and choice.is_right is None
        choice.buttons[place].click()
        assert choice.outcome.text() == ("" if number == "0" else f"against {number}")
        assert choice.is_right is (number == "0")
        signs = {button.words(): button.sign() for button in choice.buttons}
        assert signs["reason 0"] == "✓" and signs[f"reason {number}"] == ("✓" if number == "0" else "×")
        if number != "0":
            with qtbot.waitSignal(choice.looked) as looked:
                choice.see_it.click()
            assert looked.args[0].target == f"try {number}"
