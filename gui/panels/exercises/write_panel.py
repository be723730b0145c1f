"""The panel for writing or mending the book's code: editor, checks, and using the code in the experiment."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from engine.class_file import class_in_use
from engine.contract.catalogue import entry_of
from engine.contract.experiment import Experiment
from engine.contract.frame import Frame
from engine.contract.params import Params
from engine.contract.run import LearnerCode
from engine.contract.text import LANGUAGES, Refused, Text, sentences
from engine.exercises import exercises_of, experiment_of
from engine.exercises.checking import Checking
from engine.exercises.exercise import LONGEST_SOURCE, Exercise, Inputs
from engine.exercises.parsons import puzzle_of, steps_of
from engine.exercises.sentences import RIGHT, sentence_of, step_words
from engine.exercises.verdict import FIRST_CHECK, Verdict
from gui.panels.code.code_editor import KEYS, CodeEditor
from gui.panels.exercises import write_words as words
from gui.panels.exercises.at_work import AtWork
from gui.panels.exercises.checking import CheckList, OlderVersions, PrintedBox, hints_left
from gui.panels.exercises.first_step import FirstStep, begins_with_code, shows_code
from gui.panels.exercises.order_lines import OrderLines
from gui.panels.wrapped import wrapped_label
from gui.run.check_runner import CheckRunner
from gui.spoken.interfaces import make_heading
from gui.spoken.spoken import say
from gui.style.appearance import appearance, connect_while_visible
from gui.style.foreground import use_secondary_ink, write_in
from gui.style.language import language, translate
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import font, px
from gui.window.regions import PageArea

_FEWEST_LINES, _MOST_LINES = 8, 32
_SEED = 1


_AFTER_LAYOUT = (0, 100)
"""Milliseconds after a change at which it is scrolled to: at once, and when the layout has settled."""


class WritePanel(PageArea):
    """Emits ``cell_wanted(changes)`` for parameter changes that highlight a cell on the stage, ``use_wanted(written)``
    for a run with the learner's code. ``kept(id, source)`` carries each source to be stored: every draft, and every
    version that is checked. ``checked(id)`` follows a verdict, ``passed(id, source)`` carries a source that passed all
    checks. ``answer_read(id)`` says that our code was read, ``lines_ordered(id)`` that our lines were given to be put
    in order.
    """

    cell_wanted = Signal(object)
    use_wanted = Signal(object)
    place_wanted = Signal(str)
    kept = Signal(str, str)
    checked = Signal(str)
    passed = Signal(str, str)
    answer_read = Signal(str)
    lines_ordered = Signal(str)
    export_wanted = Signal(object, str)
    import_wanted = Signal(object)
    unheld = Signal(object)

    def __init__(self, experiment: Experiment, parent: QWidget | None = None) -> None:
        super().__init__(parent, takes_keys=True)
        self.experiment = experiment
        self.exercises = exercises_of(experiment.id)
        self._shown: tuple[Params, Frame] | None = None
        self._sources: dict[str, str] = {}
        self._right: dict[str, str] = {}
        self._begun: set[str] = set()
        self._hints: dict[str, list[int]] = {}
        self._steps_named: set[str] = set()
        self._ordered: dict[str, tuple[Sequence[str], Sequence[str]]] = {}
        self._taken_up: Exercise | None = None
        self._read: set[str] = set()
        self._versions_of: Callable[[str], Sequence[str]] = lambda exercise: ()
        self._verdict: Verdict | None = None
        self._said: Text | None = None
        self._lights = self._shows_ours = False
        self._runner = CheckRunner(self)
        self._build()
        self._choose(0)
        self._restyle()
        connect_while_visible(self, appearance().changed, self._restyle)

    @property
    def exercise(self) -> Exercise:
        """The chosen exercise."""
        return self.exercises[max(0, self.chooser.currentIndex())]

    # What comes from outside

    def set_known(
        self,
        sources: Mapping[str, str],
        right: Mapping[str, str],
        read: set[str],
        versions_of: Callable[[str], Sequence[str]],
    ) -> None:
        """Set the learner's newest sources and newest right sources, by exercise id, and the exercises whose answers
        were read. ``versions_of`` returns all stored sources of an exercise.
        """
        self._versions_of = versions_of
        self._taken_up = None
        self._sources = {**sources, **self._sources}
        self._right = {**self._right, **right}
        self._read = read
        self._begun |= self._sources.keys()
        self.at_work.set_right(self._right)
        self._take_up()

    def show_snapshot(self, params: Params, frame: Frame) -> None:
        """Update for the frame on the stage."""
        self._shown = (params, frame)
        if self.isVisible():
            self._write()

    def show_in_use(self, written: tuple[LearnerCode, ...]) -> None:
        """Show which of the learner's code the run uses."""
        self.at_work.show_in_use(written)
        self._write()

    def take_file(self, exercise: Exercise, source: str, name: str) -> None:
        """Show a file's code, which runs only when Check is pressed. ``Refused`` if it belongs elsewhere."""
        if exercise not in self.exercises:
            place = entry_of(experiment_of(exercise)).name
            raise Refused(words.ELSEWHERE(name=name, title=exercise.heading, place=place))
        if len(source.rstrip()) >= LONGEST_SOURCE:
            raise Refused(words.FILE_TOO_LONG(name=name, size=len(source), most=LONGEST_SOURCE))
        self.keep_draft()
        self._taken_up = None
        self._begun.add(exercise.id)
        self._sources[exercise.id] = source
        self.chooser.setCurrentIndex(self.exercises.index(exercise))
        self._take_up()
        self._said = words.IMPORTED(name=name)
        self._write()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.keep_draft()
        if not self.window().isVisible():  # it is being closed
            self._runner.cancel()

    # Building

    def _build(self) -> None:
        page = QWidget()
        page.setAutoFillBackground(True)
        page.setBackgroundRole(self.palette().ColorRole.Base)
        self._page = QVBoxLayout(page)
        self.chooser = QComboBox(self)
        self.chooser.addItems([""] * len(self.exercises))
        self.chooser.setVisible(len(self.exercises) > 1)
        self.chooser.currentIndexChanged.connect(self._choose)
        self._title, self._task, self._outcome, self._notes, self._keys = (wrapped_label() for _ in range(5))
        make_heading(self._title, 2)
        self.first_step = FirstStep()
        self.first_step.said.connect(self._say)
        self.first_step.passed.connect(self._begin)
        self.check_button, self.hint_button, self.use_button = (QPushButton() for _ in range(3))
        self.editor = CodeEditor()
        self.editor.check_wanted.connect(self.check)
        self.editor.refused.connect(self._say)
        self.editor.blockCountChanged.connect(self._fit_editor)
        self.editor.cursorPositionChanged.connect(self._follow_cursor)
        self.check_button.clicked.connect(self.check)
        self.hint_button.clicked.connect(self._hint)
        self.use_button.clicked.connect(self._use)
        self.more = QToolButton()
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self)
        self.compare, self.anew, self.export, self.load = (
            self._menu.addAction("", called) for called in (self._compare, self._anew, self._export, self._load)
        )
        self.older = OlderVersions(self._menu, lambda: self._versions_of(self.exercise.id))
        self.older.chosen.connect(self.editor.setPlainText)
        self.more.setMenu(self._menu)
        self.checks, self.printed = CheckList(), PrintedBox()
        self.at_work = AtWork(self.experiment.id, self)
        self.at_work.use_wanted.connect(self.use_wanted)
        self.at_work.place_wanted.connect(self.place_wanted)
        self.ours = CodeEditor()
        self.ours.setReadOnly(True)
        buttons = QHBoxLayout()
        for button in (self.check_button, self.hint_button, self.more):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.order = OrderLines()
        self.order.lines.moved.connect(self._keep_order)
        self.order.check_wanted.connect(self._check_ordered)
        self._runner.ended.connect(self._checked)
        self._runner.unheld.connect(self.unheld)
        above: tuple[QWidget, ...] = (self.chooser, self._title, self._task, self.first_step, self.editor, self._keys)
        helps = self._notes, self.order, self.ours
        below = (self._outcome, self.use_button, *helps, self.checks, self.printed, self.at_work)
        for part in above:
            self._page.addWidget(part)
        self._page.addLayout(buttons)
        for part in below:
            self._page.addWidget(part)
        self._parts = (*above, *below, self.check_button, self.hint_button, self.more)
        self._page.setAlignment(self.use_button, Qt.AlignmentFlag.AlignLeft)
        self._page.addStretch(1)
        self.setWidget(page)

    # What the learner does

    def check(self) -> None:
        """Store the editor's code, and start its checks in the background."""
        source = self.editor.source
        self._sources[self.exercise.id] = source
        self.kept.emit(self.exercise.id, source)
        self._verdict, self._said, self._lights = None, words.CHECKING, False
        self.checks.show_verdict(None)
        self._write()
        check = Checking(self.exercise, source, self._inputs())
        self._runner.start(check, check.verdict)

    @property
    def outcome(self) -> str:
        """The last feedback, on the number by hand or on the code."""
        return self._outcome.text()

    @property
    def notes(self) -> str:
        """The hints shown so far, the steps, and the note that our code was read."""
        return self._notes.text()

    @property
    def is_checking(self) -> bool:
        """Whether a check is running."""
        return self._runner.is_running

    def _choose(self, _: int) -> None:
        self._runner.cancel()
        self._take_up()

    def keep_draft(self) -> None:
        """Emit ``kept`` with the editor's code, unless it is stored already or nothing was written."""
        if not self.exercises or self._taken_up is None:
            return
        exercise, source = self._taken_up, self.editor.source
        if source not in (*self._blanks(exercise), self._sources.get(exercise.id, "")):
            self._sources[exercise.id] = source
            self.kept.emit(exercise.id, source)

    def _take_up(self) -> None:
        """Show the chosen exercise, with the code written for it."""
        if not self.exercises:
            self._write()
            return
        self.keep_draft()
        exercise = self._taken_up = self.exercise
        self._verdict = self._said = None
        self._lights = self._shows_ours = False
        self.checks.set_checks(step_words(exercise))
        blank = exercise.blank.render(language())
        source = self._sources.get(exercise.id, blank)
        self._fill(self.editor, source)
        if source.strip() == self._right.get(exercise.id, "").strip():
            self._said = RIGHT
            self.checks.show_verdict(Verdict(len(step_words(exercise))))
        self.editor.mark_changes(self._blanks(exercise) if exercise.mends else ())
        self.order.lines.show_lines(*self._ordered.get(exercise.id, ((), ())))
        self.first_step.ask(exercise)
        self._fit_editor()
        self._write()

    def _begin(self) -> None:
        self._begun.add(self.exercise.id)
        self._write()
        self._to_the_code()

    def _to_the_code(self) -> None:
        self.editor.setFocus()
        self.editor.go_to_first_gap()

    def _checked(self, verdict: Verdict | Text) -> None:
        if isinstance(verdict, Text):  # the check could not be started
            self._say(verdict)
            return
        self._verdict, exercise = verdict, self.exercise
        self.checked.emit(exercise.id)
        failure = verdict.failure
        self._said = RIGHT if failure is None else sentence_of(failure, exercise)
        if failure is not None and failure.kind == "value" and self._is_off_stage(verdict.steps):
            self._said = sentences((self._said, words.NOT_ON_STAGE))
        self.checks.show_verdict(verdict)
        self.editor.light(failure.line if failure is not None else None)
        if failure is None:
            self._right[exercise.id] = self._sources[exercise.id]
            self.at_work.set_right(self._right)
            self.passed.emit(exercise.id, self._sources[exercise.id])
        elif failure.kind == "value" and self._is_of_stage(verdict.steps):
            self._light(failure.quantity, failure.place)
        self._write()
        say(self._outcome, self._outcome.text())
        self._bring_into_sight(self._outcome)

    def _light(self, quantity: str, place: tuple[int, ...]) -> None:
        """Highlight a quantity's cell on the stage; the feedback then includes how the cell is computed."""
        self._lights = True
        self.cell_wanted.emit({**self._way_to_stage(), **self.exercise.shown_at(quantity, place)})

    def _way_to_stage(self) -> Mapping[str, object]:
        """The parameter changes after which the stage shows the exercise's values; empty if it shows them already."""
        return {} if self._is_on_stage() else self.exercise.stage

    def _is_on_stage(self) -> bool:
        """Whether the stage shows the exercise's values."""
        return self._shown is not None and self.exercise.on_stage(self._shown[0]) is not None

    def _takes_from_stage(self, step: int) -> bool:
        return self.exercise.checks[max(0, step - FIRST_CHECK)].inputs is None

    def _is_of_stage(self, step: int) -> bool:
        """Whether the cell of a check may be highlighted on the stage: it is shown there, or the stage has its default
        parameters. What somebody has set there is left as it is.
        """
        if self._shown is None or not self._takes_from_stage(step):
            return False
        params = self._shown[0]
        return not self._way_to_stage() or params == type(params)()

    def _is_off_stage(self, step: int) -> bool:
        """Whether a check used the stage's values although the stage shows others and may not be changed."""
        return self._takes_from_stage(step) and not self._is_on_stage() and not self._is_of_stage(step)

    def _hint(self) -> None:
        shown = self._hints.setdefault(self.exercise.id, [])
        if left := hints_left(self.exercise, shown, self._verdict):
            shown.append(left[0])
        elif self._names_steps_next:
            self._steps_named.add(self.exercise.id)
        else:
            self._give_lines()
            return
        self._write()
        self._bring_into_sight(self._notes)

    @property
    def _names_steps_next(self) -> bool:
        """Whether the help button names the exercise's steps next, which follow the last hint."""
        return bool(steps_of(self.exercise)) and self.exercise.id not in self._steps_named

    def _give_lines(self) -> None:
        """Show the lines of our code to be put in order, the last help before our code itself."""
        puzzle = puzzle_of(self.exercise, _SEED)
        self._ordered[self.exercise.id] = puzzle.placed, puzzle.loose
        self.order.lines.show_lines(puzzle.placed, puzzle.loose)
        self.lines_ordered.emit(self.exercise.id)
        self._write()
        self.order.lines.setFocus()
        self._bring_into_sight(self.order)

    def _keep_order(self) -> None:
        self._ordered[self.exercise.id] = self.order.lines.used, self.order.lines.unused

    def _check_ordered(self, source: str) -> None:
        """Replace the editor's text by the ordered lines, and check it."""
        self.keep_draft()
        self.editor.replace_with(source)
        self.check()

    def _compare(self) -> None:
        self._shows_ours = not self._shows_ours
        if self._shows_ours and self.exercise.id not in self._right:
            self._read.add(self.exercise.id)
            self.answer_read.emit(self.exercise.id)
        self._write()
        if self._shows_ours:
            self._bring_into_sight(self.ours)

    def _anew(self) -> None:
        # The verdict of a running check would be about code that is gone.
        self._runner.cancel()
        self.keep_draft()
        self._sources.pop(self.exercise.id, None)
        self._taken_up = None
        self._steps_named.discard(self.exercise.id)
        self._ordered.pop(self.exercise.id, None)
        self._hints.pop(self.exercise.id, None)
        self._take_up()
        self._to_the_code()

    def _export(self) -> None:
        self.export_wanted.emit(self.exercise, self.editor.source)

    def _load(self) -> None:
        self.import_wanted.emit(self)

    def _use(self) -> None:
        """Switch the experiment to the learner's code, or back to the program's."""
        uses = not self.at_work.is_in_use(self.exercise.id)
        self.at_work.use(self.exercise.id, uses)
        if uses and self.editor.source.strip() != self._right[self.exercise.id].strip():
            self._say(words.LAST_RIGHT)

    def _say(self, what: Text) -> None:
        self._said = what
        self._write()

    # Showing

    def _inputs(self) -> Inputs:
        """The inputs of the checks: what the stage shows, with the exercise's own parameters if necessary, or the
        defaults.
        """
        from engine.exercises import default_stage

        if self._shown is not None:
            params = self._shown[0]
            found = self.exercise.on_stage(params) or self.exercise.on_stage(params.replaced(self.exercise.stage))
            if found is not None:
                return found
        return default_stage(self.exercise)

    def _write(self) -> None:
        if not self.exercises:
            for part in self._parts:
                part.setVisible(part in (self._task, self.at_work))
            self._task.setText(translate(words.NOTHING_TO_WRITE if self.at_work.exercises else words.NOTHING_HERE))
            return
        exercise = self.exercise
        begun = exercise.id in self._begun or begins_with_code(exercise)
        for index, one in enumerate(self.exercises):
            mark = "✓ " if one.id in self._right else ""
            self.chooser.setItemText(index, mark + translate(one.heading))
        self._title.setText(translate(exercise.heading))
        self._task.setText(translate(exercise.task))
        self.first_step.setVisible(not begun)
        self.editor.setVisible(begun or shows_code(exercise))
        self.editor.setReadOnly(not begun)
        for part in (self._keys, self.check_button, self.hint_button, self.more, self.checks):
            part.setVisible(begun)
        said = "\n".join(filter(None, (translate(self._said) if self._said else "", self._worked_out())))
        if self._lights and said != self._outcome.text():
            self._bring_into_sight(self._outcome)  # the stage shows the cell now, and its arithmetic has been added
        self._outcome.setText(said)
        self._outcome.setVisible(bool(said))
        self._color_outcome()
        self._notes.setText("\n\n".join(self._further()))
        self._notes.setVisible(bool(self._notes.text()))
        self.printed.show_printed(self._verdict.printed if self._verdict is not None and begun else "")
        self.hint_button.setText(translate(self._next_help()))
        self.hint_button.setEnabled(exercise.id not in self._ordered)
        self.order.setVisible(begun and exercise.id in self._ordered)
        is_in_use = self.at_work.is_in_use(exercise.id)
        self.use_button.setVisible(exercise.id in self._right and exercise.id in self.at_work.switches)
        self.use_button.setText(translate(words.USE_OURS if is_in_use else words.USE_MINE))
        self.use_button.setToolTip(translate(words.USE_MINE_HELP(name=exercise.name)))
        self.compare.setText(translate(words.HIDE_OURS if self._shows_ours else words.COMPARE))
        self.compare.setVisible(class_in_use().shows_answers or exercise.id in self._right)
        self.ours.setVisible(self._shows_ours and begun)
        if self._shows_ours:
            self._fill(self.ours, exercise.right_source.rstrip("\n"))

    def _next_help(self) -> Text:
        """The text of the help button, which names what it shows next: a hint, the steps, at last our lines."""
        hints, every = len(self._hints.get(self.exercise.id, ())), len(self.exercise.hints)
        if hints < every:
            return words.HINT(number=hints + 1, all=every)
        return words.NAME_STEPS if self._names_steps_next else words.ORDER_LINES

    def _further(self) -> list[str]:
        """The texts below the feedback: hints, the steps, and the effect of having read our code."""
        found = [translate(self.exercise.hints[index]) for index in self._hints.get(self.exercise.id, ())]
        if self.exercise.id in self._steps_named:
            steps = [f"{number}. {translate(step)}" for number, step in enumerate(steps_of(self.exercise), start=1)]
            found.append("\n".join([translate(words.STEPS), *steps]))
        if self.exercise.id in self._read:
            found.append(translate(words.WAS_READ))
        return found

    def _worked_out(self) -> str:
        """How the highlighted cell is computed, as a line of arithmetic; "" if that is not known."""
        if not self._lights or self._shown is None:
            return ""
        failure = self._verdict.failure if self._verdict is not None else None
        if failure is None or failure.expected is None:
            return ""
        lines = [
            line
            for line in self.experiment.working(*self._shown)
            if abs(line.result - failure.expected) <= 1e-6 * max(1.0, abs(failure.expected))
        ]
        if not lines:
            return ""
        # Another quantity may have the same value, such as a distance of 0 beside an output of 0.
        own = [one for one in lines if _symbol(one.left) == _symbol(failure.quantity)]
        line = (own or lines)[-1]
        return translate(words.WORKED_OUT(line=f"{line.left} = {line.formula()} = {line.arithmetic()}"))

    def _color_outcome(self) -> None:
        verdict = self._verdict
        ink = theme().text if verdict is None else theme().right if verdict.is_right else theme().wrong
        write_in(self._outcome, ink)

    def _bring_into_sight(self, part: QWidget) -> None:
        """Scroll to a widget after the layout, by as little as possible, and once more if widgets above it have grown
        since.
        """
        for wait in _AFTER_LAYOUT:
            QTimer.singleShot(wait, self, lambda: self.ensureWidgetVisible(part, 0, px(GRID)))

    def _follow_cursor(self) -> None:
        """Scroll to the line that is being written, after the layout: the editor grows with its lines."""

        def scroll() -> None:
            line, page = self.editor.cursorRect(), self.widget()
            if self.editor.hasFocus() and page is not None:
                place = self.editor.viewport().mapTo(page, line.center())
                self.ensureVisible(0, place.y(), 0, 2 * line.height())

        QTimer.singleShot(0, self.editor, scroll)

    def _fit_editor(self, *_: Any) -> None:
        """Fit the height to the code within limits; a scroll bar appears only for very long code."""
        for editor in (self.editor, self.ours):
            lines = min(max(editor.blockCount() + 1, _FEWEST_LINES), _MOST_LINES)
            bar = editor.horizontalScrollBar().sizeHint().height()
            editor.setFixedHeight(lines * editor.fontMetrics().lineSpacing() + bar + px(GRID))

    def _fill(self, editor: CodeEditor, source: str) -> None:
        if editor.source.strip() != source.strip():
            editor.setPlainText(source.rstrip("\n"))
            self._fit_editor()

    def _restyle(self) -> None:
        side = px(GRID + GRID // 2)
        self._page.setContentsMargins(side, side, side, side)
        self._page.setSpacing(px(GRID))
        self._title.setFont(font("strong"))
        for label in (self._task, self._outcome, self._notes):
            label.setFont(font("text"))
        self._keys.setFont(font("notes"))
        self._keys.setText(translate(KEYS))
        use_secondary_ink(self._keys)
        for button in (self.check_button, self.hint_button, self.use_button, self.more, self.chooser):
            button.setFont(font("text"))
        self.check_button.setText(translate(words.CHECK))
        self.first_step.restyle()
        self.more.setText(translate(words.MORE))
        self.chooser.setAccessibleName(translate(words.EXERCISE))
        self.older.restyle()
        self.anew.setText(translate(words.ANEW))
        self.export.setText(translate(words.EXPORT))
        self.load.setText(translate(words.IMPORT))
        self.checks.restyle()
        self.printed.restyle()
        self.order.restyle()
        self.at_work.restyle()
        self._fit_editor()
        self._write()
        if (
            self.exercises
            and self.exercise.id not in self._sources
            and self.editor.source in self._blanks(self.exercise)
        ):
            self._fill(self.editor, self.exercise.blank.render(language()))

    def _blanks(self, exercise: Exercise) -> tuple[str, ...]:
        return tuple(exercise.blank.render(one) for one in LANGUAGES)


def _symbol(cell: str) -> str:
    """The symbol of a cell such as dW[1,0] or y(0, 1), without its index."""
    return re.split(r"[\[(]", cell)[0]
