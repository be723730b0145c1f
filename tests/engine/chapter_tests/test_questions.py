"""What every question of a test over a chapter keeps to, whatever its numbers."""

from __future__ import annotations

import itertools
import math
import re
import string
from collections import Counter, defaultdict

import pytest

from engine.chapter_tests import LENGTH, Drawn, draw_test, makers_of
from engine.chapter_tests.question import ChoiceQuestion, NumberQuestion, SentenceQuestion, Wrong
from engine.chapter_tests.summary import SENTENCES, summary_of
from engine.contract.catalogue import chapters, entries, load
from engine.contract.language import LANGUAGES, language_of
from engine.contract.numerals import parse_real
from engine.contract.text import EMPTY, Text, as_written, untranslated
from engine.glossary import terms
from engine.guides.guide import load_guide
from tests.walk import EXPERIMENT_IDS

SEEDS = range(50)
CHAPTERS = [chapter for chapter in chapters() if chapter.entries]
MAKERS = [maker for experiment_id in EXPERIMENT_IDS for maker in makers_of(experiment_id)]
QUESTIONS = {maker: [maker.question(seed) for seed in SEEDS] for maker in MAKERS}
of_each_chapter = pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: str(chapter.number))
of_each_experiment = pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)


def _questions(experiment_id):
    """Everything that is asked of an experiment."""
    return [question for maker in makers_of(experiment_id) for question in QUESTIONS[maker]]


def _texts(question):
    """All that a question can say."""
    yield question.words
    if isinstance(question, NumberQuestion):
        yield from (question.label, question.why, *(slip.why for slip in question.slips))
    elif isinstance(question, ChoiceQuestion):
        yield from (*question.options, question.why, *(wrong.why for wrong in question.wrong))
    else:
        yield question.model


def _numbers_in(text):
    """The numbers that a text shows, with what they are shown as."""
    for _, name, spec, _ in string.Formatter().parse(text.message):
        value = text.values[name] if name is not None else ""
        if isinstance(value, Text):
            yield from _numbers_in(value)
        elif isinstance(value, (int, float)):
            yield value, as_written(format(value, spec or (".6g" if isinstance(value, float) else "")))


# What is asked


@of_each_experiment
def test_exactly_one_choice_is_right_and_no_two_look_alike(experiment_id):
    for question in _questions(experiment_id):
        if isinstance(question, ChoiceQuestion):
            right = [place for place in range(len(question.options)) if question.wrong_at(place) is None]
            assert right == [question.right_option]
            for language in LANGUAGES:
                assert len({option.render(language) for option in question.options}) == len(question.options) >= 3
            assert len({wrong.mistake for wrong in question.wrong}) == len(question.wrong)


@pytest.mark.parametrize("count", [2, 3, 4])
def test_the_reason_told_at_each_place_of_a_shuffled_choice_is_that_of_the_answer_there(count):
    """Whatever the order: an answer is known by its words, and its reason by the same number in them."""
    wrong = tuple(Wrong(f"m{place}", untranslated(f"answer {place}"), untranslated(f"reason {place}"))
                  for place in range(1, count))  # fmt: skip
    for order in itertools.permutations(range(count)):
        question = ChoiceQuestion(EMPTY, untranslated("answer 0"), EMPTY, wrong, order)
        told = {}
        for place, option in enumerate(question.options):
            found = question.wrong_at(place)
            told[option.render("en")] = "" if found is None else found.why.render("en")
        assert told == {"answer 0": ""} | {f"answer {one}": f"reason {one}" for one in range(1, count)}
        assert question.options[question.right_option].render("en") == "answer 0"


