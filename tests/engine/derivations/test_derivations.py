"""Every derivation: right formulas pass as people type them, known wrong ones fail at their line, and words agree."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import numpy as np
import pytest

from engine.calculus.expressions.functions import FUNCTIONS
from engine.contract.catalogue import load
from engine.contract.params import fields_of
from engine.contract.text import LANGUAGES, Refused
from engine.derivations import all_derivations, derivations_of, ids_of
from engine.derivations.checking import Verdict, check, points_of, stage_point
from engine.derivations.formulas import as_in_a_book, read_formula
from engine.derivations.reading import load_words, parse_words
from engine.derivations.sentences import sentence_of, spelled, with_hint
from engine.derivations.spelling import as_typed
from tests.engine.contract.test_sentences import LAWS
from tests.offenders import for_each

SPELLINGS = tomllib.loads((Path(__file__).parent / "spellings.toml").read_text(encoding="utf-8"))
_DERIVATIONS = all_derivations()
_LINES = [(experiment, derivation, line) for experiment, derivation in _DERIVATIONS for line in derivation.lines]
_SIGN = re.compile(r"\*\*|⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\d+\.?\d*|[^\W\d_][a-zA-Z0-9_₀-₉]*|\S")
"""A number, a name, a power that is written high, or any other sign of a formula."""
_POINTS = 20
_SCARCE = 3


def _name(value):
    return getattr(value, "id", value)


def _words(derivation, line, language="en"):
    return next(one for one in load_words(derivation.id, language).lines if one.id == line.id)


def _opening(experiment):
    return load(experiment).params_type()


def _formulas(gap):
    return [one.formula for one in gap.wrong]


@pytest.mark.parametrize(("experiment", "derivation", "line"), _LINES, ids=_name)
def test_a_right_formula_passes_however_it_is_typed(experiment, derivation, line):
    typed = SPELLINGS[derivation.id][line.id]
    assert len(typed) >= _SCARCE
    for text in (*typed, *(_words(derivation, line, language).gap.right for language in LANGUAGES)):
        assert check(derivation, line, text, _opening(experiment)).is_right, text
        shown = as_in_a_book(text, line)
        assert check(derivation, line, shown, _opening(experiment)).is_right, shown


@for_each(_LINES, lambda experiment, derivation, line: f"{derivation.id}/{line.id}")
def test_room_between_any_two_signs_of_a_formula_changes_no_verdict(experiment, derivation, line):
    params, wrong = _opening(experiment), _formulas(_words(derivation, line).gap)
    for text in SPELLINGS[derivation.id][line.id]:
        for number, place in enumerate(sign.start() for sign in _SIGN.finditer(text)):
            typed = text[:place] + (" ", "\u3000")[number % 2] + text[place:]
            assert check(derivation, line, typed, params).is_right, typed
    for number, text in enumerate(wrong):
        typed = "  ".join(_SIGN.findall(text))
        verdict = check(derivation, line, typed, params, wrong)
        assert not verdict.is_right and verdict.wrong == number, typed


_TWO_NUMBERS = {
    "en": "yours (.+), right (.+?)[.] ",
    "zh_CN": "你的是 (.+)，应该是 (.+?)。",
    "ja": "入力した式は(.+)、正しくは(.+?)です。",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("experiment", "derivation", "line"), _LINES, ids=_name)
def test_a_known_wrong_formula_fails_with_its_own_hint_and_two_numbers(experiment, derivation, line, language):
    gap = _words(derivation, line, language).gap
    assert len(gap.wrong) >= (1 if line.kind == "matrix" else 2)
    for number, wrong in enumerate(gap.wrong):
        verdict = check(derivation, line, wrong.formula, _opening(experiment), _formulas(gap))
        assert not verdict.is_right and verdict.wrong == number, wrong
        said = with_hint(sentence_of(verdict, line), wrong.hint).render(language)
        numbers = re.search(_TWO_NUMBERS[language], said)
        assert numbers and numbers[1] != numbers[2] and said.endswith(wrong.hint), said


@pytest.mark.parametrize(("experiment", "derivation", "line"), _LINES, ids=_name)
def test_a_wrong_formula_passes_at_no_point_of_many(experiment, derivation, line):
    """With the numbers of any stage and at any place it is one of the points, at least, that finds it."""
    chance = np.random.default_rng(7)
    for wrong in _words(derivation, line).gap.wrong:
        formula = read_formula(wrong.formula, line)
        found = 0
        for _ in range(_POINTS):
            point = (line.drawn or derivation.drawn)(chance)
            found += not _agrees(formula(derivation.symbols(point)), line.right(point))
        assert found >= 0.3 * _POINTS, wrong


@pytest.mark.parametrize(("experiment", "derivation", "line"), _LINES, ids=_name)
def test_the_book_s_formula_gives_the_right_value_at_twenty_points(experiment, derivation, line):
    """``right`` is the program's function or a difference quotient: here both meet the formula that a book derives."""
    formula = read_formula(_words(derivation, line).gap.right, line)
    chance = np.random.default_rng(3)
    for _ in range(_POINTS):
        point = (line.drawn or derivation.drawn)(chance)
        assert _agrees(formula(derivation.symbols(point)), line.right(point)), point


