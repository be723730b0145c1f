"""The page to print: every kind of record stands on it, in every language, and nothing but what was done."""

from __future__ import annotations

import dataclasses
import json
import re
from datetime import date, timedelta

import pytest

from engine.chapter_tests import draw_test
from engine.chapter_tests.question import SentenceQuestion
from engine.contract.catalogue import chapters, entries, entry_of
from engine.contract.language import CHINESE, language_of
from engine.contract.text import LANGUAGES, Refused
from engine.derivations import derivations_of
from engine.derivations.reading import load_words
from engine.exercises import exercises_of
from engine.guides.guide import load_guide
from engine.lessons import shipped_lessons
from engine.lessons.reading import read_lesson
from engine.lessons.unanswered import no_answers
from gui.learner.learner import chapter_key
from gui.learner.printed.document import write_page
from gui.learner.printed.kinds import OF_CHAPTERS, OF_EXPERIMENTS
from gui.learner.printed.page import page_html
from gui.learner.progress import TRUE_REASON, Given, Progress, read_progress
from gui.learner.progress_files import progress_text
from gui.learner.records import AnswerInTest, TakenTest
from start.command_line import BAD_INPUT, main

TODAY = date(2026, 3, 1)
ASKED = next(one for one in load_guide("descent", "en").tries if one.answers)
GOAL = load_guide("descent", "en").goals[0]
EXERCISE = exercises_of("descent")[0]
DERIVATION = derivations_of("gradient_field")[0]
CHAPTER_4 = [chapter for chapter in chapters() if chapter.number == 4]


def _whole():
    """What somebody did in chapter 4, of every kind."""
    right, wrong = (ASKED.answers[place].key for place in (0, 1))
    done = Progress(touched=True)
    done = done.answered(ASKED.key, False, TODAY, None, Given(wrong, right))
    done = done.answered(ASKED.key, True, TODAY + timedelta(2), None, Given(right, right))
    done = done.hinted(GOAL.key, 2).reached(GOAL.key, json.dumps({"learning_rate": 5.2}))
    done = done.wrote(EXERCISE.id, TODAY)
    answers = [AnswerInTest(one.maker.id, "", one.maker.id != "fate") for one in draw_test(4, 5)]
    answers[-1] = AnswerInTest(answers[-1].question, "what I think <of it>", True)
    derived = Progress(derived=frozenset({DERIVATION.id}), lines={f"{DERIVATION.id}/{DERIVATION.lines[0].id}": "w0+0"})
    return {
        "descent": done,
        "gradient_field": derived,
        chapter_key(4): Progress(tests=(TakenTest(5, TODAY, tuple(answers)),)),
    }


def _lesson_done():
    """A lesson of which the first question was answered wrongly and the first goal reached."""
    none = no_answers(read_lesson(shipped_lessons()[0]))
    answered = none.with_step(0, none.steps[0].answered(0, "Two <so>", False, 2))
    return answered.with_step(1, dataclasses.replace(answered.steps[1], reached=True))


def test_a_lesson_stands_on_the_page_of_its_chapters_and_comes_back_from_a_file():
    whole = {"lesson_0123456789abcdef": Progress(lesson=_lesson_done())}
    again = read_progress(json.loads(json.dumps(whole["lesson_0123456789abcdef"].to_json())))
    assert again == whole["lesson_0123456789abcdef"] and again.merged(Progress()) == again
    page = page_html(chapters(), whole, "en", TODAY)
    assert "XOR in 20 minutes: 0 of 4 questions right at once" in page
    assert "1 One neuron, one line: × Two &lt;so&gt;" in page and "2 Your turn: OR: ✓ goal reached" in page
    assert "3 XOR" not in page
    assert "20 分钟弄懂异或：4 个问题，一次答对 0 个" in page_html(chapters(), whole, "zh_CN", TODAY)
    assert "XOR in 20 minutes" not in page_html(CHAPTER_4, whole, "en", TODAY)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_record_stands_on_the_page(language):
    page = page_html(CHAPTER_4, _whole(), language, TODAY)
    guide = load_guide("descent", language)
    asked = next(one for one in guide.tries if one.key == ASKED.key)
    text = re.sub(r"<[^>]+>", " ", page).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    for kind in (*OF_EXPERIMENTS, *OF_CHAPTERS):
        assert kind.heading.render(language) in text
    first, later = text.index(asked.answers[1].words), text.rindex(asked.answers[0].words)
    assert first < later
    assert "2026-03-01" in text and "2026-03-03" in text
    assert guide.goals[0].words in text and "5.2" in text
    assert EXERCISE.title.render(language) in text
    derivation = load_words(DERIVATION.id, language)
    assert derivation.title in text and derivation.lines[0].gap.filled("w0+0") in text
    last = draw_test(4, 5)[-1].question
    assert isinstance(last, SentenceQuestion)
    assert "what I think <of it>" in text and last.model.render(language) in text
    missed = next(one.question for one in draw_test(4, 5) if one.maker.id == "fate")
    assert all(words.render(language) in text for words in (missed.words, missed.right))
    assert entry_of("differentiation").name.render(language) in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_fonts_of_the_language_stand_before_those_of_another(language):
    families = re.findall(
        r'"([^"]+)"', re.search(r"font-family: ([^;]+);", page_html(CHAPTER_4, {}, language, TODAY))[1]
    )
    own = language_of(language).families
    assert families[0] == "Noto Sans" and tuple(families[1 : 1 + len(own)]) == own
    assert set(language_of(CHINESE).families) <= set(families)