@of_each_experiment
def test_the_right_number_passes_and_each_known_mistake_fails_with_its_reason(experiment_id):
    for question in _questions(experiment_id):
        if isinstance(question, NumberQuestion):
            assert math.isfinite(question.value) and question.slips
            assert question.is_right(question.value) and question.slip(question.value) is None
            typed = as_written(f"{question.value:.4g}" if not question.is_whole else str(question.value))
            assert question.is_right(parse_real(typed)), typed
            for slip in question.slips:
                assert not question.is_right(slip.value)
                found = question.slip(slip.value)
                assert found is not None and found.mistake == slip.mistake
            assert not question.is_right(question.value + max(1, abs(question.value)))


@of_each_experiment
def test_what_is_right_follows_from_what_is_said_alone(experiment_id):
    """The same words, whatever the seed, have the same answer, in both languages."""
    for maker in makers_of(experiment_id):
        for language in LANGUAGES:
            found = defaultdict(set)
            for question in QUESTIONS[maker]:
                if isinstance(question, NumberQuestion):
                    found[question.words.render(language)].add(round(question.value, 9))
                elif isinstance(question, ChoiceQuestion):
                    found[question.words.render(language)].add(question.options[question.right_option].render(language))
            assert all(len(answers) == 1 for answers in found.values())


@of_each_experiment
def test_a_number_is_shown_with_all_the_digits_that_are_computed_with(experiment_id):
    for question in _questions(experiment_id):
        for template in (question.words.template(language_of(language)) for language in LANGUAGES):
            assert not re.search(r"\{\w+:(?!,\})", template), template
        for value, shown in _numbers_in(question.words):
            assert parse_real(shown.replace(",", "")) == pytest.approx(value, rel=1e-12)


@of_each_experiment
def test_other_seeds_ask_with_other_numbers_and_put_the_right_answer_elsewhere(experiment_id):
    for maker in makers_of(experiment_id):
        assert len({question.words.render("en") for question in QUESTIONS[maker]}) >= (
            2 if isinstance(QUESTIONS[maker][0], SentenceQuestion) else 5
        )
        if isinstance(QUESTIONS[maker][0], ChoiceQuestion):
            assert len({question.right_option for question in QUESTIONS[maker]}) >= 3
        assert maker.question(7) == QUESTIONS[maker][7]


@of_each_experiment
def test_sentences_are_written_well_in_both_languages(experiment_id):
    for maker in makers_of(experiment_id):
        chinese = "\u4e00-\u9fff"
        for question in QUESTIONS[maker][:10]:
            for text in _texts(question):
                english, said = text.render("en"), text.render("zh_CN")
                assert "{" not in english + said and not re.search(f"[{chinese}]", english)
                assert not re.search(f"[{chinese}][A-Za-z0-9]|[A-Za-z0-9][{chinese}]|[{chinese}][,;:?!]", said), said
                assert not re.search(r"[−-]0(\.0+)?(?![\d.e])", english), english
                assert not re.search(
                    r"(?<![\d.,])1 (points|updates|epochs|layers|neurons|filters|channels|images)\b", english
                )


@of_each_experiment
def test_a_question_belongs_to_a_term_and_to_a_question_that_comes_again(experiment_id):
    for maker in makers_of(experiment_id):
        assert maker.concept in terms()
        returning = {asked.key for asked in load_guide(maker.experiment, "en").tries if asked.returns}
        own = {question.again for question in QUESTIONS[maker] if isinstance(question, ChoiceQuestion)} - {""}
        assert {maker.again, *own} - {None} <= returning


def test_a_question_is_asked_again_by_a_try_that_teaches_the_same():
    """Scores that are multiplied are asked again by the temperature, and not by a number that is added to all."""
    (maker,) = [one for one in makers_of("softmax") if one.id == "shifted_or_scaled"]
    tries = {asked.key: asked for asked in load_guide("softmax", "en").tries}
    for question in QUESTIONS[maker]:
        asked = tries[Drawn(maker, question).again]
        assert (
            "temperature" in asked.changes if "multiplied" in question.words.render("en") else "offset" in asked.changes
        )
    without = {maker.id for experiment in EXPERIMENT_IDS for maker in makers_of(experiment) if maker.again is None}
    assert without == {"how_many", "size_of_network", "epochs", "one_way_back"}


