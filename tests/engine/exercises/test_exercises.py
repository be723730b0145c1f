"""Every exercise: its blank asks, its reference and an answer as a learner writes it pass, and mistakes are known."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import numpy as np
import pytest

from engine.contract.catalogue import entries, load
from engine.contract.run import Run
from engine.contract.text import LANGUAGES
from engine.exercises import all_exercises, default_stage, exercises_of, experiment_of, load_exercise
from engine.exercises.checking import by_hand, check_source, check_written
from engine.exercises.exercise import Exercise, inputs_of
from engine.exercises.replacements import can_replace
from engine.exercises.sentences import sentence_of, step_words
from engine.exercises.verdict import FIRST_CHECK, STEP_OF, Failure, first_difference
from engine.own_network.stations import stations
from engine.pieces.edits import edited
from engine.pieces.mistakes import mistakes_of_page
from engine.playing import Player
from engine.sandbox.caller import Ended
from engine.sandbox.learner_code import Fault
from tests.offenders import for_each

_EXERCISES = all_exercises()
_WRITTEN = [one for one in _EXERCISES if not one.mends]
_WIDEST = 72
_PAGES = tuple(path.stem for path in Path("engine/pieces/mistakes").glob("[a-z]*.py") if path.stem != "mistake")


def _id(exercise: Exercise) -> str:
    return exercise.id


def _with_mistakes():
    return [(exercise, mistake) for exercise in _EXERCISES for mistake in exercise.mistakes]


@pytest.mark.parametrize("exercise", _EXERCISES, ids=_id)
def test_the_piece_passes_every_check_with_its_comments_and_without_them(exercise):
    stage = default_stage(exercise)
    for verdict in (
        check_written(exercise, exercise.reference, stage),
        check_source(exercise, exercise.plain_source, stage),
    ):
        assert verdict.is_right, sentence_of(verdict.failure, exercise).render("en")
        assert verdict.steps == FIRST_CHECK + len(exercise.checks) + 1 == len(step_words(exercise))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("exercise", _WRITTEN, ids=_id)
def test_the_blank_can_be_read_and_says_what_is_to_be_done(exercise, language):
    source = exercise.blank.render(language)
    verdict = check_source(exercise, source, default_stage(exercise))
    assert verdict.failure is not None and verdict.failure.kind == "nothing", verdict
    assert "return" in sentence_of(verdict.failure, exercise).render(language)
    assert max(map(len, source.splitlines())) <= _WIDEST
    assert exercise.name in source


@for_each(_with_mistakes(), lambda exercise, mistake: f"{exercise.id} {mistake.id}")
def test_a_known_mistake_fails_at_a_cell_and_gets_its_own_hint(exercise, mistake):
    verdict = check_source(exercise, edited(exercise.right_source, exercise.edits_of(mistake)), default_stage(exercise))
    if verdict.failure is None:
        return  # another exercise of the piece refuses it, as the test below holds
    assert verdict.failure.kind in ("value", "shape"), verdict
    assert verdict.failure.mistakes == ((mistake.id,),), verdict
    for language in LANGUAGES:
        said = sentence_of(verdict.failure, exercise).render(language)
        cell = exercise.cell_name(verdict.failure.quantity, verdict.failure.place)
        assert mistake.hint.render(language) in said and cell.render(language) in said


@for_each([(one,) for one in _EXERCISES], lambda exercise: exercise.id)
def test_a_quantity_is_called_by_a_letter_a_name_of_its_code_or_a_word_of_the_language(exercise):
    for check in exercise.checks:
        inputs = inputs_of(check, default_stage(exercise) if check.inputs is None else None)
        known = {*inputs, *re.findall(r"\w+", exercise.blank.render("zh_CN"))}
        for quantity, _ in exercise.use(exercise.reference, **inputs):
            name = exercise.name_of(quantity).render("zh_CN")
            assert set(re.findall(r"[A-Za-z_]{3,}", name)) <= known, name


def test_each_known_mistake_is_refused_by_an_exercise_or_a_station():
    known = {(page, name, one.id) for page in _PAGES for name, found in mistakes_of_page(page).items() for one in found}
    for exercise in _EXERCISES:
        page, stage = exercise.piece.address.partition(".")[0], default_stage(exercise)
        for mistake in exercise.mistakes:
            key = page, exercise.name, mistake.id
            if key in known:
                source = edited(exercise.right_source, exercise.edits_of(mistake))
                known -= {key} if not check_source(exercise, source, stage).is_right else set()
    of_stations = {mistake.id for station in stations() for mistake in station.mistakes}
    of_stations |= {mistake.id for station in stations("relu") for mistake in station.mistakes}
    assert not {key for key in known if f"{key[1]}.{key[2]}" not in of_stations}


def test_numbers_that_differ_late_are_told_with_as_many_digits_as_it_takes():
    exercise = _EXERCISES[0]
    for yours, expected, told in (
        (0.9, 0.90000021, "yours 0.9, expected 0.9000002"),
        (2.0, 0.5, "yours 2, expected 0.5"),
    ):
        failure = Failure("value", quantity="z", yours=yours, expected=expected)
        assert told in sentence_of(failure, exercise).render("en")


@for_each([(one,) for one in _EXERCISES], lambda exercise: exercise.id)
def test_the_number_asked_for_by_hand_is_one_that_the_inputs_give_and_the_words_name(exercise):
    asked = exercise.by_hand
    if asked is None:
        return
    number = by_hand(exercise)
    assert np.isfinite(number) and abs(number - round(number, 4)) < 1e-9, number
    for language in LANGUAGES:
        words = asked.words.render(language).replace("\N{MINUS SIGN}", "-")
        told = {abs(float(one)) for one in re.findall(r"\d+(?:\.\d+)?", words)}
        named = [name for name in asked.inputs() if name in words or name.upper() in words]
        assert named or told, words
        assert not re.search(r"[?？].*[?？]", words)


@for_each([(one,) for one in _EXERCISES], lambda exercise: exercise.id)
def test_words_hold_no_answer_and_every_part_is_there(exercise):
    source = exercise.plain_source
    lines = {line.strip() for line in source.splitlines() if re.search(r"return .*[-+*/@(]|[-+*/]=|= .*[-+*/@]", line)}
    lines -= {line for line in lines if re.fullmatch(r"\w+ = [\d.e-]+", line)}
    # What is there from the beginning is no answer: of a repair all lines but those that are mended.
    lines -= {line.strip() for line in exercise.blank.render("en").splitlines()}
    told = [exercise.heading, exercise.task, exercise.blank, *exercise.hints, *(one.hint for one in exercise.mistakes)]
    for text in told:
        for language in LANGUAGES:
            said = text.render(language)
            assert said.strip()
            assert not [line for line in lines if line in said], said
    assert len({one.id for one in exercise.mistakes}) == len(exercise.mistakes)
    assert all(one.hint is None or 0 <= one.hint < len(exercise.hints) for one in exercise.checks)
    assert exercise.works_in == () or can_replace(exercise.piece)
    assert set(exercise.works_in) <= {entry.id for entry in entries()}


@for_each([(one,) for one in _EXERCISES], lambda exercise: exercise.id)
def test_the_stage_shows_the_numbers_and_every_cell_can_be_lit(exercise):
    experiment = load(experiment_of(exercise))
    params = experiment.params_type().replaced(exercise.stage)
    check = dataclasses.replace(exercise.checks[0], inputs=None)
    if exercise.on_stage(params) is None:
        assert all(one.inputs is not None for one in exercise.checks)
        return
    for name, value in exercise.use(exercise.reference, **inputs_of(check, exercise.on_stage(params))):
        place = (0,) * np.ndim(value)
        params.replaced({**exercise.stage, **exercise.shown_at(name, place)})


_ON_THE_BENCH = [one for one in _EXERCISES if experiment_of(one) == "layers" and default_stage(one)]


@for_each([(one,) for one in _ON_THE_BENCH], lambda exercise: exercise.id)
def test_the_cell_that_is_lit_on_the_bench_holds_the_number_that_is_expected(exercise):
    experiment = load("layers")
    params = experiment.params_type().replaced(exercise.stage)
    stage = exercise.on_stage(params)
    frame = Player(experiment, Run("layers", params)).go()
    check = dataclasses.replace(exercise.checks[0], inputs=None)
    lit = 0
    for name, value in exercise.use(exercise.reference, **inputs_of(check, stage)):
        for place in np.ndindex(np.shape(value)):
            changes = exercise.shown_at(name, place)
            if "part" in changes and "selected" in changes:
                shown = frame.arrays[changes["part"]][tuple(changes["selected"])]
                assert shown == pytest.approx(np.asarray(value)[place]), (name, place)
                lit += 1
    assert lit


@pytest.mark.parametrize("exercise_id", ["output_size", "mend_output_size"])
def test_a_size_that_is_whole_but_no_int_is_told_to_be_none(exercise_id):
    exercise = load_exercise(exercise_id)
    places = "max(0, np.floor((n + 2 * p - f) / s) + 1)"
    source = "def output_size(n, f, p=0, s=1):\n    return "
    verdict = check_source(exercise, source + places, default_stage(exercise))
    assert verdict.failure is not None and verdict.steps == FIRST_CHECK + len(exercise.checks) - 1
    said = {
        "en": "OH = 3 is of the type float64. The side of an array has to be an int, or NumPy refuses it.",
        "ja": "OH = 3の型がfloat64です。配列の辺の長さがintでないと、NumPyは受け付けません。",
        "zh_CN": "OH = 3，类型却是 float64。数组的边长要是 int，不然 NumPy 会报错。",
    }
    for language in LANGUAGES:
        assert sentence_of(verdict.failure, exercise).render(language) == said[language]
    for whole in (f"int({places})", f"np.int64({places})"):
        assert check_source(exercise, source + whole, default_stage(exercise)).is_right


def test_ids_are_alone_and_every_folder_is_an_experiment_s():
    ids = [one.id for one in _EXERCISES]
    assert len(set(ids)) == len(ids)
    folders = {path.name for path in Path("engine/exercises").iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert folders == {entry.id for entry in entries() if exercises_of(entry.id)}


def test_an_infinite_number_is_near_to_itself_alone():
    assert first_difference([1.0, np.inf], [1.0, np.inf], 1e-6) is None
    assert first_difference([1.0, 2.0], [1.0, -np.inf], 1e-6) == (1,)


def test_where_a_number_is_wrong_its_cell_is_told_and_not_the_warning():
    exercise = load_exercise("softmax")
    unshifted = "def softmax(a):\n    e = np.exp(a)\n    return e / np.sum(e, axis=-1, keepdims=True)\n"
    failure = check_source(exercise, unshifted, default_stage(exercise)).failure
    assert failure is not None and (failure.kind, failure.mistakes) == ("value", (("unshifted",),)), failure


def test_a_row_is_called_and_only_where_the_numbers_make_one():
    """With those of NAND or OR the same lines answer otherwise, which under the name of AND looked wrong."""
    exercise = load_exercise("and_gate")
    rows = [
        (name, value)
        for check in exercise.checks
        for name, value in exercise.use(exercise.reference, **inputs_of(check, {"w": [0.5, 0.5], "b": -0.2}))
    ]
    named = [(name, value) for name, value in rows if name.startswith("AND")]
    assert 4 <= len(named) < len(rows)
    for name, value in named:
        x1, x2 = re.findall(r"\d", name)
        assert value == min(int(x1), int(x2))


def _spoilt_from(check: int, exercise: Exercise, spoil):
    """What passes the checks before, and of which ``spoil`` makes a fault from the check with this number on."""
    made = 0

    def written(*args, **named):
        return exercise.reference(*args, **named)

    def anew():
        nonlocal made
        made += 1
        return written

    def use(used, **inputs):
        for name, value in exercise.use(used, **inputs):
            yield name, spoil(value) if used is written and made >= check else value

    return dataclasses.replace(exercise, use=use), written, anew


def _raises(value):
    raise ValueError("operands could not be broadcast together with shapes (2,3) (2,)")


def _never_ends(value):
    raise Ended(Fault("endless", 3))


_FAULTS = {
    "raised": _raises,
    "endless": _never_ends,
    "nothing": lambda value: None,
    "shape": lambda value: np.zeros((*np.shape(value), 2)) if np.ndim(value) else value,
    "type": lambda value: "words",
}


@for_each([(one, kind) for one in _EXERCISES for kind in _FAULTS], lambda exercise, kind: f"{exercise.id}, {kind}")
def test_no_step_holds_against_which_the_sentence_speaks_in_whichever_check(exercise, kind):
    for check in range(len(exercise.checks)):
        spoilt, written, anew = _spoilt_from(check, exercise, _FAULTS[kind])
        verdict = check_written(spoilt, written, default_stage(exercise), anew)
        if verdict.failure is None or verdict.failure.kind != kind:
            continue  # as a number that has no shape to be wrong
        assert verdict.steps == STEP_OF[kind] < FIRST_CHECK, (check, verdict)
        found = verdict.failure.check or 0
        named = exercise.checks[found].words.render("en")
        assert found >= check and (named in sentence_of(verdict.failure, exercise).render("en")) == (found > 0)
        assert verdict.holds(verdict.steps) is False
        if found:
            # The sentence names a check: in the list it is the one that failed, behind those that were passed.
            made = [verdict.holds(FIRST_CHECK + one) for one in range(len(exercise.checks))]
            assert made == [True] * found + [False] + [None] * (len(made) - found - 1)


_INNER = "(2, 2) times (3, 2) does not fit: 2 and 3, the inner numbers, have to be equal."
_MISFITS = {
    "np.dot(x, self.W.T)": _INNER,
    "x @ self.W.T": _INNER,
    "np.matmul(x, self.W.T) + self.b": _INNER,
    "x @ np.transpose(self.W)": "This product does not fit: 2 columns on the left, 3 rows on the right.",
    "x * self.W": "(2, 2) and (2, 3) do not fit cell by cell: counted from the right, the sizes have to be equal, or "
    "one of them 1.",
}


@pytest.mark.parametrize("product", _MISFITS)
def test_shapes_that_do_not_fit_are_told_by_the_two_shapes(product):
    exercise = load_exercise("affine")
    lines = ["class Affine:", "    def __init__(self, W, b):", "        self.W, self.b = W, b"]
    source = "\n".join([*lines, "    def forward(self, x):", f"        return {product}"])
    stage = {"x": [[1, 2], [3, 4]], "W": [[1, 2, 3], [4, 5, 6]], "b": [0, 0, 0], "dout": [[1, 1, 1], [1, 1, 1]]}
    verdict = check_source(exercise, source, stage)
    assert verdict.failure is not None and verdict.failure.line == 5
    said = sentence_of(verdict.failure, exercise).render("en")
    assert said.startswith(f"Line 5: {_MISFITS[product]} What came in:")
    chinese = sentence_of(verdict.failure, exercise).render("zh_CN")
    assert "signature" not in chinese and "core dimension" not in chinese
