"""Guides that ask first: every question has one right answer and is not given away, every goal can be reached."""

from __future__ import annotations

import dataclasses
import re
from numbers import Number

import numpy as np
import pytest

from engine.contract.catalogue import entries, load
from engine.contract.frame import spelled
from engine.contract.params import field_of, fields_of
from engine.contract.run import Run
from engine.contract.text import LANGUAGES, Refused
from engine.guides.goal import parse_goal
from engine.guides.guide import load_guide, parse_guide
from engine.guides.proving import attempting, attempts_of, faults_of_answers
from engine.guides.tries import AskedNumber, check_try
from engine.playing import Player
from tests.engine.guides.test_guide import GOOD, seeds_of
from tests.offenders import for_each
from tests.shots import shots, verdicts
from tests.truth.numbers import UNSPACED
from tests.walk import EXPERIMENT_IDS, runs_whole

EVERY_GUIDE = [(entry.id, language) for entry in entries() for language in LANGUAGES]
ASKING = [one for one in EVERY_GUIDE if load_guide(*one).goals]
FEWEST_QUESTIONS, FEWEST_NEAR = 3, 3
VARIED = [
    (*guide, number, variant)
    for guide in EVERY_GUIDE
    for number, asked in enumerate(load_guide(*guide).tries, 1)
    for variant in range(1, len(asked.variants) + 1)
]
_NUMBER = r"[\u2212-]?\d+(?:\.\d+)?"
_SIGN = rf"[^\W{UNSPACED}]"
"""A letter or digit of a name."""

_TARGET = (
    "goal:b,w1,w2@end#correct=4&smallest_distance>=0.35;reference=w1:1,w2:1,b:-1.5;near=w1:1,w2:1,b:-1.2;near=b:-0.7"
)
GOAL = f"""## Goal
- [All right, and no point nearer than 0.35]({_TARGET})
  It is the widest gap there is.
  - Which points are nearest?
  - Make them equally near.

## See
"""
ASKED = """- [c](try:) How many?
  - [=?](claim:correct "Points right")
  - after: Because
    of that.
  - variants: b=-0.7 | b=-0.2&w1=1
"""


def _guide(text):
    return parse_guide(text, "some", "en")


# The form


def test_a_goal_is_read_with_its_hints():
    (goal,) = _guide(GOOD.replace("## See\n", GOAL)).goals
    assert (goal.words, goal.why) == ("All right, and no point nearer than 0.35", "It is the widest gap there is.")
    assert goal.hints == ("Which points are nearest?", "Make them equally near.")
    assert goal.names == ("b", "w1", "w2") and goal.reach.to_end
    assert [str(claim) for claim in goal.claims] == ["correct=4", "smallest_distance>=0.35"]
    assert goal.reference == {"w1": "1", "w2": "1", "b": "-1.5"} and goal.near[1] == {"b": "-0.7"}


def test_a_number_is_asked_for_and_explained_and_asked_again_with_others():
    *_, asked = _guide(GOOD.replace('- [c](try:)\n  - [=](claim:correct=2 "Points right")\n', ASKED)).tries
    assert asked.asks and asked.number == AskedNumber("correct", "Points right")
    assert asked.after == "Because of that."
    assert asked.variants == ({"b": "-0.7"}, {"b": "-0.2", "w1": "1"})
    assert asked.returns


def test_what_is_marked_more_is_not_of_the_path():
    guide = _guide(GOOD.replace('- [c](try:)\n  - [=](claim:correct=2 "Points right")\n', f"{ASKED}  - more\n"))
    assert guide.tries[-1].more and guide.tries[-1].returns and guide.path == guide.tries[:-1]


def test_what_can_only_be_guessed_is_not_asked_again_nor_for_a_reason():
    written = re.sub("  - variants: .*", "  - guess", ASKED)
    *_, asked = _guide(GOOD.replace('- [c](try:)\n  - [=](claim:correct=2 "Points right")\n', written)).tries
    assert asked.asks and asked.guess and not asked.returns


