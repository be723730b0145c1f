"""What stays: every figure is computed again from the raw answers, and nothing is said of too few."""

from __future__ import annotations

import dataclasses
import json
from datetime import date, timedelta
from random import Random

import pytest

from engine.calculus.proportions import wilson_interval
from engine.chapter_tests import FORM_LENGTH, asks_for_sentence, draw_form, draw_test, makers_of
from engine.contract.catalogue import chapters, entries
from engine.contract.text import Refused
from engine.guides.guide import load_guide
from gui.learner.progress import Given, Progress, read_progress
from gui.learner.records import AFTER, BEFORE, AnswerInTest, TakenTest, next_form
from gui.learner.stays_file import FEWEST, class_lines, figures_of, figures_text, read_figures
from gui.learner.stays_words import NOTHING, told
from gui.learner.what_stays import LATER, Share, WhatStays, what_stays
from gui.learner.what_stays_dialog import WhatStaysDialog

START = date(2026, 3, 1)
_IDS = ("gates", "xor", "descent", "training")


def _tries(experiment_id):
    return [one for one in load_guide(experiment_id, "en").tries if one.asks]


def _lived(seed: int) -> tuple[dict[str, Progress], list[tuple]]:
    """A learner who answers by chance on chance days, and the plain list of what was done."""
    draw, whole, done = Random(seed), {}, []
    for experiment_id in _IDS:
        progress = Progress()
        for asked in _tries(experiment_id):
            day = START + timedelta(days=draw.randint(0, 3))
            for _ in range(draw.randint(0, 4)):
                variant = draw.choice([None, *range(len(asked.variants))])
                right, sure = draw.choice([True, False, None]), draw.random() < 0.5
                given = Given("" if right is None else "a", "b", sure=sure)
                progress = progress.answered(asked.key, right, day, variant, given)
                done.append((experiment_id, asked.key, day, variant, right, sure, bool(asked.reasons)))
                day += timedelta(days=draw.choice([0, 1, 6, 7, 8, 30]))
        whole[experiment_id] = progress
    for number in (2, 4):
        day = START + timedelta(days=draw.randint(0, 40))
        questions = draw_test(number, seed)
        answers = tuple(AnswerInTest(one.maker.id, "x", draw.choice([True, False, None])) for one in questions)
        whole[f"chapter_{number}"] = Progress(tests=(TakenTest(seed, day, answers),))
        done += [("test", one.maker, day, answer.right) for one, answer in zip(questions, answers, strict=True)]
    return whole, done


@pytest.mark.parametrize("seed", range(12))
def test_the_figures_are_those_of_the_list_of_what_was_done(seed):
    whole, done = _lived(seed)
    stays = what_stays(whole)
    guide = [one for one in done if one[0] != "test"]
    gaps, seen, last = [], set(), {}
    for experiment_id, key, day, variant, right, _, _ in guide:
        if (experiment_id, key, variant) not in seen:
            gaps.append(((day - last.get((experiment_id, key), day)).days, right))
        seen.add((experiment_id, key, variant))
        last[experiment_id, key] = day
    for _, maker, day, right in (one for one in done if one[0] == "test"):
        earlier = [one[2] for one in guide if one[0] == maker.experiment and one[2] <= day]
        if earlier and not asks_for_sentence(maker):
            gaps.append(((day - max(earlier)).days, right))
    for share, wanted in (
        (stays.same_day, [right for gap, right in gaps if gap == 0]),
        (stays.later, [right for gap, right in gaps if gap >= LATER]),
    ):
        assert share == Share(wanted.count(True), len(wanted))
    first = {}
    for experiment_id, key, _, _, right, sure, has_reasons in guide:
        first.setdefault((experiment_id, key), (right, sure, has_reasons))
    told_of = [one for one in first.values() if one[2] and one[0] is not None]
    for share, is_sure in ((stays.sure, True), (stays.guessed, False)):
        wanted = [right for right, sure, _ in told_of if sure is is_sure]
        assert share == Share(wanted.count(True), len(wanted))


