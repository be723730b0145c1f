"""Typed functions against Python's own arithmetic and central differences; what is refused, where, and how fast."""

from __future__ import annotations

import math
import time

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.calculus import Expression, ExpressionRefused, numerical_gradient
from engine.calculus.expressions.characters import for_people
from engine.contract.text import LANGUAGES
from tests.pace import within

_XY = ("x0", "x1")

# The text and the same in Python; both are worked out at several places.
MEANINGS = {
    "x0^2/20 + x1^2": lambda x0, x1: x0**2 / 20 + x1**2,
    "-x0^2": lambda x0, x1: -(x0**2),
    "2^3^x1": lambda x0, x1: 2 ** (3**x1),
    "x0**-2": lambda x0, x1: x0**-2,
    "2 - 3 - x0": lambda x0, x1: 2 - 3 - x0,
    "8 / 4 / x1": lambda x0, x1: 8 / 4 / x1,
    "-(-x0) + +x1": lambda x0, x1: x0 + x1,
    "sin(x0)*cos(x1) + tan(x0/3)": lambda x0, x1: math.sin(x0) * math.cos(x1) + math.tan(x0 / 3),
    "exp(-x0) + log(x1) - ln(x1^2)": lambda x0, x1: math.exp(-x0) + math.log(x1) - math.log(x1**2),
    "sqrt(x0) + abs(x1 - 5)": lambda x0, x1: math.sqrt(x0) + abs(x1 - 5),
    "tanh(x0) + sigmoid(x1)": lambda x0, x1: math.tanh(x0) + 1 / (1 + math.exp(-x1)),
    "relu(x0 - x1) + max(x0, x1, 2) + min(x0, x1)": lambda x0, x1: max(0, x0 - x1) + max(x0, x1, 2) + min(x0, x1),
    "pi*x0 + e^x1": lambda x0, x1: math.pi * x0 + math.e**x1,
    "1.5e-1*x0 + .5*x1 + 2.": lambda x0, x1: 0.15 * x0 + 0.5 * x1 + 2,
    "x0^x1": lambda x0, x1: x0**x1,
}
PLACES = [(0.7, 1.9), (2.5, 0.3), (1.1, 1.2)]

SAME = {
    "（x0＋１）×２": "(x0 + 1)*2",
    "x0²÷20 − x1³": "x0^2/20 - x1^3",
    "x₀¹²": "x0^12",
    "ｍａｘ（x0，x1）": "max(x0, x1)",
    "MAX(X0, X1)": "max(x0, x1)",
    "2·π·x0": "2*pi*x0",
    "x0**2": "x0^2",
    "【x0—1】/3": "(x0-1)/3",
    "０。５*x1": "0.5*x1",
}

# What is typed, the column that is named, and a word of the reason.
BAD = {
    "": (1, "no function"),
    "   ": (1, "no function"),
    "x0.real": (3, "“.”"),
    "x0.__class__": (3, "“.”"),
    "__import__('os').system('ls')": (12, "“'”"),
    "open(x0)": (1, "no “open”"),
    "lambda: 1": (7, "“:”"),
    "x0(2)": (1, "not a function"),
    "9**9**9": (2, "finite"),
    "x0 + 9^9^9": (7, "finite"),
    "1e999": (1, "finite"),
    "1/0": (2, "finite"),
    "log(-1)*x0": (1, "finite"),
    "(" * 10_000 + ")" * 10_000: (201, "20000 characters"),
    "(" * 60 + "x0" + ")" * 60: (41, "more than 40"),
    "-" * 100 + "x0": (41, "more than 40"),
    "x0" + "^x0" * 60: (123, "more than 40"),
    "nan": (1, "no “nan”"),
    "NaN + x0": (1, "no “nan”"),
    "inf": (1, "no “inf”"),
    "٣*x0": (1, "“٣”"),
    "१ + x0": (1, "“१”"),
    "三*x0": (1, "“三”"),
    "(x0": (1, "never closed"),
    "x0)": (3, "no ( before"),
    "x0 + ": (6, "ends where"),
    "x0 + *x1": (6, "not “*”"),
    "2x0": (2, "operator is missing"),
    "x0 x1": (4, "operator is missing"),
    "sin": (1, "write sin(…)"),
    "sin()": (5, "not “)”"),
    "sin(x0, x1)": (1, "takes one number, not 2"),
    "max(x0)": (1, "two numbers or more"),
    "(x0, x1)": (4, "comma"),
    "x0, x1": (3, "comma"),
    "x0 = 3": (4, "“=”"),
    "x0; x1": (3, "“;”"),
    "x0\x00": (3, ""),
    "x2^2": (1, "no “x2”"),
    "\N{PILE OF POO}": (1, ""),
}