def test_a_question_marked_here_does_not_return():
    written = re.sub("  - variants: .*", "  - here", ASKED)
    *_, asked = _guide(GOOD.replace('- [c](try:)\n  - [=](claim:correct=2 "Points right")\n', written)).tries
    assert asked.asks and asked.here and not asked.returns


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("(goal:b,w1,w2@end", "(goal:", "not a goal"),
        (";reference=w1:1,w2:1,b:-1.5", "", "not a goal"),
        ("reference=w1:1", "reference=w1=1", "not a goal"),
        ("#correct=4&", "#correct&", "not a claim"),
        ("(goal:b", "(try:b", "begin with a link"),
        ("- [All", "- x [All", "begin with a link"),
    ],
)
def test_a_damaged_goal_is_refused(before, after, reason):
    assert before in GOAL
    with pytest.raises(Refused, match=reason):
        _guide(GOOD.replace("## See\n", GOAL.replace(before, after)))


REASONS = """- [c](try:) What then?
  - [4](claim:correct=4 "Points right") So it is.
  - because: Only the ratio counts
  - because: [By chance](try:b=-0.2#correct=3) With another
    b it is not.
  - because: [The line is long](try:b=-0.7#correct=4) It always is.
  - [3](claim:correct=3 "Points right")
"""


def test_reasons_are_read_with_the_runs_that_speak_against_them():
    *_, asked = _guide(GOOD.replace('- [c](try:)\n  - [=](claim:correct=2 "Points right")\n', REASONS)).tries
    assert [one.words for one in asked.reasons] == ["Only the ratio counts", "By chance", "The line is long"]
    assert [one.is_right for one in asked.reasons] == [True, False, False]
    assert asked.reasons[1].why == "With another b it is not." and asked.reasons[1].refuted.changes == {"b": "-0.2"}
    assert len(asked.answers) == 2 and asked.explained == 0 and not asked.variants


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("Only the ratio counts", "[Only the ratio](try:b=-0.7#correct=4) counts", "reasons, one without"),
        ("  - because: Only the ratio counts\n", "", "3 reasons"),
        ("[By chance](try:b=-0.2#correct=3)", "By chance", "reasons, one without"),
        ("#correct=3", "", "no claim speaks against"),
        ("- [c](try:) What then?\n", "- [c](try:) What then?\n  - because: None\n", "behind the right one"),
    ],
)  # fmt: skip
def test_damaged_reasons_are_refused(before, after, reason):
    assert before in REASONS
    with pytest.raises(Refused, match=reason):
        written = REASONS.replace(before, after)
        _guide(GOOD.replace('- [c](try:)\n  - [=](claim:correct=2 "Points right")\n', written))


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        (' "Points right")', ")", "has no label"),
        ("- variants: b=-0.7", "- variants: b", "not a try"),
        ("  - variants", "  - heer\n  - variants", "“heer” is none of them"),
        ("  - variants", "  - here: yes\n  - variants", "“here:” is none of them"),
        ("  - variants", "  - here\n  - variants", "marked here"),
        ("  - variants", "  - guess\n  - variants", "marked as a guess"),
        ("  - variants", "  - slip: 2*answer Twice.\n  - variants", "no slip"),
        ('[=?](claim:correct "Points right")\n', '[=](claim:correct=4 "P")\n  - slip: `2` No.\n', "asks for no number"),
        ('[=?](claim:correct "Points right")\n', '[=](claim:correct=4 "Points right")\n  - here\n', "marked here"),
        ("  - after", '  - [=?](claim:update "Updates")\n  - after', "more than one thing"),
        ("  - after", "  - [4](claim:correct=4)\n  - [3](claim:correct=3)\n  - after", "more than one thing"),
    ],
)
def test_a_damaged_question_is_refused(before, after, reason):
    assert before in ASKED
    with pytest.raises(Refused, match=reason):
        _guide(GOOD.replace('- [c](try:)\n  - [=](claim:correct=2 "Points right")\n', ASKED.replace(before, after)))


@pytest.mark.parametrize(
    ("given", "value", "right"),
    [(4, 4, True), (4.0, 4, True), (3.9, 4, False), (2.03, 2.0, True), (2.06, 2.0, False), (-0.5, 0.5, False),
     (0.0, 0.0, True), (0.01, 0.0, False), (1.0, float("nan"), False), (1.0, float("inf"), False), (1.0, None, False)],
)  # fmt: skip
def test_whole_numbers_are_asked_exactly_others_nearly(given, value, right):
    assert AskedNumber.is_right(given, value) is right
    if isinstance(value, Number):
        # What an array holds is no number of Python's, and the verdict goes into a file.
        assert AskedNumber.is_right(given, np.array([value])[0]) is right


