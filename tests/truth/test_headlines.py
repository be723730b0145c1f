"""What stands above a stage is so: each number is one that was computed, each verdict is computed again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest

from engine.contract.catalogue import load
from engine.contract.text import LANGUAGES, Text
from tests.shots import Shot, openings, shots
from tests.truth.cases import by_experiment
from tests.truth.derived import derived
from tests.truth.ends import moments_at_ends
from tests.truth.numbers import known_of, numbers_in
from tests.truth.verdicts import RULES, Moment, contradictions, load_rules, moment_of

load_rules()


def _texts(moment: Moment) -> Iterator[tuple[str, Text]]:
    """The headline, and the status where there is one."""
    yield "headline", moment.experiment.headline(moment.params, moment.frame)
    if moment.frame.status is not None:
        yield "status", moment.frame.status.text


def _moments(experiment_id: str, which: Callable[[str], tuple[Shot, ...]] = shots) -> Iterator[tuple[Shot, Moment]]:
    experiment = load(experiment_id)
    for shot in which(experiment_id):
        yield shot, moment_of(experiment, shot.params, shot.frame)


@by_experiment
def test_every_number_that_is_said_was_computed(experiment_id):
    wrong = []
    for shot, moment in _moments(experiment_id):
        more = derived(experiment_id, shot.params, shot.frame, moment.tables)
        known = known_of(moment.experiment, shot.params, shot.frame, more)
        for kind, text in _texts(moment):
            for language in LANGUAGES:
                said = text.render(language)
                wrong += [
                    f"{shot.name}, {kind}: {one.text} is no number of the frame, in {said!r}"
                    for one in numbers_in(said)
                    if not known.has(one)
                ]
    assert not wrong, "\n".join(wrong)


_AS_IN_CODE = {"differentiation": r"\de−\d+", "losses": r"(?<!\d)1e−7(?!\d)"}
"""The h of a difference and the guard of a logarithm, which a reader types, are written as in the book's code."""


@by_experiment
def test_huge_and_tiny_numbers_are_told_with_a_power_of_ten(experiment_id):
    wrong = []
    for shot, moment in (*_moments(experiment_id), *moments_at_ends(experiment_id)):
        name = getattr(shot, "name", shot)
        for kind, text in _texts(moment):
            for language in LANGUAGES:
                said = text.render(language)
                rest = re.sub(_AS_IN_CODE.get(experiment_id, r"\Z\A"), "", said)
                wrong += [f"{name}, {kind}: {said!r}"] if re.search(r"\de[-−+]?\d", rest) else []
    assert not wrong, "\n".join(wrong)


@by_experiment
def test_every_language_says_the_same_numbers(experiment_id):
    wrong = []
    for shot, moment in _moments(experiment_id):
        for kind, text in _texts(moment):
            english, *others = ({f"{one.value:.6g}" for one in numbers_in(text.render(x))} for x in LANGUAGES)
            # A small number is said in words in one language, and in digits in another.
            apart = {one for other in others for one in english ^ other if not _is_in_words(one, text)}
            if apart:
                wrong.append(f"{shot.name}, {kind}: {sorted(apart)} in one language only: {text.render('en')!r}")
    assert not wrong, "\n".join(wrong)


# Where English has an article or none, Japanese counts: 1枚, 1つも.
_WORDS = {"0": "zero", "1": "one|single|an?|none", "2": "two|both", "3": "three", "4": "four|of 4", "10": "ten"}


def _is_in_words(number: str, text: Text) -> bool:
    return number in _WORDS and bool(re.search(rf"\b({_WORDS[number]})\b", text.render("en"), re.IGNORECASE))


@by_experiment
def test_every_verdict_of_an_opening_is_computed_again(experiment_id):
    wrong = _wrong_verdicts(experiment_id, openings)
    assert not wrong, "\n".join(wrong)


@by_experiment
def test_every_verdict_and_every_name_with_a_number_is_computed_again(experiment_id):
    wrong = _wrong_verdicts(experiment_id, shots)
    assert not wrong, "\n".join(wrong)


def _wrong_verdicts(experiment_id: str, which: Callable[[str], tuple[Shot, ...]]) -> list[str]:
    wrong = []
    for shot, moment in _moments(experiment_id, which):
        for kind, text in _texts(moment):
            said = text.render("en")
            spoke, found = contradictions(moment, said)
            wrong += [f"{shot.name}: {one}, in {said!r}" for one in found]
            if kind == "headline" and not spoke:
                wrong.append(f"{shot.name}: no rule of tests/truth/verdicts… speaks of {said!r}")
    return wrong


@by_experiment
def test_every_rule_speaks_of_some_moment(experiment_id):
    """A pattern that no sentence has any more would let everything pass."""
    moments = [moment for _, moment in (*_moments(experiment_id), *moments_at_ends(experiment_id))]
    said = [text.render("en") for moment in moments for _, text in _texts(moment)]
    silent = [pattern.pattern for pattern, _ in RULES[experiment_id] if not any(map(pattern.search, said))]
    assert not silent, silent


@pytest.mark.parametrize(
    ("sentence", "numbers"),
    [
        ("(−0.5, 2) at h = 1e−4", [-0.5, 2, 1e-4]),
        ("1,283 of 10⁻⁷ and 4.8×10⁻¹¹", [1283, 1e-7, 4.8e-11]),
        ("99.8% of x1, w′2 and float32 at 01", [0.998]),
        ("Z[1,0] = −3, 9822 张", [1, 0, -3, 9822]),
        ("第3層のx1は0.5で、正解率は98%、勾配は10⁻⁷です", [3, 0.5, 0.98, 1e-7]),
    ],
)
def test_numbers_are_read_as_people_wrote_them(sentence, numbers):
    assert [one.value for one in numbers_in(sentence)] == pytest.approx(numbers)


def test_a_number_that_is_rounded_otherwise_is_not_the_one():
    (written,) = numbers_in("0.36")
    assert written.fits(0.3649) and not written.fits(0.3651) and not written.fits(-0.36)
