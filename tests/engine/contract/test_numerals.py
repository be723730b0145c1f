"""Numbers are read as people type them, on Chinese keyboards too, and nothing else is."""

from __future__ import annotations

import math
import re
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.contract.numerals import (
    NONE,
    Ambiguous,
    bracketed,
    fixed_digits,
    format_alike,
    format_real,
    format_short,
    in_powers,
    normalized,
    parse_real,
    percent,
    rounded_down,
    rounded_up,
    tidy,
    without_rounding,
)
from engine.contract.text import LANGUAGES, Refused, Text
from tests.pace import within

_FULL_WIDTH = str.maketrans("0123456789.-+e", "０１２３４５６７８９．－＋ｅ")


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_what_python_writes_is_read_exactly(value: float) -> None:
    assert parse_real(repr(value)) == value


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_full_width_digits_and_signs_are_the_same_number(value: float) -> None:
    assert parse_real(repr(value).translate(_FULL_WIDTH)) == value


@given(st.floats(-1e6, 1e6))
def test_what_is_shown_can_be_typed_again(value: float) -> None:
    assert math.isclose(parse_real(format_real(value)), value, rel_tol=1e-5, abs_tol=1e-300)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0。5", 0.5),
        ("−0.5", -0.5),
        ("–0.5", -0.5),
        ("—0.5", -0.5),
        ("ー0.5", -0.5),
        ("－０．５", -0.5),
        ("\u30000.5\u3000", 0.5),
        ("1e－3", 0.001),
        ("5.", 5.0),
        ("-.5", -0.5),
        ("+2", 2.0),
        ("007", 7.0),
        ("1/2", 0.5),
        ("½", 0.5),
        ("−¾", -0.75),
        ("１／４", 0.25),
        ("1 ÷ 8", 0.125),
        ("2.5/-10", -0.25),
        ("-0,8", -0.8),
        ("1,5", 1.5),
        ("0,125", 0.125),
        ("1,0000", 1.0),
        ("1234,567", 1234.567),
        ("2,5e-3", 0.0025),
        ("0,5 / 2", 0.25),
        ("20%", 0.2),
        ("２０％", 0.2),
        ("-50 %", -0.5),
        ("0,5%", 0.005),
        ("1,234,567", 1_234_567.0),
        ("1,000.5", 1000.5),
        ("-12,345,678.25", -12_345_678.25),
        ("0,577", 0.577),
    ],
)
def test_typed_forms(text: str, value: float) -> None:
    assert parse_real(text) == value


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " ",
            ".",
            "-",
            "e5",
            "1e",
            "1.2.3",
            "1,2,3",
            "1,00,000",
            "%",
            "20%%",
            "1/2%",
            "5,",
            ",5",
            "1，5",
            "1、5",
            "1 5",
            "--1",
            "1\n2",
        ),
        *("nan", "inf", "Infinity", "0x10", "1_000", "1j", "1/0", "1/", "/2", "1/2/3", "1½", "1 ½", "一", "٣", "९"),
        *("1" * 41, "1" * 10_000, "x" * 10_000, "\N{MINUS SIGN}" * 10_000),
    ],
)
def test_other_texts_are_refused_in_words_and_quickly(text: str) -> None:
    began = time.thread_time()
    with pytest.raises(Refused) as refusal:
        parse_real(text)
    assert within(time.thread_time() - began, 0.1)
    sentences = {language: refusal.value.text.render(language) for language in LANGUAGES}
    assert sentences["en"].endswith("is not a number such as 0.5, 1/3 or 20%.")
    assert sentences["zh_CN"].endswith("不是 0.5、1/3、20% 这样的数。")
    assert all(len(sentence) < 120 for sentence in sentences.values())


@pytest.mark.parametrize(
    ("text", "thousands", "decimal"), [("5,770", "5770", "5.770"), ("-12,345", "−12345", "−12.345")]
)
def test_a_comma_that_may_part_thousands_or_decimals_is_asked_about_unless_the_number_is_whole(
    text: str, thousands: str, decimal: str
) -> None:
    with pytest.raises(Ambiguous) as refusal:
        parse_real(text)
    sentences = {language: refusal.value.text.render(language) for language in LANGUAGES}
    assert sentences["en"] == f"“{text}” may mean {thousands} or {decimal}. Leave the comma out, or write a point."
    assert sentences["zh_CN"] == f"“{text}”可以是 {thousands}，也可以是 {decimal}。请去掉逗号，或者改成小数点。"
    assert all(one in sentence for sentence in sentences.values() for one in (text, thousands, decimal))
    assert parse_real(text, whole=True) == float(text.replace(",", ""))


def test_percent_of_what_is_told_in_percent_is_the_number_itself() -> None:
    assert parse_real("20%", unit="%") == 20.0 == parse_real("20", unit="%")


@pytest.mark.parametrize("text", ["1e999", "-1e309", "1e200/1e-200", "9e307/0.1"])
def test_a_number_too_large_for_computing_is_refused_in_words(text: str) -> None:
    with pytest.raises(Refused) as refusal:
        parse_real(text)
    sentences = {language: refusal.value.text.render(language) for language in LANGUAGES}
    assert sentences["en"] == f"“{text}” is larger than any number that is computed with here (about 1.8·10³⁰⁸)."
    assert sentences["zh_CN"] == f"“{text}”超过了这里能计算的最大数（约 1.8·10³⁰⁸）。"
    assert all(one in sentence for sentence in sentences.values() for one in (text, "1.8·10³⁰⁸"))