def test_the_words_of_a_question_show_the_values_of_its_variant():
    first = parse_guide(GOOD, "gates", "en").tries[0]
    asked = dataclasses.replace(first, words="b = {b}", text="{w1} stays, {what} too.", variants=({"b": "2"},))
    assert asked.varied(load("gates"), "en").words == "b = 1"
    varied = asked.varied(load("gates"), "en", 0)
    assert (varied.words, varied.text, varied.changes) == ("b = 2", "0.5 stays, {what} too.", {"b": "2"})


def test_what_named_parameters_bring_with_them_counts_for_a_goal():
    layers, goal = load("layers"), load_guide("layers", "en").goals[0]
    params = layers.params_type().replaced({"layer": "affine_4d"})
    assert params.w != layers.params_type().w
    assert goal.standing(layers, params, Player(layers, Run("layers", params)).go(0)).others == ()


@pytest.mark.parametrize("experiment_id", sorted({one for one, _ in ASKING}))
def test_the_picture_of_a_goal_has_what_reaches_it(experiment_id):
    experiment = load(experiment_id)
    for goal in load_guide(experiment_id, "en").goals:
        start = goal.start(experiment)
        shown = start.with_texts(goal.reference).replaced(goal.picture(experiment, start))
        for name in goal.reference:
            visible = field_of(type(shown), name).visible
            is_there = visible is None or visible.field != "view" or visible.holds(shown)
            assert is_there, f"{name} is not in this view"


def test_only_named_parameters_count_for_a_goal():
    gates = load("gates")
    goal = parse_goal("goal:b#correct=4;reference=b:-0.7")
    reached = Player(gates, goal.run(gates, {"b": "-0.7"}))
    assert goal.standing(gates, reached.params, reached.go(0)).reached
    other = Player(gates, goal.run(gates, {"b": "-0.7", "w1": "0.6"}))
    standing = goal.standing(gates, other.params, other.go(0))
    assert (standing.reached, standing.others) == (False, ("w1",))
    looked = Player(gates, goal.run(gates, {"b": "-0.7", "selected": "11"}))
    assert goal.standing(gates, looked.params, looked.go(0)).reached


@pytest.mark.parametrize("value", [None, float("nan")])
@pytest.mark.parametrize("claims", ["correct=4&smallest_distance>=0.35", "smallest_distance>=0.35&correct=4"])
def test_a_value_that_is_missing_is_neither_reached_nor_wrong(value, claims):
    gates = load("gates")
    goal = parse_goal(f"goal:b#{claims};reference=b:-0.7")
    player = Player(gates, goal.run(gates, {"b": "-0.7"}))
    frame = dataclasses.replace(player.go(0), smallest_distance=value)
    standing = goal.standing(gates, player.params, frame)
    assert not standing.reached
    assert (standing.value is None) == claims.startswith("correct")


# Every guide


@pytest.mark.parametrize("experiment", runs_whole())
def test_every_question_has_exactly_one_right_answer_with_other_numbers_too(experiment, request):
    """Of one language: that the others have the same claims and variants is a law of its own."""
    whole = request.config.getoption("--whole")
    for asked in load_guide(experiment, LANGUAGES[0]).tries:
        for variant in range(len(asked.variants)):
            varied = asked.varied(load(experiment), LANGUAGES[0], variant)
            for seed in seeds_of(load(experiment), asked.seed, whole):
                verdict = check_try(load(experiment), varied, seed=seed)
                assert not faults_of_answers(varied, verdict), f"{asked.target}, variant {varied.changes}"


@for_each([entry.id for entry in entries()])
def test_every_variant_changes_something_and_is_a_question_of_its_own(experiment):
    for asked in load_guide(experiment, "en").tries:
        assert not _idle_variants(load(experiment), asked), f"{asked.words}: as at the start, or asked already"


def test_a_variant_that_repeats_the_defaults_or_the_question_is_found():
    gates = load("gates")
    same, again = {"b": str(gates.params_type().b)}, {"b": "-0.20"}
    asked = dataclasses.replace(parse_guide(GOOD, "gates", "en").tries[0], changes={"b": "-0.2"})
    varied = dataclasses.replace(asked, variants=({"b": "-0.9"}, same, again))
    assert _idle_variants(gates, varied) == [same, again]