def _agrees(one, other):
    return np.shape(one) == np.shape(other) and np.allclose(one, other, rtol=2e-5, atol=2e-8)


@pytest.mark.parametrize(("experiment", "derivation"), _DERIVATIONS, ids=_name)
def test_both_languages_have_the_same_lines_gaps_and_wrong_formulas(experiment, derivation):
    english, *others = (load_words(derivation.id, language) for language in LANGUAGES)
    assert [line.id for line in english.lines] == [line.id for line in derivation.lines]
    for words in others:
        assert [line.id for line in words.lines] == [line.id for line in english.lines]
        for here, there in zip(words.lines, english.lines, strict=True):
            assert here.gap.right == there.gap.right and _formulas(here.gap) == _formulas(there.gap)
            assert here.gap.behind == there.gap.behind and len(here.gap.hints) == len(there.gap.hints) > 0


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("experiment", "derivation", "line"), _LINES, ids=_name)
def test_what_is_called_by_a_symbol_in_words_is_one(experiment, derivation, line, language):
    """Code in the words of a line is a formula of its letters, or says what one of the derivation's letters is."""
    words = load_words(derivation.id, language)
    values = derivation.symbols(stage_point(derivation, _opening(experiment)))
    assert set(line.symbols) <= set(values)
    assert len({as_typed(symbol) for symbol in line.symbols}) == len(line.symbols)
    own = next(one for one in words.lines if one.id == line.id)
    letters = {as_typed(symbol) for symbol in values}
    for block in (*words.lead, *own.blocks):
        for span in block.spans:
            if span.kind == "code":
                # Left of the sign of equality a name is given.
                formula = span.text.rpartition("=")[2]
                for name in re.findall(r"[a-z][a-z0-9]*", as_typed(formula)):
                    assert name in letters | FUNCTIONS.keys(), span.text
    for text in (own.gap.before, own.gap.right, own.gap.after, *own.gap.hints, *(one.hint for one in own.gap.wrong)):
        assert text.strip() == text or text in (own.gap.before, own.gap.after)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("experiment", "derivation"), _DERIVATIONS, ids=_name)
def test_what_is_said_is_written_well(experiment, derivation, language):
    words = load_words(derivation.id, language)
    prose = (*words.lead, *words.use, *(block for line in words.lines for block in line.blocks))
    said = ["".join(span.text for span in block.spans) for block in prose]
    for line in words.lines:
        said += [line.gap.after, *line.gap.hints, *(one.hint for one in line.gap.wrong)]
    for law, where, pattern in LAWS:
        if where == language and "doubled" not in law:
            assert not [(law, one) for one in said if re.search(pattern, one)]
    assert all(one[-1] in ".?!。？！：:" for one in said if one), [one for one in said if one and one[-1].isalnum()]


@pytest.mark.parametrize(("experiment", "derivation"), _DERIVATIONS, ids=_name)
def test_the_stage_shows_the_numbers_and_lights_cells_by_its_own_parameters(experiment, derivation):
    shown = _opening(experiment).replaced(derivation.stage)
    assert derivation.on_stage(shown) is not None
    fields = fields_of(type(shown))
    for line in derivation.lines:
        changes = line.lit(shown)
        assert derivation.on_stage(shown.replaced(changes)) is not None
        # A cell that is lit changes nothing but what is looked at.
        assert all(fields[name].effect == "view" for name in changes)
        values, _ = next(points_of(derivation, line, shown))
        assert tuple(values) == line.symbols and spelled(values)


