"""What every sentence of the catalogue has to keep to, in both languages: spelling, spacing, signs, and number."""

import math
import re

import pytest

from engine.contract.catalogue import load
from engine.contract.text import LANGUAGES
from gui.shell.panels.working_panel import typeset
from tests.arithmetic import read_back
from tests.sentences import every_sentence, headlines
from tests.walk import EXPERIMENT_IDS, moments

HAN, FULL_WIDTH = "\u4e00-\u9fff", "，。；：、？！（）“”《》"
# Words that are doubled on purpose.
DOUBLED = (
    "一步一步|一批一批|一层一层|一个一个|一笔一笔|一步步|一层层|一批批|慢慢|常常|刚刚|仅仅|往往|恰恰|稍稍|渐渐|个个|试试|看看|"
    "一格一格|一格格|一个窗口一个窗口|整整|两两|处处|悄悄|短短|小小|一点点|一个点一个点|整数数组|浮点数数组"
)
COUNTED = (
    "steps|updates|corrections|mistakes|rows|columns|layers|neurons|units|points|places|images|samples|classes|epochs|"
    "passes|numbers|digits|characters|scores|directions|minutes|hours|days"
)

by_language = pytest.mark.parametrize("language", LANGUAGES)


def _breaking(language: str, pattern: str) -> list[str]:
    """The sentences in which a pattern occurs, each with its place and what was found."""
    found = ((place, said, re.search(pattern, said)) for place, said in every_sentence(language))
    return [f"{place}: {match[0]!r} in {said!r}" for place, said, match in found if match]


def test_no_english_word_is_doubled():
    assert _breaking("en", r"\b([A-Za-z]{2,}) \1\b") == []


def test_no_chinese_word_is_doubled():
    found = [
        f"{place}: {said}"
        for place, said in every_sentence("zh_CN")
        if re.search(rf"([{HAN}]+)\1", re.sub(DOUBLED, "·", said))
    ]
    assert found == []


@by_language
def test_no_mark_up_is_left(language):
    assert _breaking(language, r"\]\(|\*\*|`|\{") == []


def test_there_is_no_space_between_chinese_characters_or_beside_their_marks():
    assert _breaking("zh_CN", rf"[{HAN}{FULL_WIDTH}] +[{HAN}{FULL_WIDTH}]|[{FULL_WIDTH}] | [{FULL_WIDTH}]") == []


def test_a_space_stands_between_chinese_and_latin():
    assert _breaking("zh_CN", rf"[{HAN}][A-Za-z0-9]|[A-Za-z0-9][{HAN}]") == []


def test_chinese_sentences_have_chinese_marks():
    assert _breaking("zh_CN", rf"[{HAN}][,;:!?]|[,;:!?][{HAN}]|您") == []


@by_language
def test_no_space_stands_before_a_percent_sign(language):
    assert _breaking(language, r"\d [%％]") == []


@by_language
def test_zero_has_no_sign(language):
    assert _breaking(language, r"[−-]0(\.0+)?(?![\d.e])") == []


def test_one_of_something_is_in_the_singular():
    assert _breaking("en", rf"(?<![\w.,−/×^])1 ({COUNTED})\b") == []


@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
def test_an_english_headline_begins_with_a_capital_letter_or_a_formula(experiment_id):
    """A formula may begin with a small letter: y = 0.6, or sin(x); a word may not."""
    assert [said for said in headlines(experiment_id, "en") if re.match(r"[a-z]{2,}\b(?!\()", said[1])] == []


@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
def test_whoever_redoes_the_arithmetic_that_is_shown_gets_its_result(experiment_id):
    experiment, wrong = load(experiment_id), set()
    for name, params, frame in moments(experiment_id):
        for line in experiment.working(params, frame):
            shown = typeset(line.arithmetic())
            if not math.isclose(read_back(shown), line.result, rel_tol=1e-3, abs_tol=1e-9):
                wrong.add(f"{name}: {line.left} = {shown} = {line.result_text()}")
    assert sorted(wrong) == []