def _idle_variants(experiment, asked):
    """The variants whose parameters are the defaults, or those of the question or of a variant before."""
    defaults = experiment.params_type()
    seen, idle = [defaults, defaults.with_texts({**asked.start, **asked.changes})], []
    for changes in asked.variants:
        params = defaults.with_texts({**asked.start, **changes})
        (idle if params in seen else seen).append(changes if params in seen else params)
    return idle


@for_each(VARIED, lambda *of: "{} {}, try {}, variant {}".format(*of))
def test_a_question_with_other_numbers_is_true_in_its_own_words(experiment, language, number, variant):
    """What a variant changes is named in the words, and stands nowhere in them as it was."""
    asked = load_guide(experiment, language).tries[number - 1]
    changed = _changed(load(experiment), asked, variant - 1)
    unnamed = [name for name in changed if f"{{{name}}}" not in asked.words + asked.text]
    assert not unnamed, f"“{asked.words}” does not name {', '.join(unnamed)}"
    said = _said(asked)
    fields = fields_of(load(experiment).params_type)
    for name, (own, other) in changed.items():
        was, now = (fields[name].spell(value).render(language) for value in (own, other))
        stale = [words for words in said if _says_number(words, was, now)]
        # What is called by its name may be told of for all variants, but not in what the question is called.
        stale += [asked.words] if not _numbers(was) and was in asked.words else []
        assert not stale, f"{name} is no longer {was} but {now}: {stale}"


@pytest.mark.parametrize(
    ("words", "was", "now", "says"),
    [
        ("A grid of 9", "9", "25", True),
        ("A grid of {trials}, X[9,0], 0.9 and x9", "9", "25", False),
        ("The number in the middle is 5", "(0 5 0)", "(0 9 0)", True),
        ("A sum of 0", "(0 5 0)", "(1 9 1)", False),
        ("It lies at \N{MINUS SIGN}2.", "\N{MINUS SIGN}2", "3", True),
        ("It lies at 2.", "\N{MINUS SIGN}2", "3", False),
        ("真ん中の数は5です。", "(0 5 0)", "(0 9 0)", True),
    ],
)
def test_a_value_is_found_in_words_where_it_stands_by_itself(words, was, now, says):
    assert _says_number(words, was, now) is says


def _changed(experiment, asked, variant):
    """What a variant changes: the value in the question and in the variant, by name. What only fits itself to that,
    as a matrix does to a new size, is left out.
    """
    defaults = experiment.params_type()
    own, other = (defaults.with_texts({**asked.start, **to}) for to in (asked.changes, asked.variants[variant]))
    written = {**asked.changes, **asked.variants[variant]}
    values = {name: (getattr(own, name), getattr(other, name)) for name in written}
    return {name: pair for name, pair in values.items() if pair[0] != pair[1]}


def _said(asked):
    """All words of a question."""
    said = [asked.words, asked.text, asked.after, *(words for one in asked.answers for words in (one.words, one.why))]
    return [*said, *(slip.why for slip in asked.number.slips)] if asked.number is not None else said


def _says_number(words, was, now):
    """Whether a number that only the value as it was has stands in the words, and not in a name such as X[9,0] or x9.

    0 and 1 stand everywhere, as in "mean 0".
    """
    alone = re.findall(rf"(?<!{_SIGN})(?<![.\[,]){_NUMBER}(?!{_SIGN})", words)
    return bool((_numbers(was) - _numbers(now) - {"0", "1"}) & set(alone))


@for_each(EVERY_GUIDE, lambda *guide: " ".join(guide))
def test_no_name_is_left_in_the_words_of_a_question(experiment, language):
    for asked in load_guide(experiment, language).tries:
        for variant in (None, *range(len(asked.variants))):
            varied = asked.varied(load(experiment), language, variant)
            said = _said(varied)
            assert not any("{" in words for words in said), said


@for_each(ASKING, lambda *guide: " ".join(guide))
def test_a_guide_that_asks_asks_often_enough_and_leads_to_a_goal(experiment, language):
    guide = load_guide(experiment, language)
    assert guide.path[0].asks, "the first thing in a guide is a question"
    assert len(guide.path) in (4, 5), "four or five are the first pass"
    assert sum(asked.asks for asked in guide.tries) >= FEWEST_QUESTIONS
    assert any(asked.variants for asked in guide.tries), "nothing can be asked again with other numbers"
    assert all(goal.hints and goal.why for goal in guide.goals)


