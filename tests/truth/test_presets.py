"""What a preset is called it sets: numbers and names in its label are among the values that it changes."""

from __future__ import annotations

import re

from engine.calculus.surfaces import SURFACES
from engine.contract.catalogue import load
from engine.contract.params import fields_of
from engine.contract.text import LANGUAGES
from tests.shots import openings
from tests.truth.cases import by_experiment
from tests.truth.numbers import UNSPACED, numbers_in
from tests.truth.verdicts import Moment, moment_of


def _std_of_chosen(m: Moment) -> float:
    row, column = m.params.selected
    return m.column("spreads", "std")[4 * row + column]


def _factors(m: Moment) -> list[float]:
    """How many times its default each rate is that the preset sets."""
    defaults = type(m.params)()
    rates = [name for name in fields_of(type(m.params)) if name.endswith("_rate")]
    changed = [name for name in rates if getattr(m.params, name) != getattr(defaults, name)]
    return [getattr(m.params, name) / getattr(defaults, name) for name in changed]


_OF_WHAT_COMES_OUT = {
    ("xor", "near-miss"): lambda m: [sum(m.column("truth_table", "right")), 4],
    ("softmax", "book-overflow"): lambda m: [one + m.params.offset for one in m.params.scores],
    ("initialization", "grid"): lambda m: [len(m.rows("combinations"))],
    ("batch_norm", "large"): lambda m: [_std_of_chosen(m)],
    ("batch_norm", "tiny"): lambda m: [_std_of_chosen(m)],
    ("losses", "moved"): lambda m: [max(range(10), key=m.params.y.__getitem__), max(m.params.y)],
    ("losses", "no-probabilities"): lambda m: [1.0] * (sum(m.params.y) > 1),
    ("digits", "plain-3"): lambda m: [m.frame.answer],
    ("overfitting", "data"): lambda m: [int(m.params.samples) / int(type(m.params)().samples)],
    ("gradient_field", "hollows"): lambda m: [len(SURFACES[m.params.function].minima)],
    ("descent", "himmelblau_1"): lambda m: [1] * bool(m.frame.x[0] > 0 < m.frame.x[1]),
    ("descent", "himmelblau_2"): lambda m: [2] * bool(m.frame.x[0] < 0 < m.frame.x[1]),
    ("descent", "himmelblau_3"): lambda m: [3] * bool(m.frame.x[0] < 0 > m.frame.x[1]),
    ("descent", "himmelblau_4"): lambda m: [4] * bool(m.frame.x[0] > 0 > m.frame.x[1]),
    ("gradient_check", "corner"): lambda m: [0] * m.params.zero_sample,
    **{("optimizer_race", name): lambda m: _factors(m) for name in ("smaller", "larger")},
}
"""Labels that say what comes of their values: the numbers again, from what the preset opens with."""

_OF_A_PICTURE = {
    ("digits", "open-4"): 4,
    ("digits", "closed-4"): 4,
    ("convolution", "digit"): 7,
}
"""Labels that say what is drawn, which no value does."""

_TOGETHER = {"both"}
"""Options that take in the others, so that a label may name one of those."""
_WORD = rf"[^\W{UNSPACED}]"
_RATES = ("rate", "学习率", "学習率")


@by_experiment
def test_a_preset_sets_the_numbers_that_it_is_called_by(experiment_id):
    experiment, wrong = load(experiment_id), []
    shown = {shot.preset: moment_of(experiment, shot.params, shot.frame) for shot in openings(experiment_id)}
    for preset in experiment.presets:
        key = (experiment_id, preset.id)
        allowed = [number for value in preset.changes.values() for number in _numbers(value)]
        if not preset.changes:  # the defaults by another name
            allowed = [
                n for name in fields_of(experiment.params_type) for n in _numbers(getattr(shown[""].params, name))
            ]
        if key in _OF_WHAT_COMES_OUT:
            allowed = _OF_WHAT_COMES_OUT[key](shown[preset.id])
        if key in _OF_A_PICTURE:
            allowed = [_OF_A_PICTURE[key]]
        for language in LANGUAGES:
            label = preset.label.render(language)
            wrong += [
                f"{preset.id}: {one.text} of {label!r} is not among {dict(preset.changes)}"
                for one in numbers_in(label)
                if not any(one.fits(value) for value in allowed)
            ]
    assert not wrong, "\n".join(wrong)


@by_experiment
def test_a_number_that_a_preset_gives_to_a_parameter_is_that_parameter_s(experiment_id):
    """As in "b = −0.9" and "rate 0.95": not any value, but the one of that name."""
    experiment, wrong = load(experiment_id), []
    for preset in experiment.presets:
        params = experiment.params_type().replaced(preset.changes)
        for language in LANGUAGES:
            label = preset.label.render(language)
            for name, told in re.findall(rf"({_WORD}+) = ([−\d.]+)", label):
                if hasattr(params, name) and not numbers_in(told)[0].fits(float(getattr(params, name))):
                    wrong.append(f"{preset.id}: {label!r}, but {name} is {getattr(params, name)}")
            for told in re.findall(rf"(?:{'|'.join(_RATES)}) ?([\d.]+)", label):
                rates = [value for name, value in preset.changes.items() if name.endswith("rate")]
                if not any(numbers_in(told)[0].fits(rate) for rate in rates):
                    wrong.append(f"{preset.id}: {label!r}, but the rates are {rates}")
            for told in re.findall(r"× ([\d.]+)$", label):
                defaults = experiment.params_type()
                factors = {round(value / getattr(defaults, name), 9) for name, value in preset.changes.items()}
                if factors != {float(told)}:
                    wrong.append(f"{preset.id}: {label!r}, but the values are {factors} times the defaults")
    assert not wrong, "\n".join(wrong)


@by_experiment
def test_a_preset_that_is_called_by_an_option_chooses_it(experiment_id):
    """Where a label names an option of a choice, the preset has that option and no other of the same field."""
    experiment, wrong = load(experiment_id), []
    for preset in experiment.presets:
        params = experiment.params_type().replaced(preset.changes)
        for name in preset.changes:
            field = fields_of(experiment.params_type)[name]
            if field.kind != "choice":
                continue
            for language in LANGUAGES:
                label = preset.label.render(language)
                labels = {one.value: one.label.render(language) for one in field.options}
                named = {value for value, words in labels.items() if _says(label, words)}
                if named and getattr(params, name) not in named | _TOGETHER:
                    wrong.append(f"{preset.id}: {label!r} names {named}, but {name} is {getattr(params, name)!r}")
    assert not wrong, "\n".join(wrong)


def _numbers(value: object) -> list[float]:
    """The numbers of a value, and of a list how long it is."""
    if isinstance(value, bool):
        return []
    if isinstance(value, int | float):
        return [float(value)]
    if isinstance(value, str):
        return [one.value for one in numbers_in(value)]
    if isinstance(value, tuple | list):
        return [float(len(value)), *(number for part in value for number in _numbers(part))]
    return []


def _says(label: str, option: str) -> bool:
    return bool(re.search(rf"(?<!{_WORD}){re.escape(option)}(?!{_WORD})", label))


@by_experiment
def test_a_mistake_is_no_matter_of_looking(experiment_id):
    """What is only looked at stays when a preset is chosen: its name would stand beside a mistake that is still on."""
    mistakes = {name: field for name, field in fields_of(load(experiment_id).params_type).items()
                if name in ("pitfall", "mistake")}  # fmt: skip
    assert [name for name, field in mistakes.items() if field.effect == "view"] == []