def test_the_derivations_that_are_asked_for_are_there():
    assert {derivation.id for _, derivation in _DERIVATIONS} == {
        "sigmoid_slope", "dot_product", "affine_gradients", "softmax_loss", "batch_norm_gradient", "adam_correction",
    }  # fmt: skip
    assert ids_of("gates") == () == derivations_of("gates")
    assert set(ids_of("layers")) == {one.id for one in derivations_of("layers")}


def test_numbers_that_fit_the_stage_alone_do_not_pass():
    (derivation,) = derivations_of("activations")
    line = derivation.line("slope")
    verdict = check(derivation, line, "0.104993585 + 0", _opening("activations"))
    assert not verdict.is_right and not verdict.is_of_stage
    assert "stage's numbers fit by chance" in sentence_of(verdict, line).render("en")
    elsewhere = _opening("activations").replaced({"view": "stack"})
    verdict = check(derivation, line, "0.104993585 + 0", elsewhere)
    assert "numbers above fit by chance" in sentence_of(verdict, line).render("en")


@pytest.mark.parametrize(("experiment", "derivation", "line"), _LINES, ids=_name)
def test_a_number_in_place_of_a_formula_is_not_called_wrong_for_its_rounding(experiment, derivation, line):
    """Whoever typed what the formula comes to, to as many digits as they liked, is told what the line asks for."""
    params = _opening(experiment).replaced(derivation.stage)
    values, point = next(points_of(derivation, line, params))
    right = line.right(point)
    if line.kind != "number" or check(derivation, line, _rounded(right, 6), params).is_right:
        return
    for digits in (2, 3, 5):
        verdict = check(derivation, line, _rounded(right, digits), params)
        said = {language: sentence_of(verdict, line).render(language) for language in LANGUAGES}
        english, chinese = said["en"], said["zh_CN"]
        assert verdict.plain is not None and "yours" not in english and "你的是" not in chinese
        assert "asks for a formula in" in english and "要填一个式子" in chinese
        if len(values) <= 6:
            assert all(symbol in words for symbol in line.symbols for words in said.values())


def _rounded(value, digits):
    decimals = digits - 1 - (int(np.floor(np.log10(abs(value)))) if value else 0)
    return f"{value:.{max(decimals, 1)}f}"


def test_a_number_that_agrees_in_one_digit_only_is_held_against_the_right_one():
    (derivation,) = derivations_of("activations")
    for typed in ("-1", "-0.8", "-0.77", "0.776"):
        verdict = check(derivation, derivation.line("quotient"), typed, _opening("activations"))
        assert verdict.plain is None and "yours" in sentence_of(verdict, derivation.line("quotient")).render("en")


def test_only_what_the_stage_shows_is_called_its_numbers():
    (derivation,) = derivations_of("activations")
    line, shown = derivation.line("quotient"), _opening("activations")
    said = sentence_of(check(derivation, line, "1/n^2", shown), line).render("en")
    assert said.startswith("With the numbers of the stage:")
    said = sentence_of(check(derivation, line, "1/n^2", shown.replaced({"view": "stack"})), line).render("en")
    assert said == "With n = 1.135: yours 0.7758, right −0.7758."


def test_a_number_in_place_of_a_name_is_told_to_be_one_of_this_run():
    (derivation,) = derivations_of("optimizers")
    line, opening = derivation.line("divisor"), _opening("optimizers")
    verdict = check(derivation, line, "1 - 0.9^t", opening)
    assert verdict.constant == ("0.9", "β1") and not verdict.is_right
    assert (
        sentence_of(verdict, line).render("en").startswith("0.9 is what β1 is here; the formula needs the name. With")
    )
    assert check(derivation, line, "1 − 0.9", opening).constant is None
    assert check(derivation, line, "1 − β1^t", opening).is_right


def test_numbers_are_those_of_the_stage_only_where_it_shows_what_a_line_is_about():
    (derivation,) = derivations_of("gradient_field")
    line = derivation.line("with_itself")
    said = sentence_of(check(derivation, line, "x0", _opening("gradient_field")), line).render("en")
    assert said == "With x0 = −2, x1 = 2: yours −2, right −4."


