"""The kinds of records on the page to print, each with its heading and the rows that it makes from the progress.

A new kind is one more entry of ``OF_EXPERIMENTS``, ``OF_CHAPTERS`` or ``OF_LESSONS``. Nothing here uses Qt.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from engine.chapter_tests import Drawn, draw_test
from engine.chapter_tests.question import ChoiceQuestion, NumberQuestion, SentenceQuestion, number
from engine.contract.catalogue import load
from engine.contract.frame import spelled
from engine.contract.params import changed_texts
from engine.contract.text import Refused, Text, enumerated, notation
from engine.derivations import ids_of as derivation_ids_of
from engine.derivations.reading import load_words
from engine.exercises import exercises_of, ids_of
from engine.glossary import term
from engine.guides.guide import load_guide
from engine.guides.tries import Try
from engine.lessons.answers import Done
from gui.learner.progress import TRUE_REASON, Progress, json_in
from gui.learner.records import Answered, AnswerInTest, TakenTest

RIGHT, WRONG, UNSURE, OPEN = "✓", "×", "○", "–"

_BETWEEN = " · "


@dataclass(frozen=True)
class Row:
    """A record on the page: a symbol (✓ × ○ –), its title, and lines of details."""

    mark: str
    words: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class RecordKind:
    """A kind of record: its heading, and a function ``rows(subject, progress, language)``, where the subject is an
    experiment's id, a chapter's number as text, or a lesson's key.
    """

    heading: Text
    rows: Callable[[str, Progress, str], list[Row]]


_ASKED = Text("{words}. {text}")
_FIRST, _LATER = Text("first {answer}"), Text("later {answers}")
_ANSWER = Text("{mark} {answer} ({day})")
_REASON = Text("{answer}, because: {reason} ({sure})")
_SURE, _GUESSED = Text("sure"), Text("guessed")
_NOT_SURE, _NOT_TOLD = Text("not sure"), Text("answered")
_EXPECTED = Text("right: {answer}")
_WITH, _HINTS = Text("With: {changes}"), Text("Hints read: {count}")
_READ = Text("The answer was read on {day}")
_ORDERED = Text("Our lines were put in order")
_SCORE = Text("{right} of {all} right ({day})")
_UNFINISHED = Text("{answered} of {all} answered so far ({day})")
_WRONG = Text("Not right: {concepts}")
_MISSED = Text("{words} Answered: {given}. Right: {right}.")
_SAID = Text("Own words: {said}")
_MODEL = Text("The program's words: {model}")

_LESSON = Text("{title}: {right} of {all} questions right at once")
_STEP = Text("{number} {title}: {done}")
_SAID_THERE = notation("{mark} {answer}")
_REACHED_THERE, _SOLVED_THERE = Text("✓ goal reached"), Text("✓ exercise done")


def _questions(experiment_id: str, progress: Progress, language: str) -> list[Row]:
    """Every answered question of the guide, with its first and its later answers."""
    guide, experiment = load_guide(experiment_id, language), load(experiment_id)
    rows = []
    for asked in guide.tries:
        answers = progress.answers.get(asked.key, ())
        if not answers:
            continue

        def told(answer: Answered, asked: Try = asked) -> str:
            varied = asked.varied(experiment, language, _variant(asked, answer.variant))
            words = _words(varied, answer.answer, language) or (
                _NOT_TOLD if answer.right is not None else _NOT_SURE
            ).render(language)
            if reason := _reason(asked, answer):
                sure = _SURE if answer.sure else _GUESSED
                words = _REASON(answer=words, reason=reason, sure=sure).render(language)
            # A right answer with a wrong reason is marked as right; the reason has a symbol of its own.
            is_right = answer.right or (bool(answer.reason) and answer.answer == answer.expected)
            return _ANSWER(mark=_mark(is_right), answer=words, day=answer.day.isoformat()).render(language)

        first, later = answers[0], answers[1:]
        own = asked.varied(experiment, language, _variant(asked, first.variant))
        lines = [_FIRST(answer=told(first)).render(language)]
        was_right = first.right is True or first.answer == first.expected
        if not was_right and (expected := _words(own, first.expected, language)):
            lines.append(_EXPECTED(answer=expected).render(language))
        if later:
            lines.append(_LATER(answers=enumerated([told(one) for one in later])).render(language))
        rows.append(
            Row(
                _mark(answers[-1].right),
                _ASKED(words=own.words, text=own.text).render(language),
                (_BETWEEN.join(lines),),
            )
        )
    return rows


def _goals(experiment_id: str, progress: Progress, language: str) -> list[Row]:
    """The goals reached, with the parameters and the number of hints read; goals not reached only if a hint was
    read.
    """
    experiment = load(experiment_id)
    rows = []
    for goal in load_guide(experiment_id, language).goals:
        reached, hints = goal.key in progress.goals, progress.hints.get(goal.key, 0)
        lines = []
        setting = _setting(progress.reached_with.get(goal.key, ""))
        if setting:
            start = experiment.params_type()
            try:
                changes = [change for _, change in changed_texts(start, type(start).from_json(setting))]
                lines.append(_WITH(changes=enumerated(changes)).render(language))
            except Refused:
                pass  # a parameter of another version
        if hints:
            lines.append(_HINTS(count=hints).render(language))
        if reached or hints:
            rows.append(Row(RIGHT if reached else OPEN, goal.words, tuple(lines)))
    return rows


def _exercises(experiment_id: str, progress: Progress, language: str) -> list[Row]:
    """The exercises that were solved, those for which our code was read, and those for which our lines were put in
    order.
    """
    known = set(ids_of(experiment_id)) & (progress.written | progress.read.keys() | progress.ordered)
    if not known:
        return []
    rows = []
    for exercise in exercises_of(experiment_id):
        if exercise.id not in known:
            continue
        lines = [_ORDERED.render(language)] if exercise.id in progress.ordered else []
        if exercise.id in progress.read:
            lines.append(_READ(day=progress.read[exercise.id].isoformat()).render(language))
        mark = RIGHT if exercise.id in progress.written else OPEN
        rows.append(Row(mark, exercise.heading.render(language), tuple(lines)))
    return rows


def _derivations(experiment_id: str, progress: Progress, language: str) -> list[Row]:
    """The derivations that were begun, with the formulas that the learner typed; lines that were shown are left out."""
    rows = []
    for name in derivation_ids_of(experiment_id):
        typed = {
            key.partition("/")[2]: one for key, one in progress.lines.items() if key.startswith(f"{name}/") and one
        }
        if typed or name in progress.derived:
            words = load_words(name, language)
            lines = [line.gap.filled(typed[line.id]) for line in words.lines if line.id in typed]
            rows.append(Row(RIGHT if name in progress.derived else OPEN, words.title, tuple(lines)))
    return rows


def _tests(chapter: str, progress: Progress, language: str) -> list[Row]:
    """The tests of a chapter, the oldest first: the score, the wrong answers, and the learner's sentence."""
    return [_test(int(chapter), test, language) for test in progress.tests]