def _form(right: int, seed: int = 5, length: int = FORM_LENGTH) -> TakenTest:
    answers = [AnswerInTest("some", 1.0, index < right) for index in range(length)]
    return TakenTest(seed, START, tuple(answers))


def test_forms_count_where_all_their_questions_were_answered():
    whole = {
        "chapter_3": Progress(forms={BEFORE: _form(2), AFTER: _form(5)}),
        "chapter_4": Progress(forms={BEFORE: _form(1, length=5)}),
    }
    (pair,) = what_stays(whole).forms
    assert (pair.chapter, pair.before, pair.after) == (3, Share(2, 6), Share(5, 6))
    assert next_form({}) == BEFORE == next_form(whole["chapter_4"].forms)
    assert next_form({BEFORE: _form(1)}) == AFTER and next_form(whole["chapter_3"].forms) is None


@pytest.mark.parametrize("chapter", chapters(), ids=lambda chapter: str(chapter.number))
def test_the_forms_of_a_chapter_are_parallel_and_ask_for_no_sentence(chapter):
    makers = [maker for entry in chapter.entries for maker in makers_of(entry.id)]
    other = 0
    for seed in range(8):
        before, after = (draw_form(chapter.number, seed, part) for part in (False, True))
        assert [one.maker for one in before] == [one.maker for one in after] and len({*map(id, before)}) == FORM_LENGTH
        assert not any(asks_for_sentence(one.maker) for one in before) and {one.maker for one in before} <= {*makers}
        experiments = {one.maker.experiment for one in before}
        asking = {maker.experiment for maker in makers if not asks_for_sentence(maker)}
        assert len(experiments) == min(FORM_LENGTH, len(asking))
        other += sum(one.question != two.question for one, two in zip(before, after, strict=True))
    assert other >= 0.9 * 8 * FORM_LENGTH


def test_checks_are_counted_until_an_exercise_holds():
    progress = Progress().checked("affine").checked("affine").wrote("affine", START).checked("affine")
    assert progress.checks == {"affine": 2} and read_progress(progress.to_json()) == progress
    whole = {"layers": dataclasses.replace(progress, read={"affine": START - timedelta(days=30)})}
    (held,) = what_stays(whole).held
    assert (held.exercise, held.checks, held.was_read) == ("affine", 2, True)
    assert any("held at check 2, after ours was read" in one.render("en") for one in told(what_stays(whole)))


def test_forms_and_checks_are_kept_and_merged():
    one = Progress(forms={BEFORE: _form(2, length=3)}, checks={"affine": 2})
    two = Progress(forms={BEFORE: _form(2)}, checks={"affine": 5})
    assert read_progress(json.loads(json.dumps(two.to_json()))) == two
    assert one.merged(two) == two == two.merged(one)


def test_of_few_answers_the_bounds_are_told():
    stays = dataclasses.replace(what_stays({}), same_day=Share(6, 8), later=Share(30, 40))
    low, high = (round(100 * one) for one in wilson_interval(6, 8))
    assert (low, high) == (41, 93)
    sentences = [one.render("en") for one in told(stays)]
    assert any(one.endswith(f"Of 8 one can only say that it is between {low} and {high}%.") for one in sentences)
    assert not any("Of 40" in one for one in sentences)


def _dialog(qtbot, stays: WhatStays, tmp_path, window) -> WhatStaysDialog:
    written = []
    dialog = WhatStaysDialog(stays, tmp_path, lambda *given: written.append(given), window)
    dialog.open()
    return dialog


def test_a_learner_without_numbers_sees_no_plot_but_a_sentence(qtbot, tmp_path, window):
    window.show()
    dialog = _dialog(qtbot, what_stays({}), tmp_path, window)
    assert dialog.sentences.text() == NOTHING.render("en")
    assert not any(plot.isVisible() for plot in dialog.plots) and not dialog.save_button.isVisible()