def test_a_reason_stands_behind_its_answer_and_how_sure_one_was():
    experiment_id, asked = next(
        (entry.id, one) for entry in entries() for one in load_guide(entry.id, "en").tries if one.reasons
    )
    wrong = next(reason for reason in asked.reasons if not reason.is_right)
    right = asked.answers[0].key
    done = Progress().answered(asked.key, False, TODAY, None, Given(right, right, wrong.refuted.key, True))
    done = done.answered(asked.key, True, TODAY, None, Given(right, right, TRUE_REASON, False))
    page = page_html(chapters(), {experiment_id: done}, "en", TODAY)
    true = next(reason for reason in asked.reasons if reason.is_right)
    assert f"because: × {wrong.words} (sure)" in page and f"because: ✓ {true.words} (guessed)" in page
    # The answer was right both times.
    answer = asked.answers[0].words
    assert f"first ✓ {answer}, because: ×" in page and f"later ✓ {answer}, because: ✓" in page
    assert "right: " not in page


def test_it_needs_nothing_else_and_has_a_name_only_if_one_was_typed():
    page = page_html(CHAPTER_4, _whole(), "en", TODAY, "Ann <b>")
    assert not re.search(r"https?:|src=|@import|url\(", page)
    assert "Ann &lt;b&gt;" in page and "<b>" not in page
    assert "Name" not in page_html(CHAPTER_4, _whole(), "en", TODAY, "  ")


def test_where_nothing_was_done_it_says_so_and_all_chapters_stand_on_one_page():
    page = page_html(chapters(), _whole(), "en", TODAY)
    assert page.count("<h2>") == len([chapter for chapter in chapters() if chapter.entries])
    assert page.count("Nothing was answered") == page.count("<h2>") - 1


def test_what_another_version_has_kept_is_left_out():
    odd = Progress().answered("0" * 8, True, TODAY, 7).reached(GOAL.key, json.dumps({"no_such": 1}))
    tests = Progress(tests=(TakenTest(5, TODAY, (AnswerInTest("no_such_question", 1.0, True),)),))
    page = page_html(CHAPTER_4, {"descent": odd, chapter_key(4): tests}, "en", TODAY)
    assert GOAL.words in page and "no_such" not in page


def test_it_is_written_as_html_and_as_sheets(qapp, tmp_path):
    page = page_html(chapters(), _whole(), "zh_CN", TODAY)
    write_page(page, tmp_path / "page.html", "zh_CN")
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == page
    write_page(page, tmp_path / "page.pdf", "zh_CN")
    content = (tmp_path / "page.pdf").read_bytes()
    assert content.startswith(b"%PDF") and content.count(b"/Type /Page\n") >= 1
    with pytest.raises(Refused, match="suffixes"):
        write_page(page, tmp_path / "page.doc", "en")


def test_the_command_writes_it_from_exported_progress(tmp_path, capsys):
    kept = tmp_path / "kept.json"
    kept.write_text(progress_text(_whole()), encoding="utf-8")
    out = tmp_path / "page.html"
    given = ["page", "--progress", str(kept), "--language", "en"]
    assert main([*given, "--chapter", "4", "--name", "Ann", "-o", str(out)]) == 0
    page = out.read_text(encoding="utf-8")
    assert "Ann" in page and GOAL.words.replace("&", "&amp;").replace("<", "&lt;") in page
    assert main([*given, "--chapter", "9", "-o", str(out)]) == BAD_INPUT
    assert main(given) == BAD_INPUT
    assert main([*given, "-o", str(tmp_path / "page.doc")]) == BAD_INPUT
    assert not (tmp_path / "page.doc").exists()
    assert main(["page", "--help"]) == 0
    assert "--chapter" in capsys.readouterr().out
