"""Connects one experiment's parameters, run, stage, headline, transport and panels."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from engine.contract.catalogue import is_ours
from engine.contract.experiment import Amount, Experiment
from engine.contract.frame import required
from engine.contract.params import Params
from engine.contract.run import LearnerCode, Run, Session
from engine.contract.text import Text
from engine.guides.goal import Goal
from engine.guides.guide import Try, Verdict
from gui.form.command import FormState
from gui.form.editor import ParameterEditor, UndoPosition
from gui.form.form import Form
from gui.learner.goal_strip import GoalStrip
from gui.page.branch_question import BranchQuestion
from gui.page.ghost import Ghost
from gui.page.headline import Headline, with_whose_code
from gui.page.last_parameters import PageState
from gui.page.panel_tabs import PanelTabs
from gui.page.run_history import RunBefore, RunEdits, RunHistory
from gui.page.transport import Transport
from gui.run.mailbox import line_end
from gui.run.runner import Runner
from gui.run.timeline import TimelineEntry
from gui.shelf.pinned import Pinned
from gui.shelf.shelf import BACK_TO_PINNED, BEFORE, EARLIER, Shelf
from gui.stage.snapshot import Snapshot, refuse_foreign
from gui.stage.view import View
from gui.style.language import language

if TYPE_CHECKING:
    from engine.export.record import Export
    from gui.panels.derivations.derive_panel import DerivePanel
    from gui.panels.exercises.write_panel import WritePanel

_BACK_TO_RUN = Text("Back to an earlier run")


class ExperimentController(QObject, PageState):
    """Controller of an experiment's page: connects its parts while it is the visible one.

    The runner plays the visible experiment only: a hidden page neither draws nor uses the runner. Parameters change
    only in ``editor``, whose signals go to the runner; frames from the runner go to stage, headline, transport and
    panels. ``handles_changed`` is emitted when the draggable handles on the stage are others than before.
    """

    handles_changed = Signal()

    left = ("_written", "ghost", "_ghost_step", "_trying", "_session", "_runs_before")

    def __init__(
        self,
        experiment: Experiment,
        runner: Runner,
        editor: ParameterEditor,
        form: Form,
        view: View,
        headline: Headline,
        goal_strip: GoalStrip,
        transport: Transport,
        panels: PanelTabs,
        branch_question: BranchQuestion,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.experiment = experiment
        self.editor = editor
        self._runner, self._form = runner, form
        self._view, self._headline, self._transport, self._panels = view, headline, transport, panels
        self._goal_strip, self._branch_question = goal_strip, branch_question
        self._visible = self._setting_up = False
        self._by_hand = RunEdits(
            experiment, runner, editor, headline, lambda: self._snapshot if self._visible else None
        )
        self._handles: frozenset[str] | None = None
        self._snapshot: Snapshot | None = None
        self._shown_run: Run | None = None
        """The run that the snapshot shown belongs to; the runner may already be starting another one."""
        self._written: tuple[LearnerCode, ...] = ()
        self.ghost: Ghost | None = None
        self._ghost_step: tuple[int, int] | None = None
        self._trying: Try | None = None
        self._session: Session | None = None
        self._runs_before = RunHistory(runner, editor)
        self.shelf = editor.findChild(Shelf) or Shelf(experiment, runner, editor)
        self._connect()

    # Coming and going

    def enter(self) -> None:
        """Become the visible experiment: resume the run that was left, or open a new one if none was begun already."""
        self._visible = True
        self._runner.set_speed(self._transport.speed)
        if self._session is not None:
            session, self._session = self._session, None
            self._runner.open(self.experiment, session.run, session.update)
        elif self._runner.experiment is not self.experiment and not self._runner.resume(self.experiment.id):
            self._runner.open(self.experiment, self._fresh_run())
        elif self.editor.asks_for_another(self._runner.run):  # a field may have been left after its page
            self._runner.restart(self._fresh_run())
        self.show_state()

    def prepare(self) -> None:
        """Have the run that ``enter`` will show computed up to its opening, except for an experiment of a pack, whose
        code may never end.
        """
        if self._session is None and is_ours(self.experiment.id):
            self._runner.prepare(self.experiment, self._fresh_run())

    def leave(self) -> None:
        """Suspend the run, paused until the next ``enter``."""
        self._branch_question.decline()
        self._visible = False
        self._runner.suspend()

    def open_session(self, session: Session) -> None:
        """Show a saved session (a run at an update, and its shelf): now if this is the visible experiment, else at the
        next ``enter``.
        """
        self._session, self._runs_before.stands_at = session, None
        if self._visible:
            self._put_run_away(self.editor.place)
        self._end_comparison()
        # The form shows what holds now, with what was changed on the way.
        params = session.run.params_at(session.update)
        self._set_up(Run(self.experiment.id, params, session.run.seed), Text("Open session"))
        self.shelf.take_in(session.shelf)
        if self._visible:
            self.enter()

    # What the window shows of the runner

    def show_entry(self, entry: TimelineEntry) -> None:
        """Show a timeline entry in all parts of the page; TypeError if it is of another experiment."""
        self._by_hand.was_drawn()
        snapshot = Snapshot(entry.params, entry.frame)
        refuse_foreign(self.experiment, snapshot)
        self._snapshot = snapshot
        if self._shown_run is None or not self._runner.awaits_a_frame:
            self._shown_run = self._runner.run
        self._draw()
        handles = frozenset(handle.id for handle in self._view.handles())
        if handles != self._handles:
            self._handles = handles
            self.handles_changed.emit()
        self._form.show_frame(entry.params, entry.frame)
        reading = self.experiment.headline(entry.params, entry.frame)
        reading = with_whose_code(reading, self._runner.run, entry.params)
        self._headline.show_reading(reading, entry.frame.status)
        self._goal_strip.show_frame(entry.params, entry.frame, settled=not self.editor.gesture)
        self._panels.show_snapshot(entry.params, entry.frame)
        self._panels.guide.set_run(self._fresh_run())
        self.show_state()

    def show_state(self) -> None:
        """Update the transport, and all else on the page that depends on the runner's state."""
        if not self._visible:
            return
        self._branch_question.look()
        self._transport.setVisible(has_course := self._has_course())
        state, timeline = self._runner.state, self._runner.timeline
        if state.phase in ("paused", "finished", "failed", "lost"):
            self._panels.guide.set_stage_stands(True)
        last = self._runs_before.last
        self.shelf.show_before(last, EARLIER if last is not None and self._is_earlier(last) else BEFORE)
        self.shelf.looked_elsewhere.emit()
        if not has_course:
            return
        newest = timeline.newest if timeline else None
        self._transport.show_state(
            timeline,
            self._runner.entry,
            line_end(self.experiment, self.editor.params, newest),
            running=state.phase in ("running", "stepping"),
            newest=state.at_newest,
            finished=newest is not None and newest.frame.finished,
            back_is_exact=state.back_is_exact,
        )

    @property
    def snapshot(self) -> Snapshot | None:
        """The parameters and frame shown; None before the first frame."""
        return self._snapshot

    # What the person does

    @Slot(object, str)
    def edit(self, changes: Mapping[str, object], gesture: str = "") -> None:
        """Change parameters (name to value) as wanted by the stage, a remedy or the guide; all changes with the same
        non-empty ``gesture`` form one undo step.
        """
        self.editor.change(changes, gesture)

    @Slot(str, object)
    def put_in(self, path: str, value: object) -> None:
        """Set a value of the run's state by hand, such as a weight; ``path`` says which."""
        self._by_hand.put_in(path, value)

    @Slot(str, object)
    def _put_again(self, path: str, value: object) -> None:
        self._by_hand.put_again(path, value)

    @Slot()
    def _let_go(self) -> None:
        self._by_hand.let_go()
        self.editor.end_gesture()

    @Slot(object)
    def _serve_writing(self, panel: WritePanel) -> None:
        panel.cell_wanted.connect(self.edit)
        panel.use_wanted.connect(self.use_written)
        panel.show_in_use(self._written)

    @Slot(object)
    def _serve_deriving(self, panel: DerivePanel) -> None:
        panel.changes_wanted.connect(self.edit)

    @Slot(object)
    def use_written(self, written: tuple[LearnerCode, ...]) -> None:
        """Restart the run with the learner's code or, if ``written`` is empty, with the program's own. The old run
        becomes the ghost, which is drawn faintly behind.
        """
        self._put_run_away(self.editor.place)
        self._written = written
        self.ghost, self._trying = self._as_ghost(), None
        self._show_what_differs()
        self._branch_question.forget()
        self._runner.restart(self._fresh_run())
        self._say_what_was_put_away()
        self._note_written(written)

    def leave_own_code(self) -> bool:
        """Restart with the program's code if the learner's is still starting; False otherwise."""
        if is_waited_for := bool(self._written) and self._runner.awaits_a_frame:
            self.use_written(())
        return is_waited_for

    def _note_written(self, written: tuple[LearnerCode, ...]) -> None:
        """Remember which of the learner's code the open run uses, so that the next run uses it too."""
        self._written = written
        if self._panels.write is not None:
            self._panels.write.show_in_use(written)

    @Slot(object)
    def try_out(self, chosen: Try) -> None:
        """Apply a try of the guide: set its parameters in one undo step, and play a run as far as the try says.

        It is compared with its base (the run that the try changes), which ``compare`` shows once the guide computed it.
        """
        current = self._fresh_run()
        run = dataclasses.replace(chosen.run(self.experiment, current), written=self._written)
        base = chosen.base(self.experiment, current)
        self._set_up_from_guide(run, Text("Try “{words}”")(words=chosen.words))
        self._trying = chosen
        self._headline.show_changes(base.params, run.params, seeds=self._seeds(base.seed, run.seed))
        self._say_what_was_put_away()
        stop = chosen.reach.stop(self.experiment, run.params)
        self._runner.go_to(run, stop or self.experiment.opening_for(run.params))
        if stop is None:
            self._runner.play()
        self._panels.guide.set_stage_stands(False)

    @Slot(object)
    def set_out(self, asked: Try) -> None:
        """Show the base of the question ``asked`` (the run before the try's changes), in one undo step; does nothing if
        the try goes on from the run shown.
        """
        base = dataclasses.replace(asked.base(self.experiment, self._fresh_run()), written=self._written)
        if asked.adds or FormState(base.params, base.seed) == self.editor.state:
            return
        self._set_up_from_guide(base, Text("Set out for “{words}”")(words=asked.words))
        self._say_what_was_put_away()
        self._runner.go_to(base, self._beginning_of(asked, base.params))

    def _beginning_of(self, asked: Try, params: Params) -> Amount | None:
        """How far the base of a question is played: to its opening, or not at all (None) if that would already show the
        answer.
        """
        opening, wanted = self.experiment.opening_for(params), asked.reach.amount
        if asked.changes or opening is None or wanted is None or wanted.unit != opening.unit:
            return opening
        return opening if opening.count < wanted.count else None

    @Slot(object)
    def show_picture_of(self, goal: Goal) -> None:
        """Change the parameters so that the stage shows the plots in which a goal's parameters can be changed."""
        if changes := goal.picture(self.experiment, self.editor.params):
            self.edit(changes)

    @Slot(object, object)
    def compare(self, tried: Try, verdict: Verdict) -> None:
        """Show the base of the try ``tried`` as the ghost, unless something else was done since the try was applied."""
        if tried is self._trying and verdict.params != verdict.base:
            base = dataclasses.replace(tried.base(self.experiment, self._fresh_run()), params=verdict.base)
            self.ghost = Ghost(Snapshot(verdict.base, verdict.before), base)
            self._draw()

    @Slot()
    def restart(self) -> None:
        """Restart the run with the current parameters, without a ghost."""
        self._follow_run()
        self._put_run_away(self.editor.place)
        self._end_comparison()
        self._branch_question.forget()
        self._runner.restart(self._fresh_run())
        self._say_what_was_put_away()

    @Slot()
    def back_to_run(self, last: bool = False) -> None:
        """Resume the earlier run that the headline offers or, if ``last``, the one replaced last; as an undo step."""
        if (before := self._runs_before.last if last else self._runs_before.offered) is not None:
            self._put_run_away(self.editor.place)
            state = before.place.state
            self._set_up(Run(self.experiment.id, state.params.seen_as(self.editor.params), state.seed), _BACK_TO_RUN)
            self._bring_back(before)

    @Slot(object)
    def go_back_to(self, pinned: Pinned) -> None:
        """Resume a run on the shelf (pinned for comparison) at its pinned update, with its record, as an undo step.

        If it is the open run, only the entry of that update is shown.
        """
        self.editor.end_gesture()
        moment, wanted = pinned.moment, FormState(pinned.stood.params, pinned.moment.run.seed)
        if self.editor.state == wanted and self._runner.has(moment):
            entry = pinned.entry or required(self._runner.timeline).at(moment.update)
            if entry is not None:
                self._runner.look_at(entry)
                return
        index, title = self.editor.undo_stack.index(), BACK_TO_PINNED(name=self.shelf.name_of(pinned))
        self._put_run_away(self.editor.place)
        self._set_up(Run(self.experiment.id, wanted.params, wanted.seed), title)
        self.editor.make_step(index, title, self.shelf.swap)
        before = self._runs_before.with_moment(moment)
        entry = pinned.entry or (before.kept.timeline.at(moment.update) if before is not None else None)
        if entry is not None and before is not None:
            self._bring_back(before)
            self._runner.look_at(entry)
        elif pinned.kept is not None:
            self._bring_back(RunBefore(pinned.kept.copied_at(moment.update), self.editor.place, None))
        else:
            self._end_comparison()
            self._note_written(())
            self._runner.go_to(moment.run, Amount(moment.update, self.experiment.unit_ids[0]))

    @Slot()
    def toggle(self) -> None:
        """Play or pause; if the question whether to continue from here is open, it is answered with yes."""
        self._branch_question.go_on()
        if self._has_course():
            if self._runner.state.phase not in ("running", "stepping"):
                self._follow_run()
            self._runner.toggle()

    def step(self) -> None:
        """Advance the run by one of the unit chosen in the transport, such as an epoch."""
        self._step_on(self._transport.unit)

    def back(self) -> None:
        """Go back by one of the unit chosen in the transport, such as an epoch."""
        self._go_back(self._transport.unit)

    def export(self, when: str = "") -> Export | None:
        """The run and frame shown, as the data of an export dated ``when``; None before the first frame, and while the
        page is hidden.
        """
        if not self._visible or self._snapshot is None or self._runner.run is None:
            return None
        from engine.export.record import Export

        shown = self._snapshot
        at, frame = shown.frame.update, shown.frame
        return Export(
            self.experiment, self._runner.run, shown.params, at, frame, language(), when, self.shelf.shelved()
        )

    # Inside

    def _connect(self) -> None:
        self.editor.changed.connect(self._params_changed)
        self.editor.seed_changed.connect(self._seed_changed)
        self.editor.put_again.connect(self._put_again)
        self.editor.undo_stack.indexChanged.connect(self._swap_runs)
        self._branch_question.changed.connect(self._changed_in_mid_run)
        self._view.edited.connect(self.edit)
        self._view.placed.connect(self.put_in)
        self._view.working_wanted.connect(self._panels.light_working)
        self._view.gesture_ended.connect(self._let_go)
        self.editor.gesture_ended.connect(self._view.let_go)
        self._view.run_wanted.connect(self._runner.play)
        self._view.step_wanted.connect(self.step)
        self._headline.remedy_chosen.connect(self.edit)
        self._headline.back_wanted.connect(self.back_to_run)
        self._goal_strip.put_back.connect(self.edit)
        self.editor.gesture_ended.connect(self._goal_strip.settle)
        self._panels.guide.try_chosen.connect(self.try_out)
        self._panels.guide.question_opened.connect(self.set_out)
        self._panels.guide.goal_opened.connect(self.show_picture_of)
        self._panels.writing_begun.connect(self._serve_writing)
        self._panels.deriving_begun.connect(self._serve_deriving)
        self._panels.guide.try_judged.connect(self.compare)
        transport = self._transport
        transport.restarted.connect(self.restart)
        transport.toggled.connect(self.toggle)
        transport.stepped.connect(self._step_on)
        transport.back_stepped.connect(self._go_back)
        transport.sought.connect(self._seek)
        transport.to_newest.connect(self._runner.to_newest)
        transport.speed_chosen.connect(self._runner.set_speed)

    def _fresh_run(self) -> Run:
        return Run(self.experiment.id, self.editor.params, self.editor.seed, written=self._written)

    @Slot(object, object)
    def _params_changed(self, before: Params, after: Params) -> None:
        if not self._visible or self._setting_up or self.shelf.swap.is_due:
            return
        effect = after.strongest_effect(before)
        if effect == "restart" and self._came_back():
            return
        if effect == "restart":
            self._put_run_away(self.editor.place_before)
        if effect == "restart" or (effect == "live" and not self._has_course()):
            # Where nothing runs, a live change too is seen against the picture just before it.
            self._keep_ghost()
            self._show_what_differs()
        if effect == "restart":
            self._branch_question.forget()
            self._runner.restart(self._fresh_run())
            self._say_what_was_put_away()
            return
        if effect == "view":
            self._headline.forget_view()
        self._branch_question.take(before, after)
        if self._has_course() != self.experiment.has_course(before):
            # What cannot be seen or stopped does not run on.
            self._runner.pause()
            self.show_state()

    @Slot(object, object)
    def _changed_in_mid_run(self, before: Params, after: Params) -> None:
        """Show in the headline which parameters were changed and at which update; during a drag, since its start."""
        entry, newest = self._runner.entry, self._runner.newest
        if entry is not None and newest is not None and self._has_course():
            if not self.editor.is_replaying:
                before = self.editor.before_last_step
            elif not after.differing_by(entry.params, "live"):
                # Taken back before the run went on.
                before = after
            # What is only looked at changes nothing in the run, though it may be part of the same step.
            before = before.seen_as(after)
            too_late = newest.frame.finished and not self.experiment.answers_at_once
            self._headline.show_changes(before, after, entry.label, too_late=too_late)

    @Slot(object)
    def _seed_changed(self, seed: int) -> None:
        if self._visible and not self._setting_up and not self.shelf.swap.is_due and not self._came_back():
            self._put_run_away(self.editor.place_before)
            self._keep_ghost()
            self._show_what_differs()
            self._branch_question.forget()
            self._runner.restart(self._fresh_run())
            self._say_what_was_put_away()

    def _show_what_differs(self, run: Run | None = None, update: int = 0) -> None:
        """Say in the headline how the ghost's run differs from the first ``update`` updates of ``run``, by default the
        run of the editor's parameters.
        """
        ghost = self.ghost
        if ghost is None:
            self._headline.show_changes(None, None)
            return
        now, run = self.editor.params, run or self._fresh_run()
        before, further = ghost.differences(self.experiment, run, now, update)
        self._headline.show_changes(before, now, seeds=self._seeds(ghost.run.seed, run.seed), further=further)

    def _as_ghost(self) -> Ghost | None:
        """The snapshot shown and its run as the ghost of the next run; None before the first frame."""
        if self._snapshot is None or self._shown_run is None:
            return None
        return Ghost(self._snapshot, self._shown_run)

    def _seeds(self, before: int, after: int) -> tuple[int, int]:
        """The seeds ``before`` and ``after`` of two runs; ``after`` twice if the seed makes no difference."""
        matters = self.editor.uses_seed and self.experiment.seed_matters(self.editor.params)
        return (before, after) if matters else (after, after)

    # The runs before

    def _put_run_away(self, place: UndoPosition) -> None:
        """Keep the current run before another replaces it; ``place`` is its position in the undo stack."""
        self._runs_before.put_away(place, self.ghost)

    def _say_what_was_put_away(self) -> None:
        if (before := self._runs_before.worth_a_word) is not None:
            self._headline.show_put_away(before.kept.seconds, self._is_earlier(before))

    def _is_earlier(self, before: RunBefore) -> bool:
        """Whether ``before`` is another run than the ghost's, so that it is called "an earlier run", not "the run
        before".
        """
        return self.ghost is not None and not self.ghost.is_of(before.kept.run)

    def _came_back(self) -> bool:
        """Restore the former run if undo, redo or a drag has led back to its parameters; False if not."""
        if self._runs_before.stands_at == self.editor.place:
            return True
        is_back = self.editor.is_replaying or self.editor.place.steps < self.editor.place_before.steps
        before = self._runs_before.at(self.editor.place) if is_back else None
        if before is None:
            return False
        self._put_run_away(self.editor.place_before)
        self._bring_back(before)
        return True

    @Slot()
    def _swap_runs(self) -> None:
        """After undo or redo of going back to a pinned run: restore the run that belongs there, or restart if it is no
        longer kept.
        """
        if self.shelf.swap.take() and self._visible and not self._came_back():
            self._put_run_away(self.editor.place_before)
            self._end_comparison()
            self._branch_question.forget()
            self._runner.restart(self._fresh_run())

    def _bring_back(self, before: RunBefore) -> None:
        self._branch_question.forget()
        self._end_comparison()
        place = self.editor.place
        self.ghost, self._ghost_step = before.ghost, (place.steps, self.editor.undo_stack.count())
        shown = before.kept.shown or before.kept.timeline.newest
        self._show_what_differs(before.kept.run, shown.update if shown is not None else 0)
        self._runs_before.bring_back(before, self.editor.params)
        self._note_written(before.kept.run.written)

    def _has_course(self) -> bool:
        return self.experiment.has_course(self.editor.params)

    @Slot(str)
    def _step_on(self, unit: str) -> None:
        self._branch_question.go_on()
        if self._has_course():
            self._follow_run()
            self._runner.step(unit)

    @Slot(str)
    def _go_back(self, unit: str) -> None:
        if self._has_course():
            self._follow_run()
            self.editor.end_gesture()
            first = unit == self.experiment.unit_ids[0]
            self._runner.back(None if first else unit)

    @Slot(int)
    def _seek(self, update: int) -> None:
        self._follow_run()
        # What is changed there is a step of undo of its own.
        self.editor.end_gesture()
        self._runner.seek(update)

    def _follow_run(self) -> None:
        """Give up selections made by hand that would keep the stage from showing how the run goes on."""
        if changes := self.experiment.moving_on(self.editor.params):
            self.edit(changes)

    def _draw(self) -> None:
        """Have the stage draw the snapshot, with the ghost and, if an earlier entry is shown, the newest frame."""
        if not self._visible or self._snapshot is None:
            return
        newest = None if self._runner.state.at_newest else self._runner.newest
        beyond = Snapshot(newest.params, newest.frame) if newest is not None else None
        ghost = self.ghost.snapshot if self.ghost is not None else None
        self._view.draw(self._snapshot.params, self._snapshot.frame, ghost, beyond)

    def _keep_ghost(self) -> None:
        """Make the frame shown before this undo step the ghost; during a drag, the frame at its start.

        There is no ghost after undo, redo or restored defaults, nor if a drag is back at its start.
        """
        step = (self.editor.undo_stack.index(), self.editor.undo_stack.count())
        if (
            self.editor.is_replaying
            or self.editor.was_restored
            or (self._ghost_step is not None and step < self._ghost_step)
        ):
            self._end_comparison()
            return
        if step != self._ghost_step:
            self._ghost_step = step
            self.ghost, self._trying = self._as_ghost(), None

    def _end_comparison(self) -> None:
        """Remove the ghost and, from the headline, the changes."""
        self.ghost = self._ghost_step = self._trying = None
        self._headline.show_changes(None, None)

    def _set_up_from_guide(self, run: Run, title: Text) -> None:
        """Keep the open run and put parameters and seed of a run that the guide wants into the editor, as one undo step
        called ``title``; without a ghost yet.
        """
        self._put_run_away(self.editor.place)
        self._panels.guide.set_tried(run.params)
        self._goal_strip.set_tried(run.params)
        self._set_up(run, title)
        self._end_comparison()

    def _set_up(self, run: Run, title: Text) -> None:
        """Put a run's parameters and seed into the editor, as one undo step called ``title``, without starting it."""
        self._branch_question.forget()
        self._setting_up = True
        self.editor.set_run(run.params, run.seed, title)
        self._setting_up = False