@pytest.mark.parametrize("text", MEANINGS)
@pytest.mark.parametrize("place", PLACES)
def test_a_function_means_what_it_says(text, place):
    assert float(Expression(text, _XY)(*place)) == pytest.approx(MEANINGS[text](*place), rel=1e-14)


@pytest.mark.parametrize("text", MEANINGS)
@pytest.mark.parametrize("place", PLACES)
def test_exact_derivatives_agree_with_central_differences(text, place):
    expression = Expression(text, _XY)
    numerical = numerical_gradient(lambda x: float(expression(*x)), np.array(place), h=1e-5)
    assert [float(part) for part in expression.gradient(*place)] == pytest.approx(numerical, rel=1e-6, abs=1e-8)


@pytest.mark.parametrize("text", MEANINGS)
def test_arrays_come_out_as_their_numbers_do(text):
    expression = Expression(text, _XY)
    x0, x1 = (np.array(part) for part in zip(*PLACES, strict=True))
    assert expression(x0, x1) == pytest.approx([float(expression(*place)) for place in PLACES], rel=1e-14)
    for whole, *parts in zip(
        expression.gradient(x0, x1), *(expression.gradient(*place) for place in PLACES), strict=True
    ):
        assert whole == pytest.approx([float(part) for part in parts], rel=1e-14)


@pytest.mark.parametrize("text", SAME)
def test_what_a_chinese_keyboard_types_is_understood(text):
    one, other = Expression(text, _XY), Expression(SAME[text], _XY)
    assert one(1.25, 2.5) == other(1.25, 2.5)
    assert one.text.isascii() and Expression(one.text, _XY)(1.25, 2.5) == one(1.25, 2.5)


@pytest.mark.parametrize("text", BAD, ids=lambda text: repr(text)[:30])
def test_a_bad_function_is_refused_at_its_column_within_50_ms(text):
    column, word = BAD[text]
    start = time.thread_time()
    with pytest.raises(ExpressionRefused) as caught:
        Expression(text, _XY)
    assert within(time.thread_time() - start, 0.05)
    assert caught.value.column == column
    assert word in str(caught.value)
    for language in LANGUAGES:
        assert str(column) in caught.value.text.render(language)


@given(st.text(max_size=60))
@example("\ufeff")
@example("x0 + \x1b")
def test_any_text_is_understood_or_refused(text):
    try:
        expression = Expression(text, _XY)
    except ExpressionRefused as refused:
        assert 1 <= refused.column <= len(text) + 1
        assert str(refused).isprintable()
    else:
        assert expression(np.array([0.5, -1.0]), 2.0).shape == (2,)


@given(st.text(alphabet="x01+-*/^(),. sincoexplgqrtabhmd2π²（）×", max_size=40))
def test_any_text_of_the_grammars_letters_is_understood_or_refused(text):
    try:
        expression = Expression(text, _XY)
    except ExpressionRefused as refused:
        assert 1 <= refused.column <= len(text) + 1
    else:
        again = Expression(expression.text, _XY)
        assert np.array_equal(again(0.5, 1.5), expression(0.5, 1.5), equal_nan=True)