def test_what_cancels_is_told_as_0_and_not_as_what_rounding_left_of_it():
    (derivation,) = derivations_of("batch_norm")
    bench = _opening("batch_norm").replaced(derivation.stage)
    line = derivation.line("all_of_them")
    for x in ((1.0, 2.0, 3.0, 4.0, 5.0), (0.3, 0.1, 0.5), (2.9, -1.7, 0.4, 3.3)):
        shown = bench.replaced({"x": x})
        for language, end in (("en", "right 0."), ("zh_CN", "应该是 0。")):
            assert sentence_of(check(derivation, line, "d", shown), line).render(language).endswith(end)
    # The first number is the mean of its batch.
    values, _ = next(points_of(derivation, derivation.line("spread"), bench.replaced({"x": (0.3, 0.1, 0.5)})))
    assert values["uk"] == 0 and "uk = 0," in spelled(values)


def test_matrices_elsewhere_are_named_with_their_shapes():
    affine = derivations_of("layers")[0]
    line = affine.line("weights")
    _, (values, _), *_ = points_of(affine, line, _opening("layers"))
    (samples, inputs), neurons = values["X"].shape, values["W"].shape[1]
    verdict = Verdict(False, values, yours=(1, 2), right=(inputs, neurons), is_shown=True)
    said = sentence_of(verdict, line).render("en")
    shapes = f"X ({samples}, {inputs}), W ({inputs}, {neurons}), dZ ({samples}, {neurons})"
    assert said == f"The stage's numbers fit by chance. With {shapes}: yours (1, 2), right ({inputs}, {neurons})."


def test_where_the_stage_shows_something_else_its_opening_numbers_are_taken():
    (derivation,) = derivations_of("activations")
    elsewhere = _opening("activations").replaced({"functions": ("relu",), "x": 1.0, "view": "stack"})
    assert derivation.on_stage(elsewhere) is None
    assert stage_point(derivation, elsewhere) == {"a": 1.0}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Nothing was typed yet."),
        ("y*(1-y", "Column 3: the ( here is never closed."),
        ("y*(1-z)", "There is no “z” in this line; there are y."),
        ("y$", "Column 2: “$” has no meaning here."),
        ("γ", "There is no “γ” in this line; there are y."),
        ("2·Y1", "There is no “Y1” in this line; there are y."),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(text, said):
    (derivation,) = derivations_of("activations")
    with pytest.raises(Refused) as refused:
        check(derivation, derivation.line("slope"), text, _opening("activations"))
    assert refused.value.text.render("en") == said


@pytest.mark.parametrize(
    ("text", "said"), [("X @", "not finished"), ("X + dZ", "“+” cannot stand"), ("Q", "“Q” cannot")]
)
def test_a_product_that_cannot_be_read_is_refused(text, said):
    affine = derivations_of("layers")[0]
    with pytest.raises(Refused, match=re.escape(said)):
        check(affine, affine.line("weights"), text, _opening("layers"))


def test_matrices_that_do_not_fit_are_wrong_and_told_by_their_shapes():
    affine = derivations_of("layers")[0]
    verdict = check(affine, affine.line("weights"), "X·dZ", _opening("layers"), ["dZᵀ·X"])
    assert not verdict.is_right and verdict.wrong is None
    assert "(2, 3) times (2, 2)" in sentence_of(verdict, affine.line("weights")).render("en")


GOOD = """# T

Lead.

## a

Words `y`.

- [s = ?](gap)
- [y](right) So.
- [1](wrong) No.
- Hint.

## use

For this.
"""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("## use", "## end", "at its end"),
        ("- [s = ?](gap)\n", "", "one gap"),
        ("s = ?", "s", "one gap"),
        ("- [y](right) So.", "- [y](right) So.\n- [y](right) So.", "one right formula"),
        ("(wrong)", "(other)", "does not begin with a link"),
        ("# T\n", "T\n", "title"),
    ],
)
def test_a_damaged_file_is_refused_with_what_is_wrong_in_it(old, new, said):
    assert parse_words(GOOD, "en").lines[0].gap.filled("y") == "s = y"
    with pytest.raises(Refused, match=said):
        parse_words(GOOD.replace(old, new), "en")
