"""The one who learns: what they have done, kept in the settings, and what comes next for them."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from datetime import date

from PySide6.QtCore import QObject, Signal

from engine.contract.catalogue import chapters, entries
from engine.lessons.answers import Answers
from gui.app.settings import Settings
from gui.learner.progress import Given, Progress
from gui.learner.records import TakenTest

_MOST_OTHERS = 50
"""So many experiments are kept that this version does not have."""


class Learner(QObject):
    """Every change is written at once; ``changed`` follows it. ``today`` tells the local day."""

    changed = Signal()

    def __init__(
        self, settings: Settings, parent: QObject | None = None, today: Callable[[], date] = date.today
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self.today = today

    def progress(self, experiment_id: str) -> Progress:
        """What was done in an experiment."""
        return self._settings.progress(experiment_id)

    def whole_progress(self) -> dict[str, Progress]:
        """What was done, by experiment, in other windows too."""
        self._settings.save()
        return self._settings.whole_progress()

    @property
    def asks_again(self) -> bool:
        """Whether old questions are asked again."""
        return self._settings.asks_again

    def set_asks_again(self, asks: bool) -> None:
        """Have old questions asked again, or not; what was answered is kept either way."""
        self._settings.asks_again = asks
        self._settings.save()
        self.changed.emit()

    # What was done

    def touch(self, experiment_id: str) -> None:
        """Something was changed by hand."""
        self._add(experiment_id, Progress(touched=True))

    def follow(self, experiment_id: str, tries: Iterable[str]) -> None:
        """Tries with these keys were followed."""
        self._add(experiment_id, Progress(followed=frozenset(tries)))

    def reach(self, experiment_id: str, goal: str, setting: str = "") -> None:
        """The goal with this key was reached, with parameters as JSON, empty where nobody tells them."""
        self._change(experiment_id, lambda progress: progress.reached(goal, setting))

    def read_hint(self, experiment_id: str, goal: str, count: int) -> None:
        """So many hints were read for the goal with this key."""
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
        """The question of the try with this key was answered: right, wrong, or None by who was not sure; in its guide
        the try is ``followed`` with that.
        """
        today, also = self.today(), Progress(followed=frozenset({question} if followed else ()))
        self._change(
            experiment_id, lambda progress: progress.merged(also).answered(question, right, today, variant, given)
        )

    def ask_again(self, experiment_id: str, question: str) -> None:
        """What the try with this key asks was answered wrongly elsewhere: it goes to the first box."""
        self._change(experiment_id, lambda progress: progress.to_be_asked_again(question, self.today()))

    def tests(self, chapter: int) -> tuple[TakenTest, ...]:
        """The tests over a chapter, the oldest first; the last one may not be finished."""
        return self.progress(chapter_key(chapter)).tests

    def keep_test(self, chapter: int, test: TakenTest) -> None:
        """Keep a test over a chapter as far as it was answered."""
        self._change(chapter_key(chapter), lambda progress: progress.took(test))

    def lesson(self, digest: str) -> Answers | None:
        """What was answered in the lesson with this digest; None where nothing is kept of it."""
        return self.progress(lesson_key(digest)).lesson

    def keep_lesson(self, answers: Answers) -> None:
        """Keep what was answered in a lesson so far, here or in another window, and which step is open."""

        def change(progress: Progress) -> Progress:
            known = progress.lesson
            return dataclasses.replace(progress, lesson=answers.joined(known) if known is not None else answers)

        self._change(lesson_key(answers.digest), change)

    def write(self, experiment_id: str, exercise: str) -> None:
        """An exercise was written, and all its checks hold."""
        self._change(experiment_id, lambda progress: progress.wrote(exercise, self.today()))

    def read_answer(self, experiment_id: str, exercise: str) -> None:
        """The answer of an exercise was looked at."""
        self._change(experiment_id, lambda progress: progress.read_answer(exercise, self.today()))

    def keep_line(self, experiment_id: str, line: str, typed: str) -> None:
        """A line of a derivation stands, with what was typed; "" where it was shown."""
        self._change(experiment_id, lambda progress: progress.with_line(line, typed))

    def derive(self, experiment_id: str, derivation: str) -> None:
        """All lines of a derivation were typed by the learner."""
        self._add(experiment_id, Progress(derived=frozenset({derivation})))

    def forget_lines(self, experiment_id: str, derivation: str) -> None:
        """A derivation is begun anew; that it was derived once stays."""
        self._change(experiment_id, lambda progress: progress.without_lines(derivation))

    def versions(self, exercise: str) -> tuple[str, ...]:
        """What is kept of what was written for an exercise, the newest first."""
        return self._settings.versions(exercise)

    def source(self, exercise: str) -> str | None:
        """What was written for an exercise at last; None where nothing was."""
        return next(iter(self.versions(exercise)), None)

    def keep_source(self, exercise: str, source: str) -> None:
        """Keep what is written for an exercise, above what was there before."""
        self._settings.keep_version(exercise, source)

    def merge(self, whole: Mapping[str, Progress]) -> bool:
        """Add what was done elsewhere; False if some of it was left out.

        That is what nobody can have done: more of one experiment than is kept of it, and too many experiments that this
        version does not have.
        """
        kept, today = self.whole_progress(), self.today()
        ours = {entry.id for entry in entries()} | {chapter_key(chapter.number) for chapter in chapters()}
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

    def erase(self) -> None:
        """Forget all that was done."""
        self._settings.erase_progress()
        self.changed.emit()

    def _add(self, experiment_id: str, progress: Progress) -> None:
        self._change(experiment_id, progress.merged)

    def _change(self, experiment_id: str, change: Callable[[Progress], Progress]) -> None:
        self._settings.change_progress({experiment_id: change})
        self.changed.emit()


def chapter_key(chapter: int) -> str:
    """The name under which is kept what was done over a whole chapter."""
    return f"chapter_{chapter}"


def lesson_key(digest: str) -> str:
    """The name under which is kept what was answered in a lesson."""
    return f"lesson_{digest}"


def _merging(other: Progress) -> Callable[[Progress], Progress]:
    """Adds what was done elsewhere, unless that is too much."""

    def merged(before: Progress) -> Progress:
        after = before.merged(other)
        return after if after.is_bounded else before

    return merged
