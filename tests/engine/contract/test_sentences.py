"""What every sentence of the catalogue has to keep to, in every language: spelling, spacing, signs, and number."""

import math
import re

import pytest

from engine.contract.catalogue import load
from engine.contract.language import language_of
from engine.contract.text import LANGUAGES
from gui.panels.working.working_panel import typeset
from tests.arithmetic import read_back
from tests.sentences import headlines, sentences_of, shared_sentences
from tests.walk import EXPERIMENT_IDS, moments

HAN, FULL_WIDTH = "\u4e00-\u9fff", "，。；：、？！（）“”《》"
JAPANESE = language_of("ja")
# Words that are doubled on purpose.
DOUBLED = (
    "一步一步|一批一批|一层一层|一个一个|一笔一笔|一步步|一层层|一批批|慢慢|常常|刚刚|仅仅|往往|恰恰|稍稍|渐渐|个个|试试|看看|"
    "一格一格|一格格|一个窗口一个窗口|整整|两两|处处|悄悄|短短|小小|一点点|一个点一个点|整数数组|浮点数数组"
)
MARK_UP, SIGNED_ZERO = r"\]\(|\*\*|`|\{", r"[−-]0(\.0+)?(?![\d.e])"
COUNTED = (
    "steps|updates|corrections|mistakes|rows|columns|layers|neurons|units|points|places|images|samples|classes|epochs|"
    "passes|numbers|digits|characters|scores|directions|minutes|hours|days"
)

LAWS = (
    ("no word is doubled", "en", r"\b([A-Za-z]{2,}) \1\b"),
    ("no word is doubled", "zh_CN", rf"([{HAN}]+)\1"),
    ("no word is doubled", "ja", rf"([がにを])\1|([{HAN}ァ-ヺー]{{2,}})\2"),
    ("no mark-up is left", "", MARK_UP),
    (
        "no space stands between characters or beside their marks",
        "zh_CN",
        rf"[{HAN}{FULL_WIDTH}] +[{HAN}{FULL_WIDTH}]|[{FULL_WIDTH}] | [{FULL_WIDTH}]",
    ),
    ("a space stands between Chinese and Latin", "zh_CN", rf"[{HAN}][A-Za-z0-9]|[A-Za-z0-9][{HAN}]"),
    ("Chinese sentences have Chinese marks", "zh_CN", rf"[{HAN}][,;:!?]|[,;:!?][{HAN}]|您"),
    # A value or a formula may stand behind the name that it belongs to: ステップ 1.
    (
        "no space stands between Japanese letters, beside their marks, or between hiragana and Latin",
        "ja",
        rf"[ぁ-ゖ] [A-Za-z0-9]|[A-Za-z0-9] [ぁ-ゖ]|[{JAPANESE.letters}] +[{JAPANESE.letters}]"
        rf"|[{JAPANESE.marks}] | [{JAPANESE.marks}]",
    ),
    ("Japanese sentences have Japanese marks", "ja", rf"[{JAPANESE.letters}][,;:!?]|[,;:!?][{JAPANESE.letters}]"),
    ("no space stands before a percent sign", "", r"\d [%％]"),
    ("zero has no sign", "", SIGNED_ZERO),
    ("one of something is in the singular", "en", rf"(?<![\w.,−/×^])1 ({COUNTED})\b"),
)
"""A name, a language, or none if it is for all, and a pattern that may not occur."""


def _breaches(said):
    """What breaks a law among the sentences that ``said(language)`` gives."""
    every = {language: {sentence: place for place, sentence in said(language)} for language in LANGUAGES}
    return [
        f"{law}: {place}: {match[0]!r} in {sentence!r}"
        for law, of_one, pattern in LAWS
        for language in every
        if of_one in ("", language)
        for sentence, place in every[language].items()
        if (match := re.search(pattern, _without_doubled(sentence) if law == "no word is doubled" else sentence))
    ]


@pytest.mark.long
@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
def test_what_is_said_of_an_experiment_is_written_well(experiment_id):
    assert _breaches(lambda language: sentences_of(experiment_id, language)) == []


def test_what_is_said_of_chapters_and_terms_is_written_well():
    assert _breaches(shared_sentences) == []


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "It is is so."), ("zh_CN", "这是是对的。"), ("en", "a `b`"), ("zh_CN", "误差 很小。"),
        ("zh_CN", "有3个"), ("ja", "値をを足す。"), ("ja", "重み は大きい"), ("ja", "bは 2です"), ("ja", "はい,そう"),
        ("zh_CN", "好,对"), ("en", "5 %"), ("zh_CN", "是 −0.0。"), ("en", "1 steps"), ("zh_CN", "您好"),
    ],
)  # fmt: skip
def test_what_breaks_a_law_is_found(language, sentence):
    assert _breaches(lambda one: [("here", sentence)] if one == language else []) or language not in LANGUAGES


def _without_doubled(sentence):
    return re.sub(DOUBLED, "·", sentence)


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