def test_numbers_of_single_precision_stay_so():
    x = np.linspace(0.1, 2, 5, dtype=np.float32)
    for text in (*MEANINGS, "3"):
        expression = Expression(text, _XY)
        assert expression(x, x).dtype == np.float32
        assert [part.dtype for part in expression.gradient(x, x)] == [np.float32] * 2
    # 0.1 is the single-precision one: nothing is worked out in double precision and rounded at the end.
    assert Expression("0.1*x", ("x",))(np.float32(3)) == np.float32(0.1) * np.float32(3)


def test_where_there_is_no_value_there_is_no_warning_either():
    assert np.isnan(Expression("log(x)", ("x",))(-1.0))
    assert np.isinf(Expression("1/x", ("x",))(0.0))
    assert np.isinf(Expression("exp(x)", ("x",))(1000.0))
    assert np.isnan(Expression("sqrt(x)", ("x",)).gradient(-1.0)[0])


def test_a_variable_that_does_not_occur_has_the_derivative_0_even_where_others_are_infinite():
    by_x, by_y = Expression("sqrt(x)", ("x", "y")).gradient(0.0, 1.0)
    assert np.isinf(by_x) and by_y == 0


@pytest.mark.parametrize(
    ("text", "x", "slope"),
    [
        ("1/(1 + exp(-x))", -800.0, 0.0),
        ("1/(1 + exp(-100*x))", -8.0, 0.0),
        ("sqrt(x)*x", 0.0, 0.0),
        ("0^x", 1.0, 0.0),
        ("tanh(1/x)", 0.0, 0.0),
    ],
)
def test_a_factor_of_0_outweighs_an_infinite_one(text, x, slope):
    assert Expression(text, ("x",)).gradient(x)[0] == slope
    assert Expression(text, ("x",)).gradient(np.array([x, x]))[0].tolist() == [slope, slope]


def test_at_corners_and_ties_a_definite_derivative_is_given():
    assert Expression("abs(x)", ("x",)).gradient(0.0)[0] == 0
    assert Expression("relu(x)", ("x",)).gradient(0.0)[0] == 0
    assert [float(part) for part in Expression("max(x, y)", ("x", "y")).gradient(1.0, 1.0)] == [1, 0]
    assert Expression("x^0", ("x",)).gradient(0.0)[0] == 0
    assert Expression("x^1", ("x",)).gradient(0.0)[0] == 1


def test_the_longest_function_works_at_numpys_speed():
    text = "+".join(["x0*x1"] * 33)
    x = np.random.default_rng(0).uniform(size=(150, 150))
    expression = Expression(text, _XY)
    start = time.thread_time()
    expression(x, x)
    assert within(time.thread_time() - start, 0.05)


def test_a_wrong_number_of_variables_is_an_error():
    with pytest.raises(ValueError, match="x0, x1"):
        Expression("x0", _XY)(1.0)


@pytest.mark.parametrize("text", MEANINGS)
def test_what_is_written_for_people_can_be_typed_again(text):
    written = for_people(text)
    assert "*" not in written.replace("**", "") and not set("-") & set(written)
    assert Expression(written, _XY)(1.3, 0.6) == Expression(text, _XY)(1.3, 0.6)
    assert for_people("x0^2/20 - 2*x1^12") == "x0²/20 − 2·x1¹²"


@pytest.mark.parametrize("name", ["sign", "step"])
def test_formulas_of_workings_call_what_nobody_can_type(name):
    with pytest.raises(ExpressionRefused, match=name):
        Expression(f"{name}(x)", ("x",))
    formula = Expression(f"{name}(x)", ("x",), of_a_working=True)
    assert formula(np.array([-2.0, 0.0, 0.5])).tolist() == {"sign": [-1, 0, 1], "step": [0, 0, 1]}[name]
    assert formula.gradient(np.array([-2.0, 0.5]))[0].tolist() == [0, 0]