@pytest.mark.parametrize(("experiment", "language"), ASKING)
def test_no_answer_stands_in_what_was_read_before(experiment, language):
    guide = load_guide(experiment, language)
    read = " ".join(span.text for block in (*guide.lead, *guide.question, *guide.see) for span in block.spans)
    # What is not of the path stands below it.
    for asked, verdict in sorted(verdicts(experiment, language), key=lambda one: one[0].more):
        read += f" {asked.words} {asked.text}"
        if asked.number is not None:
            told = {spelled(verdict.number, {}).render(language)}
        elif asked.answers:
            told = _numbers(asked.answers[verdict.right_answer].words)
        else:
            continue
        # A digit alone stands everywhere.
        given_away = {number for number in told if len(number) > 1 and number in _numbers(read)}
        assert not given_away, f"{asked.words}: {given_away} can be read above it"


@for_each([guide for guide in ASKING if guide[1] != "en"])
def test_every_language_has_the_same_goals_and_asks_the_same(experiment, language):
    english, translated = load_guide(experiment, "en"), load_guide(experiment, language)
    assert [goal.target for goal in english.goals] == [goal.target for goal in translated.goals]
    assert [len(goal.hints) for goal in english.goals] == [len(goal.hints) for goal in translated.goals]
    for one, other in zip(english.tries, translated.tries, strict=True):
        assert (one.variants, bool(one.after), one.number and one.number.field, one.more, one.guess) == (
            other.variants, bool(other.after), other.number and other.number.field, other.more, other.guess
        )  # fmt: skip


@pytest.mark.parametrize(("experiment", "language"), EVERY_GUIDE)
def test_every_wrong_answer_is_told_why_and_the_question_what_is_right(experiment, language):
    for asked, verdict in verdicts(experiment, language):
        reasons = [answer.why for answer in asked.answers]
        wrong = [why for index, why in enumerate(reasons) if index != verdict.right_answer]
        assert all(wrong) and len(set(wrong)) == len(wrong), f"{asked.words}: {reasons}"
        assert asked.explained == (verdict.right_answer if asked.reasons else None), asked.words
        assert not asked.answers or asked.after or reasons[verdict.right_answer], asked.words


@for_each(EVERY_GUIDE, lambda *guide: " ".join(guide))
def test_it_is_said_in_one_sentence_what_is_asked_about(experiment, language):
    said = ["".join(span.text for span in block.spans) for block in load_guide(experiment, language).lead]
    assert len(said) == 1 and len(re.findall(r"[.!?。！？]", said[0])) == 1, said


@for_each(ASKING, lambda *guide: " ".join(guide))
def test_each_of_several_quantities_of_a_goal_has_a_name(experiment, language):
    for goal in load_guide(experiment, language).goals:
        labels = [claim.label for claim in goal.claims]
        assert len(labels) == 1 or (all(labels) and len(set(labels)) == len(labels)), f"{goal.words}: {labels}"


