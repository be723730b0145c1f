"""The learner: progress stored in the settings, with methods for every event that counts."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date

from PySide6.QtCore import QObject, Signal

from engine.contract.catalogue import chapters, entries
from engine.lessons.answers import Answers
from gui.app.settings import Settings
from gui.learner.progress import Given, Progress
from gui.learner.records import OwnDigit, TakenTest

OWN_NETWORK = "own_network"
"""The key of the progress in the learner's own network, whose solved stations are stored as written exercises."""
_RIGHT = ".right"
"""The suffix of an exercise's id under which the sources that passed its checks are stored."""
_MOST_OTHERS = 50
"""The most experiments unknown to this version whose progress is kept."""


class Learner(QObject):
    """The learner's progress. Every change is stored at once, and then ``changed`` is emitted. ``today`` returns the
    local day.
    """

    changed = Signal()

    def __init__(
        self, settings: Settings, parent: QObject | None = None, today: Callable[[], date] = date.today
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self.today = today

    def progress(self, experiment_id: str) -> Progress:
        """The progress in an experiment."""
        return self._settings.progress(experiment_id)

    def whole_progress(self) -> dict[str, Progress]:
        """The progress by experiment, including what other windows stored."""
        self._settings.save()
        return self._settings.whole_progress()

    @property
    def asks_again(self) -> bool:
        """Whether old questions are asked again."""
        return self._settings.asks_again

    def set_asks_again(self, asks: bool) -> None:
        """Set whether old questions are asked again on later days; answers are stored in any case."""
        self._settings.asks_again = asks
        self._settings.save()
        self.changed.emit()

    # What was done

    def touch(self, experiment_id: str) -> None:
        """Note that the learner changed something in an experiment by hand."""
        self._add(experiment_id, Progress(touched=True))

    def follow(self, experiment_id: str, tries: Iterable[str]) -> None:
        """Note that the guide's tries with these keys were followed, that is, applied or answered."""
        self._add(experiment_id, Progress(followed=frozenset(tries)))

    def reach(self, experiment_id: str, goal: str, setting: str = "") -> None:
        """Note that a goal was reached; ``setting`` are the parameters that reached it, as JSON, or "" if unknown."""
        self._change(experiment_id, lambda progress: progress.reached(goal, setting))

    def read_hint(self, experiment_id: str, goal: str, count: int) -> None:
        """Note that ``count`` of a goal's hints were read."""
        self._change(experiment_id, lambda progress: progress.hinted(goal, count))

    def answer(
        self,
        experiment_id: str,
        question: str,
        right: bool | None,
        variant: int | None = None,
        given: Given | None = None,
        followed: bool = False,
    ) -> None:
        """Note the answer to a try's question: right, wrong, or None for "not sure". ``followed``: the question was
        answered in its guide, so the try also counts as followed.
        """
        today, also = self.today(), Progress(followed=frozenset({question} if followed else ()))
        self._change(
            experiment_id, lambda progress: progress.merged(also).answered(question, right, today, variant, given)
        )

    def ask_again(self, experiment_id: str, question: str) -> None:
        """Put a try's question into the first box of the spaced repetition, so that it is asked soon, since a related
        answer in a test was wrong.
        """
        self._change(experiment_id, lambda progress: progress.to_be_asked_again(question, self.today()))

    def tests(self, chapter: int) -> tuple[TakenTest, ...]:
        """The stored tests of a chapter, the oldest first; the last one may be unfinished."""
        return self.progress(chapter_key(chapter)).tests

    def keep_test(self, chapter: int, test: TakenTest) -> None:
        """Store a chapter's test with its answers so far."""
        self._change(chapter_key(chapter), lambda progress: progress.took(test))

    def forms(self, chapter: int) -> Mapping[str, TakenTest]:
        """The forms (six questions each) before and after a chapter that were begun, by ``BEFORE`` and ``AFTER``."""
        return self.progress(chapter_key(chapter)).forms

    def keep_form(self, chapter: int, part: str, form: TakenTest) -> None:
        """Store the form before or after a chapter with its answers so far."""
        self._change(chapter_key(chapter), lambda progress: progress.with_form(part, form))

    def check(self, experiment_id: str, exercise: str) -> None:
        """Count one more check of an exercise."""
        self._change(experiment_id, lambda progress: progress.checked(exercise))

    def lesson(self, digest: str) -> Answers | None:
        """The answers in the lesson with this digest; None if none are stored."""
        return self.progress(lesson_key(digest)).lesson

    def keep_lesson(self, answers: Answers) -> None:
        """Store the answers given in a lesson so far and the step that is open, merged with what other windows
        stored.
        """

        def change(progress: Progress) -> Progress:
            known = progress.lesson
            return dataclasses.replace(progress, lesson=answers.joined(known) if known is not None else answers)

        self._change(lesson_key(answers.digest), change)

    def write(self, experiment_id: str, exercise: str) -> None:
        """Note that an exercise was solved: all its checks pass."""
        self._change(experiment_id, lambda progress: progress.wrote(exercise, self.today()))

    def reach_accuracy(self, share: float) -> None:
        """Note the accuracy of the learner's own network on the test digits after a training, from 0 to 1; the best one
        is kept.
        """
        if share > self.progress(OWN_NETWORK).best_accuracy:
            self._add(OWN_NETWORK, Progress(best_accuracy=share))

    def draw_digit(self, digit: OwnDigit) -> None:
        """Store the digit that was drawn for the learner's own network, in place of the one before."""
        self._change(OWN_NETWORK, lambda progress: dataclasses.replace(progress, digit=digit))

    def read_answer(self, experiment_id: str, exercise: str) -> None:
        """Note that the learner read our code for an exercise."""
        self._change(experiment_id, lambda progress: progress.read_answer(exercise, self.today()))

    def order_lines(self, experiment_id: str, exercise: str) -> None:
        """Note that our lines of an exercise were given to be put in order; solving it counts all the same."""
        self._change(experiment_id, lambda progress: progress.with_ordered(exercise))

    def keep_line(self, experiment_id: str, line: str, typed: str) -> None:
        """Store a finished line of a derivation as the learner typed it; "" if the program showed it."""
        self._change(experiment_id, lambda progress: progress.with_line(line, typed))

    def derive(self, experiment_id: str, derivation: str) -> None:
        """Note that all lines of a derivation were typed by the learner."""
        self._change(experiment_id, lambda progress: progress.derived_whole(derivation, self.today()))

    def answer_piece(self, experiment_id: str, piece: str, right: bool | None, turn: int) -> None:
        """Note whether the blanked line of an old piece of code or derivation was written right; None for "not sure".
        ``turn`` is how many of its lines were asked for before.
        """
        self._change(experiment_id, lambda progress: progress.answered_piece(piece, right, self.today(), turn))

    def forget_lines(self, experiment_id: str, derivation: str) -> None:
        """Delete the stored lines of a derivation, so that it starts again; it still counts as derived."""
        self._change(experiment_id, lambda progress: progress.without_lines(derivation))

    def versions(self, exercise: str) -> tuple[str, ...]:
        """The stored sources of an exercise, the newest first."""
        return self._settings.versions(exercise)

    def source(self, exercise: str) -> str | None:
        """The newest source of an exercise; None if there is none."""
        return next(iter(self.versions(exercise)), None)

    def right_source(self, exercise: str) -> str | None:
        """The newest source of an exercise that passed its checks; None if there is none."""
        return self.source(exercise + _RIGHT)

    def keep_right_source(self, exercise: str, source: str) -> None:
        """Store a source of an exercise that passed its checks."""
        self.keep_source(exercise + _RIGHT, source)

    def keep_source(self, exercise: str, source: str) -> None:
        """Store a source of an exercise as the newest one."""
        self._settings.keep_version(exercise, source)

    def merge(self, whole: Mapping[str, Progress]) -> bool:
        """Merge progress from elsewhere, given by experiment; False if some of it was left out.

        Left out is what exceeds the limits: too much progress in one experiment, or too many experiments unknown to
        this version.
        """
        kept, today = self.whole_progress(), self.today()
        ours = {entry.id for entry in entries()} | {chapter_key(chapter.number) for chapter in chapters()}
        ours |= {OWN_NETWORK}
        known = ours | kept.keys()
        others = [name for name in sorted(whole) if name not in known]
        room = max(0, _MOST_OTHERS - len(kept.keys() - ours))
        added = {
            name: progress.with_days_until(today)
            for name, progress in whole.items()
            if name in known or name in others[:room]
        }
        self._settings.change_progress({name: _merging(progress) for name, progress in added.items()})
        self.changed.emit()
        return len(added) == len(whole) and all(
            kept.get(name, Progress()).merged(progress).is_bounded for name, progress in added.items()
        )

    def erase(self, names: Collection[str] | None = None) -> None:
        """Delete all progress, or only that under these keys."""
        self._settings.erase_progress(names)
        self.changed.emit()

    def _add(self, experiment_id: str, progress: Progress) -> None:
        self._change(experiment_id, progress.merged)

    def _change(self, experiment_id: str, change: Callable[[Progress], Progress]) -> None:
        self._settings.change_progress({experiment_id: change})
        self.changed.emit()


def chapter_key(chapter: int) -> str:
    """The settings key of a chapter's progress."""
    return f"chapter_{chapter}"


def lesson_key(digest: str) -> str:
    """The settings key of a lesson's answers."""
    return f"lesson_{digest}"


def _merging(other: Progress) -> Callable[[Progress], Progress]:
    """A function that merges ``other`` into a progress, or returns that unchanged if it would get too large."""

    def merged(before: Progress) -> Progress:
        after = before.merged(other)
        return after if after.is_bounded else before

    return merged