def test_whoever_scales_scores_is_told_why_the_largest_probability_grows_or_shrinks():
    (maker,) = [one for one in makers_of("softmax") if one.id == "shifted_or_scaled"]
    for question in QUESTIONS[maker]:
        said, chinese = map(question.why.render, ("en", "zh_CN"))
        right = question.right.render("en").removeprefix("It ")
        if right != "stays":
            assert said.endswith(f"its probability {right}.") and ("变大" in chinese) == (right == "grows")
            (stays,) = [one for one in question.wrong if one.mistake == "stays"]
            assert ("farther" in stays.why.render("en")) == (right == "grows")


# What was answered on paper, from the words alone: a formula of one's own for each kind

_BY_HAND = {
    "new_weight": lambda n: n["w"] - n["rate"] * n["g"],
    "two_steps": lambda n: n["start"] * (1 - 2 * n["rate"]) ** 2,
    "cross_entropy": lambda n: -math.log(n["p"]),
    "forward_of_square": lambda n: 2 * n["x"] + n["h"],
    "central_of_cube": lambda n: 3 * n["x"] ** 2 + n["h"] ** 2,
    "epochs": lambda n: n["updates"] * n["batch"] / n["samples"],
    "cost_of_slopes": lambda n: 2 * (n["inputs"] * n["hidden"] + n["hidden"] * (n["classes"] + 1) + n["classes"]),
    "slope_of_sigmoid": lambda n: n["y"] * (1 - n["y"]),
    "leaky": lambda n: n["x"] * (n["leak"] if n["x"] < 0 else 1),
    "stacked": lambda n: n["slope"] ** n["layers"],
    "how_many": lambda n: (n["inputs"] + 1) * n["hidden"] + (n["hidden"] + 1) * n["outputs"],
    "straight_on": lambda n: n["start"] + n["times"] * (n["at_one"] - n["start"]),
    "ratio": lambda n: math.exp(n["high"] - n["low"]),
    "whole_batch_at_once": lambda n: 1 / n["samples"],
    "read_wrong": lambda n: n["images"] * (100 - n["percent"]) / 100,
    "passes": lambda n: n["images"] / n["batch"],
    "back_through_times": lambda n: n["upstream"] * n["b"],
    "back_through_plus": lambda n: n["upstream"],
    "branches": lambda n: n["one"] + n["other"],
    "error_of_a_factor": lambda n: (n["a"] - n["n"]) / n["a"],
    "cost": lambda n: 2 * ((n["inputs"] + 1) * n["hidden"] + (n["hidden"] + 1) * n["classes"]),
    "updates_in_epochs": lambda n: n["samples"] / n["batch"] * n["epochs"],
    "size_of_network": lambda n: 3 * n["hidden"] + (n["hidden"] + 1) * n["further"] + n["further"] + 1,
    "step_of_momentum": lambda n: n["w"] + n["mu"] * n["v"] - n["rate"] * n["slope"],
    "first_of_adagrad": lambda n: n["w"] - math.copysign(n["rate"], n["slope"]),
    "first_of_adam": lambda n: n["rate"],
    "step_in_the_end": lambda n: n["rate"] * n["slope"] / (1 - n["mu"]),
    "spread_of_a_sum": lambda n: math.sqrt(n["inputs"]) * n["weights"] * n["spread"],
    "layer_after_layer": lambda n: (math.sqrt(n["inputs"]) * n["weights"]) ** n["layers"],
    "batch_of_one": lambda n: n["beta"],
    "running": lambda n: 0.9 * n["before"] + 0.1 * n["mean"],
    "decayed": lambda n: n["w"] - n["rate"] * (n["slope"] + n["decay"] * n["w"]),
    "at_test_time": lambda n: (1 - n["ratio"]) * n["activation"],
    "share_of_a_decade": lambda n: 1 / (n["high"] - n["low"]),
    "one_good_at_least": lambda n: 1 - (1 - n["share"]) ** n["trials"],
    "rates_on_a_grid": lambda n: math.isqrt(n["trials"]),
    "size_after": lambda n: (n["side"] + 2 * n["padding"] - n["kernel"]) // n["stride"] + 1,
    "rows_of_im2col": lambda n: n["samples"] * (n["side"] - n["kernel"] + 1) ** 2,
    "pooled_side": lambda n: (n["side"] - n["window"]) // n["stride"] + 1,
    "of_a_filter_bank": lambda n: n["filters"] * (n["channels"] * n["kernel"] ** 2 + 1),
    "behind_the_pooling": lambda n: (n["filters"] * ((n["side"] - n["kernel"] + 1) // 2) ** 2 + 1) * n["hidden"],
    "seen_by_a_cell": lambda n: n["first"] + (n["second"] - 1) * n["stride"],
    "rows_of_a_map": lambda n: (n["side"] - n["kernel"] + 1) // 2,
}


@pytest.mark.parametrize("name", _BY_HAND)
def test_the_engine_comes_to_what_paper_comes_to(name):
    maker = next(maker for maker in MAKERS if maker.id == name)
    for question in QUESTIONS[maker]:
        assert question.value == pytest.approx(_BY_HAND[name](question.words.values), rel=1e-3)


def test_ids_are_told_apart():
    assert len({maker.id for maker in MAKERS}) == len(MAKERS)


# Tests


@of_each_chapter
def test_a_test_asks_eight_things_of_all_experiments_but_one_at_most_and_ends_with_a_sentence(chapter):
    makers = [maker for entry in chapter.entries for maker in makers_of(entry.id)]
    assert len(makers) >= 12
    seen = set()
    for seed in SEEDS:
        drawn = draw_test(chapter.number, seed)
        asked = [one.maker for one in drawn]
        assert len(drawn) == len(set(asked)) == LENGTH
        assert len({maker.experiment for maker in asked}) >= len(chapter.entries) - 1
        kinds = Counter(type(one.question) for one in drawn)
        assert kinds[SentenceQuestion] == 1 and isinstance(drawn[-1].question, SentenceQuestion)
        assert kinds[NumberQuestion] >= 2
        seen |= set(asked)
    assert seen == set(makers)
    assert draw_test(chapter.number, 3) == draw_test(chapter.number, 3) != draw_test(chapter.number, 4)


@of_each_chapter
def test_a_chapter_is_summed_up_in_five_sentences_that_lead_where_they_were_seen(chapter):
    taught = summary_of(chapter.number)
    assert len(taught) == SENTENCES
    ids = [entry.id for entry in chapter.entries]
    places = [ids.index(one.experiment) for one in taught]
    assert places == sorted(places)
    for one in taught:
        said = one.words.render("zh_CN")
        assert (
            len(one.words.render("en").split()) <= 35 and said.endswith("。") and one.words.render("en").endswith(".")
        )
        if one.place is not None:
            run = one.place.run(load(one.experiment))
            assert run.params != load(one.experiment).params_type() or one.place.reach.to_end


def test_every_experiment_can_be_asked_about():
    missing = [entry.id for entry in entries() if not makers_of(entry.id)]
    assert not missing, f"engine/chapter_tests/questions has no module {', '.join(missing)}"
    assert makers_of("no_such_experiment") == ()


def test_a_boundary_is_one_straight_line_with_the_identity_alone():
    """ReLU is straight on either side of its corner, and bends nevertheless."""
    [maker] = [maker for maker in makers_of("playground") if maker.id == "kind_of_boundary"]
    for question in QUESTIONS[maker]:
        straight = question.options[question.right_option].render("en").startswith("One straight line")
        assert straight == ("the identity" in question.words.render("en"))