@pytest.mark.parametrize("experiment", runs_whole(sorted({experiment for experiment, _ in ASKING})))
def test_a_goal_is_not_reached_at_the_start_nor_nearly_but_by_its_reference(experiment, request):
    loaded, whole = load(experiment), request.config.getoption("--whole")
    for goal in load_guide(experiment, LANGUAGES[0]).goals:
        assert set(goal.names) <= set(fields_of(loaded.params_type))
        assert len(goal.near) >= FEWEST_NEAR, goal.words
        for seed in seeds_of(loaded, goal.seed, whole):
            for changes, reaches in attempts_of(goal):
                assert set(changes) <= set(goal.names)
                reached, standing = _attempted(loaded, goal, changes, seed)
                assert reached == reaches, f"{goal.words}: {changes}, seed {seed}"
                assert standing.value is None or all(standing.value.render(language) for language in LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("experiment", EXPERIMENT_IDS)
def test_a_goal_that_is_promised_with_one_seed_says_with_which(experiment, language):
    """The others are held against five: see above."""
    for goal in load_guide(experiment, language).goals:
        if goal.seed is not None and load(experiment).uses_seed:
            said = {"en": "seed {}", "zh_CN": "种子 {}", "ja": "シード{}"}[language]
            assert said.format(goal.seed) in goal.words, goal.words


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("experiment", [one for one in EXPERIMENT_IDS if load(one).uses_seed])
def test_the_numbers_of_the_last_hint_are_those_of_a_reference_that_holds_for_these_seeds(experiment, language):
    """That the reference reaches the goal by five seeds, or by the one that is told, is the law above."""
    for goal in load_guide(experiment, language).goals:
        told = [
            float(number.replace("−", "-"))
            for number in re.findall(r"(?<![A-Za-z\d.])(?<!layer )[−-]?\d+(?:\.\d+)?", goal.hints[-1])
        ]
        reference = _numbers_in(" ".join(goal.reference.values()))
        # The ends of a range on a scale of powers of ten are told as numbers.
        meant = [
            *reference,
            *(10**one for one in reference if abs(one) < 9),
            *_numbers_in(goal.target.partition("#")[0]),
        ]
        meant += [goal.seed or 0, *_numbers_in(str(goal.run(load(experiment), {}, 0).params))]
        if (
            told
            and re.search("between|之间|到|の間|から", goal.hints[-1])
            and any(min(told) <= one <= max(told) for one in reference)
        ):
            continue
        for number in told:
            assert any(abs(number - one) <= 0.1 * abs(one) for one in meant), f"{goal.hints[-1]}: {number}, {meant}"


def _numbers_in(text):
    return [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", text)]


@pytest.mark.parametrize("experiment", EXPERIMENT_IDS)
def test_neither_a_try_nor_a_preset_reaches_a_goal(experiment):
    loaded = load(experiment)
    for goal in load_guide(experiment, LANGUAGES[0]).goals:
        for shot in shots(experiment):
            assert not goal.standing(loaded, shot.params, shot.frame).reached, f"{goal.words}: {shot.name} reaches it"


@pytest.mark.parametrize("experiment", EXPERIMENT_IDS)
def test_what_is_said_against_a_reason_is_computed(experiment):
    for asked in load_guide(experiment, LANGUAGES[0]).tries:
        for reason in asked.reasons:
            if reason.refuted is not None:
                verdict = check_try(load(experiment), reason.refuted)
                found = [one.text.render(LANGUAGES[0]) for one in verdict.findings]
                assert verdict.holds, f"“{reason.words}” stands: {found}"
                assert reason.why, reason.words


def _attempted(experiment, goal, changes, seed):
    working = attempting(experiment, goal, changes, seed)
    while True:
        try:
            next(working)
        except StopIteration as stop:
            reached, frame = stop.value
            return reached, goal.standing(experiment, goal.run(experiment, changes, seed).params, frame)


def _numbers(text):
    return set(re.findall(_NUMBER, text))


@pytest.mark.parametrize(
    ("experiment_id", "changes", "told"),
    [
        ("activations", {"view": "stack", "gain": "0.1"}, ("Slope of all five layers", "0.235 below 0.235")),
        ("layers", {"layer": "softmax_loss"}, ("Largest size in dX", "0.31 above 0.01")),
        ("cnn", {}, ("Parameters", "393,890 above 40,000")),
        ("cnn", {"filters": "4", "hidden": "6"}, ("Test accuracy", "50 points below 60.0%")),
        ("convolution", {"height": "7", "width": "7"}, ("Rows of the output", "1 above 4")),
        ("hyperparameters", {}, ("Trials", "91 above 9")),
        ("filters", {}, ("Falling edge", None)),
        ("feature_maps", {}, ("Largest number of map 20", "0.35 below 2.6")),
    ],
)
def test_a_goal_tells_the_first_claim_that_fails_of_those_its_words_are_about_with_its_distance(
    experiment_id, changes, told
):
    experiment, goal = load(experiment_id), load_guide(experiment_id, "en").goals[0]
    player = Player(experiment, goal.run(experiment, changes))
    standing = goal.standing(experiment, player.params, player.go(0))
    assert (standing.label, standing.distance and standing.distance.render("en")) == told


@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
def test_a_goal_tells_the_same_claim_in_every_language(experiment_id):
    experiment = load(experiment_id)
    for goals in zip(*(load_guide(experiment_id, language).goals for language in LANGUAGES), strict=True):
        for changes in ({}, goals[0].reference, *goals[0].near):
            player = Player(experiment, goals[0].run(experiment, changes))
            frame = player.go(0)
            told = [goal.standing(experiment, player.params, frame) for goal in goals]
            labels = [[claim.label for claim in goal.claims] for goal in goals]
            places = {named.index(one.label) for named, one in zip(labels, told, strict=True)}
            assert len(places) == 1, f"{changes}: {[one.label for one in told]}"
