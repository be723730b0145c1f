"""Leads through a lesson: opens its steps, stores answers, and restores the former state at the end."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from engine.class_file import answers_folder
from engine.contract.catalogue import entry_of
from engine.contract.text import Refused, Text, counted, path_words, sentences
from engine.lessons import SHIPPED, SUFFIX, shipped_lessons
from gui.app.settings import Settings
from gui.learner.learner import Learner
from gui.lessons import words
from gui.window.notice_bar import BRIEF, NoticeBar

if TYPE_CHECKING:
    from engine.guides.tries import Try, Verdict
    from engine.lessons.answers import Answers, Done
    from engine.lessons.lesson import Lesson, Step
    from gui.form.command import FormState
    from gui.lessons.class_answers import ClassAnswers
    from gui.lessons.lesson_panel import LessonPanel
    from gui.lessons.pre_lesson_state import PreLessonState
    from gui.lessons.step_view import StepView
    from gui.page.experiment_page import ExperimentPage
    from gui.panels.guide.try_checker import TryChecker
    from gui.run.runner import Runner
    from gui.run.timeline import TimelineEntry

_SHIPPED = "shipped:"


class Window(Protocol):
    """Protocol with what lessons need of the main window."""

    @property
    def page(self) -> ExperimentPage | None: ...
    @property
    def runner(self) -> Runner: ...
    def page_for(self, experiment_id: str, /) -> ExperimentPage: ...
    def show_experiment(self, experiment_id: str, /) -> None: ...


class Lessons(QObject):
    """Manages the open lesson; emits ``changed`` when another one, or none, is open. Failures are shown as a notice.
    ``answers_wanted`` and ``edit_wanted`` ask for the dialogs that save answers and edit the lesson.

    Modules that only an open lesson needs are imported where they are used, so that the window is painted first.
    """

    changed = Signal()
    answers_wanted = Signal()
    edit_wanted = Signal()

    def __init__(self, window: QWidget, host: Window, notice: NoticeBar, settings: Settings, learner: Learner) -> None:
        super().__init__(window)
        self._window, self._host, self._notice = window, host, notice
        self._settings, self._learner = settings, learner
        self.lesson: Lesson | None = None
        self.answers: Answers | None = None
        self.path: Path | None = None
        self.panel: LessonPanel | None = None
        self._place = -1
        self._before: PreLessonState | None = None
        self._checker: TryChecker | None = None
        self._asked: Try | None = None
        self._opening = False
        self.for_class: ClassAnswers | None = None
        learner.changed.connect(self._look_at_learner)

    @property
    def is_open(self) -> bool:
        """Whether a lesson is open."""
        return self.lesson is not None

    @property
    def step(self) -> Step | None:
        """The step shown; None before the first one, after the last one, and without a lesson."""
        if self.lesson is None or not 0 <= self._place < len(self.lesson.steps):
            return None
        return self.lesson.steps[self._place]

    @property
    def place(self) -> int:
        """The index of the step shown; −1 at the introduction, the number of steps at the end."""
        return self._place

    # Opening and leaving

    def open_path(self, path: Path) -> bool:
        """Open the lesson in a file; False, with a notice, if it fails, and then nothing changes."""
        from engine.lessons.reading import read_lesson

        try:
            lesson = read_lesson(path)
        except Refused as refusal:
            self._notice.show_text(refusal.text)
            return False
        self.open(lesson, path)
        return True

    def open_shipped(self, index: int) -> None:
        """Open a lesson that comes with the program, by its index in ``shipped_lessons``."""
        self.open_path(shipped_lessons()[index])

    def open(self, lesson: Lesson, path: Path | None) -> None:
        """Open a lesson at its introduction, or at the step at which it was left; ``path`` is its file, None if it has
        none.
        """
        from engine.lessons.unanswered import no_answers

        if self.is_open:
            self.leave()
        none = no_answers(lesson)
        kept = self._learner.lesson(none.digest)
        self.lesson, self.path = lesson, path
        self.answers = kept if kept is not None and len(kept.steps) == len(none.steps) else none
        self._settings.lesson = _spelled(path)
        self._make()
        self._hand_on(self.answers)
        if self._host.page is not None:
            # Also if the overview covers the page.
            self._host.show_experiment(self._host.page.experiment.id)
        self._go(self.answers.place)
        self.changed.emit()
        notes = [note for step in lesson.steps for note in step.session.notes]
        # Shipped lessons are proved with every version of the program, so their notes are left out.
        if notes and path not in shipped_lessons():
            self._notice.show_text(sentences(list(dict.fromkeys(notes))))

    def take_up(self) -> bool:
        """Reopen the lesson that was open when the program was closed; False if there was none."""
        named = self._settings.lesson
        if not named:
            return False
        name = named.removeprefix(_SHIPPED)
        if named != name:
            return name in SHIPPED and self.open_path(shipped_lessons()[list(SHIPPED).index(name)])
        from engine.lessons.reading import read_lesson

        try:
            self.open(read_lesson(Path(named)), Path(named))
        except Refused as refusal:
            self._settings.lesson = ""
            self._notice.show_text(words.GONE(reason=refusal.text))
            return False
        return True

    @Slot()
    def leave(self) -> None:
        """Close the lesson, and restore the experiments to their state before it."""
        if not self.is_open or self._before is None or self.panel is None:
            return
        self._release(self._host.page)
        if self._checker is not None:
            self._checker.forget()
        panel, before = self.panel, self._before
        self.lesson = self.answers = self.path = self.panel = self._before = self._asked = None
        self._place = -1
        self._settings.lesson = ""
        self._settings.save()
        panel.setParent(None)
        panel.deleteLater()
        before.give_back(self._host.page_for, self._host.page, self._host.runner)
        self._notice.show_text(words.LEFT, BRIEF)
        self.changed.emit()

    # Going through it

    @Slot()
    def go_on(self) -> None:
        """Go to the next step; after the last one, to the summary."""
        if self.lesson is not None:
            self._go(min(self._place + 1, len(self.lesson.steps)))

    @Slot()
    def go_back(self) -> None:
        """Go to the previous step."""
        self._go(max(self._place - 1, -1))

    @Slot()
    def go_to_step(self) -> None:
        """Return from another experiment to the step, and restore the state at which it starts."""
        self._go(self._place)

    def show_page(self, page: ExperimentPage | None) -> None:
        """Show the lesson's panel in place of the guide on this page, which is shown now."""
        if self.panel is None or page is None:
            return
        page.show_lesson(self.panel)
        wanted = self.step.session.run.experiment if self.step is not None else page.experiment.id
        is_here = wanted == page.experiment.id
        self.panel.show_elsewhere(None if is_here else words.ELSEWHERE(name=entry_of(wanted).name))
        # The experiment's own goal, beside the lesson's task, would be taken for a part of it.
        page.goal_strip.give_way(is_here)
        if is_here and not self._opening:
            self._hold(page)
            page.view.invites = page.view.invites and self._view is None
            if self._view is not None:
                page.set_in_play(self._view.in_play)

    def leave_page(self, page: ExperimentPage) -> None:
        """Unlock the fields that the step locked on a page, which is about to be hidden."""
        if self.is_open:
            self._release(page)

    def state_before(self, experiment_id: str) -> FormState | None:
        """The parameters and seed of an experiment before the lesson used it; None for experiments that it has not
        opened, and without a lesson.
        """
        return self._before.state_of(experiment_id) if self._before is not None else None

    @Slot(object)
    def show_entry(self, entry: TimelineEntry) -> None:
        """Compare the frame shown on the stage with the step's goal."""
        view, page = self._view, self._host.page
        if view is not None and page is not None and page.experiment.id == view.step.session.run.experiment:
            view.show_frame(entry.params, entry.frame)

    # Inside

    @property
    def _view(self) -> StepView | None:
        return self.panel.view if self.panel is not None else None

    def _make(self) -> None:
        from gui.lessons.lesson_panel import LessonPanel
        from gui.lessons.pre_lesson_state import PreLessonState
        from gui.panels.guide.try_checker import TryChecker

        if answers_folder() is not None and self.for_class is None:
            from gui.lessons.class_answers import ClassAnswers

            self.for_class = ClassAnswers(self, self._notice, self._settings)
        self._before = PreLessonState()
        self.panel = panel = LessonPanel()
        panel.back_wanted.connect(self.go_back)
        panel.next_wanted.connect(self.go_on)
        panel.step_wanted.connect(self.go_to_step)
        panel.answers_wanted.connect(self.answers_wanted)
        panel.edit_wanted.connect(self.edit_wanted)
        panel.leave_wanted.connect(self.leave, Qt.ConnectionType.QueuedConnection)
        if self._checker is None:
            self._checker = TryChecker(self)
            self._checker.judged.connect(self._judged)
            self._checker.refused.connect(self._refused)
            self._host.runner.frame_changed.connect(self.show_entry)

    def _go(self, place: int) -> None:
        assert self.lesson is not None and self.answers is not None and self.panel is not None
        if self._checker is not None:
            self._checker.forget()
        self._release(self._host.page)
        self._place = place
        step = self.step
        if step is None:
            if place < 0:
                said = [self.lesson.introduction.text] if self.lesson.introduction else []
                self.panel.show_words(self.lesson.title, [*said, *self._where_to], begins=True)
            else:
                self.panel.show_words(self.lesson.title, self._told(), begins=False)
        else:
            self._open_step(step)
        self._keep(dataclasses.replace(self.answers, place=min(place, len(self.lesson.steps) - 1)))
        self.show_page(self._host.page)
        self.panel.next_button.setFocus()

    def _open_step(self, step: Step) -> None:
        from gui.lessons.step_view import StepView

        assert self.lesson is not None and self.answers is not None and self.panel is not None
        assert self._before is not None
        self._opening = True
        self._host.show_experiment(step.session.run.experiment)
        page = self._host.page
        assert page is not None
        self._before.remember(page, self._host.runner)
        page.controller.open_session(step.session)
        self._opening = False
        view = StepView(step, self.answers.steps[self._place])
        view.chosen.connect(self._chosen)
        view.changed.connect(self._done)
        view.put_back.connect(page.controller.edit)
        view.exercise_wanted.connect(self._show_exercise)
        self.panel.show_step(view, self.lesson.title, self._place + 1, len(self.lesson.steps))
        self._look_at_exercise()

    def _hold(self, page: ExperimentPage) -> None:
        """Lock the fields that the step does not allow to be changed."""
        from engine.lessons.lesson import SEED

        step = self.step
        if step is None:
            return
        locked = step.locked
        names = [name for name in locked if name != SEED]
        page.editor.hold({name: getattr(step.params, name) for name in names}, SEED in locked)
        page.editor.held_back.connect(self._say_held, Qt.ConnectionType.UniqueConnection)
        page.form.hold(names, SEED in locked, words.HELD)

    def _release(self, page: ExperimentPage | None) -> None:
        if page is not None:
            page.editor.hold({})
            page.form.hold((), False, words.HELD)
            page.goal_strip.give_way(False)
            page.show_lesson(None)

    @Slot()
    def _say_held(self) -> None:
        self._notice.show_text(words.HELD, BRIEF)

    def _told(self) -> list[Text]:
        """The texts of the page after the last step: a summary of the results, and where the answers are."""
        assert self.lesson is not None and self.answers is not None
        answers = self.answers
        told = [words.END(title=self.lesson.title.text)]
        if answers.asked:
            told.append(words.SCORE(right=answers.count_right, questions=counted(answers.asked, "question")))
        for text, there, done, things in (
            (words.GOALS, "aims", "reached", lambda every: counted(every, "goal")),
            (words.EXERCISES, "exercises", "solved", lambda every: counted(every, "exercise")),
        ):
            if every := sum(getattr(one, there) for one in answers.steps):
                told.append(text(done=sum(getattr(one, done) for one in answers.steps), all=things(every)))
        return [sentences(told[1:]) if len(told) > 1 else told[0], *(self._where_to or [words.KEPT])]

    @property
    def _where_to(self) -> list[Text]:
        """The sentence that names the class's folder for answers; empty if answers go to no folder."""
        folder = answers_folder()
        return [words.TO_CLASS(folder=path_words(folder))] if folder is not None and self.path is not None else []

    @Slot(object)
    def _chosen(self, asked: Try) -> None:
        """Show the question's try on the stage, and compute its verdict."""
        from engine.contract.experiment import Amount

        page, step = self._host.page, self.step
        if page is None or step is None or self._checker is None:
            return
        self._asked = asked
        experiment = step.experiment
        # A run that the stage already shows at this place is not played again.
        run, runner = asked.run(experiment), self._host.runner
        stop, entry = asked.reach.stop(experiment, run.params), runner.entry
        stands = entry is not None and stop == Amount(entry.update, experiment.unit_ids[0])
        if not stands or runner.run != run or page.editor.params != step.params:
            page.controller.try_out(asked)
        self._checker.check(experiment, asked)

    @Slot(object, object)
    def _judged(self, asked: Try, verdict: Verdict) -> None:
        page, view = self._host.page, self._view
        if view is None or view.row is None or asked is not self._asked:
            return
        if view.show_verdict(verdict) and page is not None:
            page.controller.compare(asked, verdict)

    @Slot(object)
    def _refused(self, reason: Text) -> None:
        if self._view is not None and self._view.row is not None:
            self._view.show_refusal(reason)

    @Slot(object)
    def _done(self, done: Done) -> None:
        assert self.answers is not None
        self._keep(self.answers.with_step(self._place, done))

    def _keep(self, answers: Answers) -> None:
        if answers != self.answers:
            self.answers = answers
            # The class's file first: the home folder may be temporary.
            self._hand_on(answers)
            self._learner.keep_lesson(answers)

    def _hand_on(self, answers: Answers) -> None:
        """Write the answers to the folder of the class, merged with those that other windows stored."""
        if self.for_class is not None:
            known = self._learner.lesson(answers.digest)
            self.for_class.keep(self.path, answers.joined(known) if known is not None else answers)

    @Slot(str)
    def _show_exercise(self, exercise: str) -> None:
        page, step = self._host.page, self.step
        if page is not None and step is not None and page.experiment.id == step.session.run.experiment:
            page.panels.show_exercise(exercise)

    @Slot()
    def _look_at_learner(self) -> None:
        """Reset the lesson if all progress was deleted; otherwise note whether the step's exercise was solved."""
        answers, lesson = self.answers, self.lesson
        if lesson and answers and answers.is_begun and self._learner.lesson(answers.digest) is None:
            from engine.lessons.unanswered import no_answers

            self.answers = no_answers(lesson)
            self._go(self._place)
            return
        self._look_at_exercise()

    def _look_at_exercise(self) -> None:
        view = self._view
        if view is not None and view.step.exercise:
            written = self._learner.progress(view.step.session.run.experiment).written
            if view.step.exercise in written:
                view.show_solved()


def _spelled(path: Path | None) -> str:
    """The text by which the settings remember a lesson: its path, for shipped ones "shipped:" and the name, "" for one
    without a file.
    """
    if path is None:
        return ""
    if path in shipped_lessons():
        return _SHIPPED + path.name.removesuffix(SUFFIX)
    return str(path.absolute())
