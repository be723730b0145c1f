"""How what is typed is matched: what is exact is first, a letter less loses nothing, and both languages are meant."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from engine.contract.language import LANGUAGES
from engine.contract.text import text_of
from engine.search.entry import KINDS, SENTENCES, Entry
from engine.search.index import MOST, Closeness, Index, Query
from engine.search.things import experiments, read
from engine.search.words import characters_by_letter, is_unspaced, words_in

_ALL = [*experiments(), *read()]
_INDEX = Index(_ALL)
_LETTERS = some.text("abeglnrstxz 1=感知机梯度率−×()", min_size=1, max_size=12)


def _titles(found, language):
    return [one.title.render(language) for one in found]


def _named(**names):
    return Index([Entry("term", text_of({"en": en, "zh_CN": zh}), id) for id, (en, zh) in names.items()])


def _meant(typed, language="en"):
    """Everything that agrees with what was typed, loosely too."""
    query = Query(typed, language, _INDEX._initials)
    return {
        one.entry.target for one in _INDEX.all if query.find(one) is not None or query.guess(one) is not None
    }  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("start", [0, *(pytest.param(one, marks=pytest.mark.whole) for one in range(1, 9))])
def test_whatever_is_typed_in_full_is_first_in_either_language(language, start):
    for reader in LANGUAGES:
        for one in _ALL[start::9]:
            title = one.title.render(language)
            first = _INDEX.find(title, reader, one.experiment)[0]
            names = {first.title.render(each) for each in LANGUAGES}
            aliases = {name for each in LANGUAGES for name in first.others.get(each, ())}
            assert words_in(title) in [words_in(name) for name in names | aliases], title


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("lambda W", "loss_gradient"), ("np.arange", "picked"), ("col2im", "col2im"), ("Nesterov", "mend_nesterov"),
        ("im2col transpose", "convolution"), ("im2col 六个轴", "convolution"), ("col[:, :, y, x", "convolution"),
        ("row by row", "numerical_differentiation"), ("逐行", "numerical_differentiation"),
    ],
)  # fmt: skip
def test_what_readers_of_the_book_ask_most_is_found_by_their_words(language, typed, wanted):
    assert any(wanted in one.target for one in _INDEX.find(typed, language)[:3]), typed


@settings(max_examples=40)
@given(typed=_LETTERS)
def test_what_is_meant_stays_when_the_last_letter_goes(typed):
    shorter = typed[:-1]
    if words_in(shorter):
        assert _meant(typed) <= _meant(shorter)


def test_what_is_meant_by_a_title_stays_all_the_way_back():
    for one in _ALL[:: len(_ALL) // 12]:
        for language in LANGUAGES:
            title = one.title.render(language)[:24]
            for end in range(len(title), 0, -1):
                if words_in(title[:end]):
                    query = Query(title[:end], language, _INDEX._initials)
                    found = next(each for each in _INDEX.all if each.entry is one)
                    assert query.find(found) or query.guess(found), title[:end]


def test_a_beginning_comes_before_the_beginning_of_a_word_before_words_in_another_order_before_letters():
    index = _named(
        letters=("r e t", "丁"), order=("tear of a rate", "丙"), word=("no rate tear", "乙"),
        first=("rate tear x", "甲"), whole=("rate tear", "戊"),
    )  # fmt: skip
    assert [one.id for one in index.find("rate tear", "en")] == ["whole", "first", "word", "order"]
    assert [one.id for one in index.find("ret", "en")] == ["letters"]


def test_scattered_letters_count_only_where_nothing_else_does():
    assert _titles(_INDEX.find("bnorm", "en"), "en")[0] == "Batch normalization"
    query = Query("bnorm", "en", _INDEX._initials)
    assert not any(query.find(one) for one in _INDEX.all)
    assert all(found.closeness >= Closeness.PART for one in _INDEX.all if (found := query.guess(one)) is not None)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("gzj", "感知机"), ("tdxjf", "梯度下降法"), ("xxl", "学习率"), ("jhhs", "激活函数"), ("fxcb", "反向传播"),
        ("xxlgzj", None), ("GZJ", "感知机"), ("ymhs", None),
    ],
)  # fmt: skip
def test_first_letters_of_pinyin_find_chinese_names(typed, wanted):
    for language in LANGUAGES:
        found = _titles(_INDEX.find(typed, language), "zh_CN")
        assert wanted is None or any(title.startswith(wanted) for title in found[:4]), found


def test_first_letters_go_on_among_latin_ones_and_every_reading_counts():
    index = _named(xor=("gate", "XOR 门"), rate=("learning rate", "学习率"), bank=("row", "行"), walk=("go", "走"))
    assert [one.id for one in index.find("xorm", "en")] == ["xor"]
    assert [one.id for one in index.find("xxl", "en")] == ["rate"] == [one.id for one in index.find("xxs", "en")]
    assert [one.id for one in index.find("h", "en")] == ["bank"]
    assert [one.id for one in index.find("lr", "zh_CN")] == ["rate"]


def test_every_character_that_is_searched_has_its_letter():
    have = set("".join(characters_by_letter().values()))
    names = {name for one in _INDEX.all for name in one.names if name.language == "zh_CN"}
    assert {sign for name in names for sign in name.tight if is_unspaced(sign)} <= have
    assert "感" in characters_by_letter()["g"] and "率" in characters_by_letter()["l"] + characters_by_letter()["s"]


def test_the_visible_experiment_comes_first_among_equals():
    for here in ("training", "cnn", "descent"):
        found = [one for one in _INDEX.find("learning rate η", "en", here) if one.kind == "parameter"]
        assert found[0].experiment == here and len(found) > 3
        assert _INDEX.find("学习率 η", "zh_CN", here)[0].experiment == here


def test_an_experiment_is_found_by_its_number_and_all_that_stands_in_it_by_its_name():
    assert _INDEX.find("2.2", "en")[0].target == ("experiment", "xor", "xor")
    found = _INDEX.find("xor", "en")
    assert found[0].kind == "experiment" and len(found) == len({one.target for one in found}) <= MOST
    assert {one.kind for one in _INDEX.find("xor goal", "en")} == {"goal"}


def test_english_and_chinese_find_the_same_thing_whatever_is_read():
    for language in LANGUAGES:
        for typed in ("gradient descent", "梯度下降法", "梯度 下降"):
            assert ("experiment", "descent", "descent") in [one.target for one in _INDEX.find(typed, language)[:4]]


@pytest.mark.parametrize("typed", ["", " ", "…", "-", "?!", "　", "_", "\u200b"])
def test_what_has_no_word_in_it_finds_nothing(typed):
    assert _INDEX.find(typed, "en") == []


@pytest.mark.parametrize("typed", ["(", "[a-", "\\", "a" * 200, "x×−", "%s{", "\U0001f600", "é", "\x00b"])
def test_odd_signs_are_no_fault(typed):
    for language in LANGUAGES:
        _INDEX.find(typed, language)


def test_names_differ_in_width_case_and_hyphens_only_by_looks():
    for typed in ("ＲＥＬＵ", "relu", "ReLU"):
        assert "ReLU" in _titles(_INDEX.find(typed, "en")[:3], "en")
    assert words_in("Mini-batch, η = 0.1") == ["mini", "batch", "η", "0", "1"] == words_in("mini batch η 0 1")
    assert words_in("梯度descent下降") == ["梯度", "descent", "下降"]


def test_sentences_are_not_found_by_scattered_letters():
    for kind in SENTENCES:
        index = Index([Entry(kind, text_of({"en": "go on until all is done", "zh_CN": "一直走到底"}), "a")])
        assert not index.find("gud", "en") and index.find("yzz", "en") and index.find("until go", "en")


def test_a_key_costs_no_more_than_reading_through_all_names_a_few_times():
    everything = [name.spaced for one in _INDEX.all for name in one.names]

    def best(work, times=5):
        spent = []
        for _ in range(times):
            began = time.process_time()
            work()
            spent.append(time.process_time() - began)
        return min(spent)

    # A step of the interpreter for every name: some 0.5 ms, of which a key may cost 40.
    one_reading = best(lambda: [name.casefold() for name in everything])
    for typed in ("e", "s", "zzzz", "learning rate", "gzj", "梯度"):
        assert best(lambda typed=typed: _INDEX.find(typed, "en")) < 40 * one_reading


def test_kinds_have_a_name_each():
    assert {one.kind for one in _ALL} | {"command"} == set(KINDS)
