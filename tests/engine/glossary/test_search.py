"""The search finds a term by any of its names, however it is typed."""

import itertools
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.contract.text import LANGUAGES
from engine.glossary import find, mentioned, term, terms
from tests.offenders import for_each

ROOT = Path(__file__).resolve().parents[3]
TERMS = tuple(terms().values())


@for_each(itertools.product(TERMS, LANGUAGES), lambda entry, language: f"{entry.id}, {language}")
def test_a_term_comes_first_when_its_name_is_typed(entry, language):
    assert find(entry.name.render(language), language)[0] == entry


@for_each(TERMS, lambda entry: entry.id)
def test_a_term_is_found_by_each_alias_in_either_language(entry):
    for alias in (one for language in LANGUAGES for one in entry.aliases(language)):
        for language in LANGUAGES:
            assert entry in find(alias, language), alias


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("SGD", "sgd"), ("ｓｇｄ", "sgd"), ("Mini Batch", "mini_batch"), ("minibatch", "mini_batch"),
        ("ONEHOT", "one_hot"), ("  relu ", "relu"), ("卷积核", "filter"), ("识别精度", "accuracy"),
        ("小批量", "mini_batch"), ("前向传播", "forward_propagation"), ("梯度检验", "gradient_check"),
        ("正规化", "normalization"), ("随机失活", "dropout"), ("步长", "stride"), ("权重衰减", "weight_decay"),
        ("批归一化", "batch_normalization"), ("优化器", "optimizer"), ("分界线", "decision_boundary"),
        ("反向传播算法", "backpropagation"), ("异或", "xor_gate"), ("η", "learning_rate"), ("迭代", "update"),
        ("NOAND", "nand_gate"), ("one-shot", "one_hot"), ("half sum", "half_sum"), ("没有最小值", "unbounded_below"),
        ("数值梯度", "numerical_differentiation"), ("MSE", "mean_squared_error"),
    ],
)  # fmt: skip
def test_what_people_type_leads_to_the_right_term(typed, wanted):
    for language in LANGUAGES:
        assert find(typed, language)[0] == term(wanted)


def test_a_beginning_comes_before_a_middle():
    found = [entry.id for entry in find("梯度", "zh_CN")]
    assert found[0] == "gradient"
    assert found.index("gradient_descent") < found.index("sgd")


def test_nothing_typed_lists_everything_in_the_order_of_the_chapters():
    assert find("", "en") == find(" - ", "zh_CN") == list(TERMS)


def test_what_occurs_nowhere_is_not_found():
    assert find("zzz", "en") == []


def test_an_unknown_language_is_refused_by_name():
    with pytest.raises(ValueError, match="'fr'"):
        find("x", "fr")


@given(st.text(max_size=12), st.sampled_from(LANGUAGES))
def test_any_text_may_be_typed_and_nothing_is_listed_twice(typed, language):
    found = find(typed, language)
    assert len(found) == len({entry.id for entry in found})


def test_the_glossary_needs_neither_qt_nor_numpy():
    code = "import sys, engine.glossary; print(sorted({'PySide6', 'numpy'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "[]", done.stderr


@for_each(itertools.product(TERMS, LANGUAGES), lambda entry, language: f"{entry.id}, {language}")
def test_a_term_is_found_where_it_is_mentioned(entry, language):
    name = entry.name.render(language)
    assert entry in mentioned(f"1, {name}: 2", language)


def test_a_name_within_a_longer_one_or_within_a_word_is_not_meant():
    assert [entry.id for entry in mentioned("the learning rate 0.1", "en")] == ["learning_rate"]
    assert not mentioned("biased weighting", "en")


def test_the_terms_are_read_when_the_first_is_asked_for():
    code = "import engine.glossary as g; from engine.glossary import own_terms; print(own_terms.cache_info().currsize)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "0", done.stderr