def test_the_plots_show_each_share_within_its_interval_where_it_lies(qtbot, tmp_path, window):
    window.show()
    stays = dataclasses.replace(what_stays({}), same_day=Share(6, 8), sure=Share(3, 4), guessed=Share(0, 5))
    dialog = _dialog(qtbot, stays, tmp_path, window)
    first, second = dialog.plots
    assert first.isVisible() and len(first.places()) == 1 and len(second.places()) == 2
    (low, middle, high), room = first.places()[0], 0.75
    left, width = second.places()[1][1], (middle - second.places()[1][1]) / room
    for place, share in ((low, wilson_interval(6, 8)[0]), (high, wilson_interval(6, 8)[1])):
        assert place == pytest.approx(left + share * width, abs=0.5)
    # What is handed over is read first, and is all there is.
    dialog.save_button.click()
    assert dialog.shown.isVisible() and dialog.shown.text() == dialog.text == figures_text(figures_of(stays))


def test_what_is_handed_over_holds_figures_alone_and_is_read_again(tmp_path):
    whole, _ = _lived(3)
    figures = figures_of(what_stays(whole))
    path = tmp_path / "a.stays.json"
    path.write_text(figures_text(figures), encoding="utf-8")
    assert read_figures(path) == figures
    text = path.read_text(encoding="utf-8")
    assert not any(entry.id in text for entry in entries()) and "2026" not in text


_ROWS = (3, {}, {"right": 3, "of": 2}, {"right": 1, "of": True}, {"right": 0, "of": 0})
_SENSELESS = [
    "",
    "[]",
    *(json.dumps({"layerwise_stays": 1, **more}) for more in ({}, {"figures": []}, {"figures": {}, "name": 3})),
    json.dumps({"layerwise_stays": 2, "figures": {}}),
    *(json.dumps({"layerwise_stays": 1, "figures": {"same_day": one}}) for one in _ROWS),
]


@pytest.mark.parametrize("content", _SENSELESS)
def test_a_file_that_makes_no_sense_is_refused_in_a_sentence_that_names_it(tmp_path, content):
    path = tmp_path / "a.stays.json"
    path.write_text(content)
    with pytest.raises(Refused) as refusal:
        read_figures(path)
    assert str(path) in refusal.value.text.render("en") and refusal.value.text.render("en").endswith(".")


def test_of_a_class_nothing_is_told_of_fewer_than_five():
    learners = [{"same_day": Share(3, 4), **({"later": Share(1, 2)} if index else {})} for index in range(FEWEST)]
    lines = class_lines(learners, "en")
    assert lines[0] == "What stays, of 5 learners"
    low, high = (round(100 * one) for one in wilson_interval(15, 20))
    assert lines[1] == f"On the day itself: 15 of 20 right, between {low} and {high}%; 5 learners"
    assert lines[2] == "After 7 days or more: of fewer than 5 learners, not told" and len(lines) == 3


def test_the_six_questions_tell_nothing_before_those_after_the_chapter(qtbot, window):
    window.show()
    window.show_overview()
    links = window.overview.links[3]
    assert links.form.isVisible() and links.form.text() == "Six questions before it"
    links.form.click()
    end = window.chapter_end
    for number in range(FORM_LENGTH):
        assert end.line.text().startswith(f"Question {number + 1} of 6") and end.open_question is None
        card = end.content
        card.not_sure.click()
        assert not card.outcome.isVisible() and card is not end.content
    assert "told once you have answered six more" in end.content.score.text() and not end.content.missed
    end.content.overview_button.click()
    window.learner.touch("activations")
    assert links.form.isVisible() and links.form.text() == "Six questions after it"
    assert not window.overview.links[2].form.isHidden()
    links.form.click()
    for _ in range(FORM_LENGTH):
        question, card = end.content.question, end.content
        if card.options:
            card.options[question.right_option].click()
        else:
            card.entry.given.emit(float(question.value))
    assert "Before the chapter 0 of 6 were right, now 6." in end.content.score.text()
    (pair,) = what_stays(window.learner.whole_progress()).forms
    assert (pair.before, pair.after) == (Share(0, 6), Share(6, 6))