def _test(chapter: int, test: TakenTest, language: str) -> Row:
    drawn = {one.maker.id: one for one in draw_test(chapter, test.seed)}
    answered = [(drawn[one.question], one) for one in test.answers if one.question in drawn]
    words = (_SCORE if test.is_finished else _UNFINISHED)(
        right=test.count_right, answered=len(test.answers), all=len(drawn), day=test.begun.isoformat()
    )
    missed = dict.fromkeys(one.maker.concept for one, answer in answered if not answer.right)
    lines = []
    if missed:
        lines.append(_WRONG(concepts=enumerated([term(concept).name for concept in missed])).render(language))
    for one, answer in answered:
        if isinstance(one.question, SentenceQuestion):
            if isinstance(answer.given, str) and answer.given:
                lines += _sentence(one, answer.given, language)
        elif not answer.right:
            given, right = _answers(one.question, answer)
            lines.append(_MISSED(words=one.question.words, given=given, right=right).render(language))
    return Row(RIGHT if test.is_finished else OPEN, words.render(language), tuple(lines))


def _answers(question: NumberQuestion | ChoiceQuestion, answer: AnswerInTest) -> tuple[Text, Text]:
    """The answer given to a question and the right one, in words."""
    if isinstance(question, NumberQuestion):
        typed = isinstance(answer.given, (int, float))
        return number(float(answer.given)) if typed else _NOT_SURE, number(question.value)
    chosen = next((one.words for one in question.wrong if one.mistake == answer.given), _NOT_SURE)
    return chosen, question.right


def _sentence(drawn: Drawn, said: str, language: str) -> list[str]:
    assert isinstance(drawn.question, SentenceQuestion)
    texts = (drawn.question.words, _SAID(said=said), _MODEL(model=drawn.question.model))
    return [text.render(language) for text in texts]


def _lesson(_: str, progress: Progress, language: str) -> list[Row]:
    """A lesson that was begun: step by step its questions with the first answer, its goals and its exercises."""
    answers = progress.lesson
    if answers is None or not answers.is_begun:
        return []
    lines = [
        _STEP(number=number, title=step.title.text, done=enumerated(told)).render(language)
        for number, step in enumerate(answers.steps, 1)
        if (told := _told_of_step(step))
    ]
    words = _LESSON(title=answers.title.text, right=answers.count_right, all=answers.asked)
    is_whole = all(
        (step.tries or not step.asks) and (step.reached or not step.aims) and (step.solved or not step.exercises)
        for step in answers.steps
    )
    return [Row(RIGHT if is_whole else OPEN, words.render(language), tuple(lines))]


def _told_of_step(step: Done) -> list[Text]:
    told = []
    if step.tries:
        told.append(_SAID_THERE(mark=_mark(step.right), answer=step.said or _NOT_SURE))
    told += [_REACHED_THERE] * step.reached + [_SOLVED_THERE] * step.solved
    return told


def _variant(asked: Try, variant: int | None) -> int | None:
    """The index of the variant with which a question was asked, if the guide still has it; else None."""
    return variant if variant is not None and variant < len(asked.variants) else None


def _words(asked: Try, value: str | float | None, language: str) -> str:
    """An answer as text, or a number as text; "" if unknown."""
    if isinstance(value, str):
        return next((answer.words for answer in asked.answers if answer.key == value), "")
    return "" if value is None else spelled(value, {}).render(language)


def _reason(asked: Try, answer: Answered) -> str:
    """The chosen reason, after ✓ or ×; "" if none was chosen."""
    for one in asked.reasons:
        if answer.reason == (TRUE_REASON if one.refuted is None else one.refuted.key):
            return f"{_mark(one.is_right)} {one.words}"
    return ""


def _setting(text: str) -> Mapping[str, object]:
    found = json_in(text)
    return found if isinstance(found, dict) else {}


def _mark(right: bool | None) -> str:
    return {True: RIGHT, False: WRONG, None: UNSURE}[right]


OF_EXPERIMENTS = (
    RecordKind(Text("Questions"), _questions),
    RecordKind(Text("Goals"), _goals),
    RecordKind(Text("Written"), _exercises),
    RecordKind(Text("Derived"), _derivations),
)
OF_CHAPTERS = (RecordKind(Text("Tests"), _tests),)
OF_LESSONS = (RecordKind(Text("Lessons"), _lesson),)
