"""Sentences in every language: what is put into one keeps the spacing and the signs of its language."""

from __future__ import annotations

import pytest

from engine.contract.language import LANGUAGES
from engine.contract.text import counted, listed, title_of, untranslated
from tests.bilingual import both


@pytest.mark.parametrize(
    ("template", "word", "shown"),
    [
        ("{word}最陡", both("sigmoid", "sigmoid"), "sigmoid 最陡"),
        ("{word}最陡", both("step", "阶跃"), "阶跃最陡"),
        ("相当于 {word} 门", both("always 0", "恒为 0"), "相当于恒为 0 门"),
        ("按 {word}", both("batch", "批"), "按批"),
        ("按{word}", untranslated("epoch"), "按 epoch"),
        ("（{word}）", untranslated("x"), "（x）"),
        ("{word} 。", both("end", "完"), "完。"),
        ("保留在{word}里", "我的 a文件", "保留在我的 a文件里"),
    ],
)
def test_chinese_words_that_are_put_in_keep_their_distance_from_latin_ones_only(template, word, shown):
    """A string, such as the name of a file, is nobody's to change."""
    assert both("{word}", template)(word=word).render("zh_CN") == shown


def test_english_is_left_as_it_is():
    assert both("a {word}b", "{word}")(word=untranslated("x")).render("en") == "a xb"


@pytest.mark.parametrize(
    ("value", "spec", "shown"),
    [
        (-0.001, ".2f", "0.00"),
        (-0.0, "", "0"),
        (-1e-7, ".3g", "−1×10⁻⁷"),
        (1e-7, "", "10⁻⁷"),
        (2e6, ".3g", "2×10⁶"),
        (1.617e54, ".3g", "1.62×10⁵⁴"),
        (-3, "", "−3"),
    ],
)
def test_numbers_are_written_as_people_write_them(value, spec, shown):
    text = both(f"{{x:{spec}}}", f"{{x:{spec}}}")(x=value)
    assert {text.render(language) for language in LANGUAGES} == {shown}


@pytest.mark.parametrize(("count", "english"), [(0, "0 steps"), (1, "1 step"), (2, "2 steps"), (1200, "1,200 steps")])
def test_one_of_something_is_in_the_singular(count, english):
    text = counted(count, "step")
    assert (text.render("en"), text.render("zh_CN")) == (english, f"{count} 步")


def test_things_in_a_row():
    assert listed(["01"]).render("en") == listed(["01"]).render("zh_CN") == "01"
    assert listed(["01", "10"]).render("en") == "01 and 10"
    three = listed([both("step", "阶跃"), "sigmoid", both("line", "直线")])
    assert three.render("en") == "step, sigmoid and line"
    assert three.render("zh_CN") == "阶跃、sigmoid 和直线"


@pytest.mark.parametrize("text", [counted(2, "step"), listed(["01", "10"]), title_of(both("A: b", "甲：乙"))])
def test_words_that_are_made_of_others_can_be_kept_by_their_value(text):
    assert {text: 1}[text] == 1


@pytest.mark.parametrize("number", range(121))
def test_the_article_before_a_number_is_the_one_that_is_read_out(number):
    """An eight, an eighty, an eleven, an eighteen; a one, a hundred and eighteen."""
    article = "an" if number in (8, 11, 18, *range(80, 90)) else "a"
    for value in (number, str(number), untranslated(str(number))):
        shown = both("Image 3, a {label}, is read", "图片 3：a {label}")(label=value)
        assert shown.render("en") == f"Image 3, {article} {number}, is read"
        assert shown.render("zh_CN") == f"图片 3：a {number}"