@given(st.one_of(st.text(max_size=60), st.from_regex(r"-?[0-9]{1,3}(e-?[0-9]{1,4})?(/[0-9]{1,2}(e-[0-9]{1,3})?)?%?")))
def test_any_text_is_a_finite_number_or_refused(text: str) -> None:
    try:
        value = parse_real(text)
    except Refused:
        return
    assert isinstance(value, float)
    assert math.isfinite(value)


def test_operators_have_their_ascii_twins() -> None:
    assert normalized("２×３÷４") == "2*3/4"
    assert normalized("（1，2）") == "(1,2)"


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.5, "0.5"), (-0.5, "−0.5"), (-0.0, "0"), (0.1 + 0.2, "0.3"), (1234567.0, "1.23457e6"), (-1e-7, "−1e−7")],
)
def test_numbers_are_written_for_people(value: float, text: str) -> None:
    assert format_real(value) == text


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        ([-0.28284, 0.07071], ["−0.283", "0.071"]),
        ([0.5, 0.25], ["0.50", "0.25"]),
        ([1.0, -3.0], ["1", "−3"]),
        ([120.0, 7.5], ["120", "8"]),
        ([1.0, 1e-6], ["1", "10⁻⁶"]),
        ([1.617e54, -2.0], ["1.62×10⁵⁴", "−2"]),
        ([math.inf, 1.0], ["∞", "1"]),
        ([0.0, -0.0], ["0", "0"]),
        ([], []),
    ],
)
def test_numbers_that_stand_together_have_the_same_decimals(values: list[float], texts: list[str]) -> None:
    assert format_alike(values) == texts


@given(st.lists(st.floats(-1e5, 1e5)), st.integers(1, 6))
def test_no_number_becomes_zero_beside_others(values: list[float], digits: int) -> None:
    shown = format_alike(values, digits)
    assert ["10" in text or bool(parse_real(text)) for text in shown] == [bool(value) for value in values]


@given(st.floats(allow_nan=False), st.integers(1, 6))
def test_a_number_that_is_only_read_has_a_power_of_ten_and_no_e(value: float, digits: int) -> None:
    text = Text("{value}")(value=value).render("en")
    for shown in (text, in_powers(value, digits), format_short(value, digits), *format_alike([value, 2.0], digits)):
        assert not re.search(r"\de", shown), shown


def test_a_rounded_negative_number_is_no_negative_zero() -> None:
    assert format_real(-1e-320, 1) != "−0"
    assert format_real(-0.0, 3) == "0"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.12345, "0.123"), (-2.0, "−2"), (123456.7, "123457"), (2.5e7, "2.5×10⁷"), (1e-7, "10⁻⁷"),
        (math.inf, "∞"), (-math.inf, "−∞"), (math.nan, NONE), (-0.0, "0"),
    ],
)  # fmt: skip
def test_a_number_in_few_signs(value: float, text: str) -> None:
    assert format_short(value) == text


@pytest.mark.parametrize(
    ("share", "decimals", "text"),
    [
        (0.75, 0, "75%"), (0.0, 0, "0%"), (1.0, 0, "100%"), (0.004, 0, "<1%"), (0.9996, 0, "99.9%"),
        (0.997621, 0, "99.8%"), (0.9951, 0, "99.5%"),
        (0.9461, 1, "94.6%"), (0.99996, 1, "99.9%"), (1.0, 1, "100.0%"), (0.0001, 1, "<0.1%"), (math.nan, 1, NONE),
    ],
)  # fmt: skip
def test_a_share_is_a_percentage(share: float, decimals: int, text: str) -> None:
    assert percent(share, decimals) == text


@given(st.floats(0, 1), st.integers(0, 2))
def test_only_all_and_nothing_read_so(share: float, decimals: int) -> None:
    shown = percent(share, decimals)
    assert (float(shown.strip("<%")) == 100) == (share == 1)
    assert (float(shown.strip("<%")) == 0) == (share == 0)


@given(st.floats(-1e6, 1e6), st.integers(0, 4))
def test_a_dragged_value_is_one_that_could_be_typed(value: float, decimals: int) -> None:
    tidied = tidy(value, -8.0, 8.0, decimals)
    assert -8 <= tidied <= 8
    assert tidied in (-8, 8) or abs(tidied - value) <= 0.5 * 10.0**-decimals * (1 + 1e-9)
    assert math.copysign(1.0, tidied) == 1 or tidied < 0


def test_numbers_in_brackets() -> None:
    assert bracketed((0.5, -2.0)) == "(0.5, −2)"


@given(st.floats(1e-12, 1e12))
def test_round_numbers_are_1_2_or_5_and_lie_on_either_side(length):
    below, above = rounded_down(length), rounded_up(length)
    assert below <= length * (1 + 1e-6) and length <= above
    assert below > 0.399 * length and above <= 2.501 * length
    assert all(f"{number:.3e}"[:5] in ("1.000", "2.000", "5.000") for number in (below, above))


@pytest.mark.parametrize(
    ("value", "told"),
    [(0.1, "0.100"), (0.0984, "0.0984"), (2.3026, "2.30"), (28.0, "28.0"), (123.0, "123"), (math.nan, NONE)],
)
def test_fixed_digits_keep_the_zeros_at_the_end(value, told):
    assert fixed_digits(value) == told


@given(st.lists(st.integers(-90, 90), min_size=1, max_size=16))
def test_decimals_that_cancel_are_0_and_all_others_stay_as_they_are(tenths):
    terms = np.array(tenths) / 10
    left = without_rounding(float(np.sum(terms)), float(np.sum(np.abs(terms))))
    assert left == (np.sum(terms) if sum(tenths) else 0.0)
