"""Ballots: every question of guides, chapter tests and shipped lessons has letters, and the right one is what holds."""

from __future__ import annotations

import pytest

from engine.chapter_tests import makers_of
from engine.chapter_tests.question import ChoiceQuestion, KnownError, NumberQuestion, SentenceQuestion
from engine.contract.catalogue import chapters
from engine.contract.text import LANGUAGES, Text
from engine.votes.ballot import ballot_of_question, ballot_of_try
from engine.votes.kept import MOST_OPTIONS
from tests.verdicts import judged_questions
from tests.walk import EXPERIMENT_IDS


@pytest.mark.long
@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
def test_the_right_option_of_a_guides_question_is_the_one_that_comes_out(experiment_id):
    for language in LANGUAGES:
        for asked, verdict in judged_questions(experiment_id, language):
            ballot = ballot_of_try("id", experiment_id, asked, verdict, language)
            names = [option.words for option in ballot.options]
            assert 2 <= len(names) <= MOST_OPTIONS and len({*names}) == len(names), names
            assert ballot.right is not None and not ballot.think
            if asked.number is None:
                assert verdict.is_right(ballot.right)
                wrong = [option for index, option in enumerate(ballot.options) if index != ballot.right]
                assert asked.guess or all(option.why for option in wrong), asked.words
            else:
                assert names[-1] in ("Another number", "別の数", "别的数") and not ballot.think
                reasons = {reason for option in ballot.options for reason in option.why}
                assert not ballot.options[ballot.right].why
                told = [slip.why for slip, value in zip(asked.number.slips, verdict.slips, strict=True) if value]
                assert {*told} <= reasons, asked.words


@pytest.mark.parametrize("chapter", chapters(), ids=lambda chapter: str(chapter.number))
def test_every_question_of_a_chapters_test_can_be_asked_with_its_reasons(chapter):
    kinds = set()
    for maker in (maker for entry in chapter.entries for maker in makers_of(entry.id)):
        for seed in range(3):
            question = maker.question(seed)
            kinds.add(type(question))
            for language in LANGUAGES:
                ballot = ballot_of_question("id", maker.experiment, question, language)
                names = [option.words for option in ballot.options]
                assert len({*names}) == len(names) >= 2, (maker.id, names)
                if isinstance(question, SentenceQuestion):
                    assert ballot.right is None and ballot.model
                elif isinstance(question, ChoiceQuestion):
                    assert names[ballot.right] == question.right.render(language)
                    assert [bool(one.why) for one in ballot.options].count(False) == 1
                else:
                    assert sum(not one.why for one in ballot.options) == 2  # the right one, and another number
                    assert len(names) == 2 + len({slip.value for slip in question.slips})
    assert NumberQuestion in kinds and ChoiceQuestion in kinds


def test_numbers_are_offered_from_the_smallest_on():
    slips = (KnownError("a", 12, Text("A.")), KnownError("b", -3, Text("B.")))
    question = NumberQuestion(Text("How many?"), Text("n"), 5, Text("So."), slips)
    ballot = ballot_of_question("id", "gates", question, "en")
    assert [one.words for one in ballot.options] == ["−3", "5", "12", "Another number"] and ballot.right == 1
