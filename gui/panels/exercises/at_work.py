"""The switches for using the learner's code in the experiment, one for each function or class."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from engine.contract.catalogue import entry_of
from engine.contract.run import LearnerCode
from engine.contract.text import Text
from engine.exercises import at_work_in, experiment_of
from engine.exercises.exercise import Exercise
from gui.form.widgets.check_box import WrappedCheckBox
from gui.spoken.interfaces import make_heading
from gui.style.foreground import use_secondary_ink
from gui.style.language import translate
from gui.style.plain import PlainLabel
from gui.style.tokens import GRID
from gui.style.typography import font, px

_HEADING = Text("At work")
_USE = Text("with mine: {title}")
_HELP = Text("Play the experiment with your {name}, as it passed last, in place of ours.")
_NOT_YET = Text("It is to be written first.")
_WRITE_IT = Text("Write it in “{place}”")
_WAY = "→ {number}"


class AtWork(QWidget):
    """Emits ``use_wanted(written)`` for a run with the learner's code of all exercises that are switched on, and
    ``place_wanted(id)`` to open the experiment in which an exercise is written.
    """

    use_wanted = Signal(object)
    place_wanted = Signal(str)

    def __init__(self, experiment_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._here = experiment_id
        self._right: Mapping[str, str] = {}
        self._in_use: tuple[LearnerCode, ...] = ()
        self._heading = PlainLabel()
        make_heading(self._heading, 3)
        self.exercises = at_work_in(experiment_id)
        self.switches: dict[str, WrappedCheckBox] = {}
        self._ways: dict[str, QPushButton] = {}
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self._heading, 0, 0, 1, 2)
        self._layout.setColumnStretch(0, 1)
        for row, exercise in enumerate(self.exercises, start=1):
            switch = self.switches[exercise.id] = WrappedCheckBox()
            switch.clicked.connect(lambda on, one=exercise.id: self.use(one, on))
            way = self._ways[exercise.id] = QPushButton()
            way.setFlat(True)
            way.setCursor(Qt.CursorShape.PointingHandCursor)
            way.clicked.connect(lambda _, one=exercise: self.place_wanted.emit(experiment_of(one)))
            self._layout.addWidget(switch, row, 0)
            self._layout.addWidget(way, row, 1, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.restyle()

    def set_right(self, right: Mapping[str, str]) -> None:
        """Set the code that passed its checks, by exercise id."""
        self._right = right
        self.restyle()

    def show_in_use(self, written: tuple[LearnerCode, ...]) -> None:
        """Show which of the learner's code the run uses."""
        self._in_use = written
        self.restyle()

    def is_in_use(self, exercise_id: str) -> bool:
        """Whether the run uses the learner's code of an exercise."""
        return any(one.exercise == exercise_id for one in self._in_use)

    def use(self, exercise_id: str, on: bool) -> None:
        """Switch an exercise to the learner's code, or with ``on`` False back to the program's."""
        # What is in use may come from the learner's own network, and not from an exercise.
        wanted = {one.exercise: one for one in self._in_use if one.exercise != exercise_id}
        if on and exercise_id in self._right:
            wanted[exercise_id] = LearnerCode(exercise_id, self._right[exercise_id])
        self.use_wanted.emit(tuple(wanted[one.id] for one in self.exercises if one.id in wanted))
        self.restyle()

    def way(self, exercise_id: str) -> QPushButton:
        """The button that opens the experiment in which an exercise is written."""
        return self._ways[exercise_id]

    def restyle(self) -> None:
        """Apply the style's fonts and colours and the language."""
        self.setVisible(bool(self.exercises))
        self._layout.setSpacing(px(GRID // 2))
        self._heading.setFont(font("notes"))
        self._heading.setText(translate(_HEADING))
        use_secondary_ink(self._heading)
        for exercise in self.exercises:
            self._dress(exercise)

    def _dress(self, exercise: Exercise) -> None:
        switch, way = self.switches[exercise.id], self._ways[exercise.id]
        is_right = exercise.id in self._right
        switch.setFont(font("text"))
        switch.setText(translate(_USE(title=exercise.title)))
        help_words = translate(_HELP(name=exercise.name) if is_right else _NOT_YET)
        switch.setToolTip(f"{translate(exercise.title)}\n{help_words}")
        switch.setEnabled(is_right or self.is_in_use(exercise.id))
        switch.setChecked(self.is_in_use(exercise.id))
        place = experiment_of(exercise)
        way.setFont(font("text"))
        way.setText(_WAY.format(number=entry_of(place).number))
        for tell in (way.setToolTip, way.setAccessibleName):
            tell(translate(_WRITE_IT(place=entry_of(place).name)))
        way.setVisible(place != self._here and not is_right)
