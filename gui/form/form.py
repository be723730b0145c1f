"""The form: one row for each parameter, at most eight by default, the rest under 'more', opened if there is room."""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from engine.contract.frame import Frame
from engine.contract.params import Params, fields_of
from engine.contract.text import Text
from gui.form import header, seed_control
from gui.form.controls import Control, control_for
from gui.form.editor import ParameterEditor
from gui.form.header import Header, PresetList
from gui.form.row import Row
from gui.form.seed_control import SeedControl
from gui.form.widgets.disclosure import Disclosure
from gui.style.api import GRID, px, translate
from gui.style.appearance import appearance, connect_while_visible

_MORE = Text("More")

MOST_ROWS = 8
_MOST_PARTS = 8

_LABEL_TIP = Text("{tip}\nDouble-click: back to the default, {default}")

# At zoom 1: the width from which there are two columns of rows, the widest label that still gets a column beside
# the controls, and what a control needs beside it.
_TWO_COLUMNS = 560
_WIDEST_LABEL = 128
_CONTROL = 144

# In pixels at any zoom: labels stand above their controls then.
_NARROWEST = 240


class Form(QWidget):
    """Shows the editor's parameters and passes edits on to it; holds no parameters itself.

    Fields that are only changed on the stage have no row, and a row is hidden while its field's ``visible`` rule says
    so. The rows of the parameters ``in_play`` (those that the guide speaks of at present) are highlighted; unless
    ``shows_all``, there are no others. ``asked_for_all(bool)`` is emitted by the header's button, which asks for all
    rows or for fewer again.
    """

    asked_for_all = Signal(bool)

    def __init__(self, editor: ParameterEditor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        self.header = Header(editor)
        self.presets = PresetList(editor) if editor.experiment.presets else None
        self.seed = SeedControl(editor) if editor.uses_seed else None
        self.controls: dict[str, Control] = {}
        self.rows: dict[str, Row] = {}
        self.more_button = Disclosure()
        self.in_play: frozenset[str] = frozenset()
        self.on_stage: frozenset[str] = frozenset()
        self.shows_all = False
        self._asked_open: bool | None = None
        self._opened = False
        self._room = 0
        self._in_more: tuple[str, ...] = ()
        self._gestures: dict[str, str] = {}
        self._frame: Frame | None = None
        self._frames_values: dict[str, object] = {}
        self._placed: object = None
        self._arranged: object = None
        self._first: list[Row] = []
        self._columns = 1
        self._build()
        self.retranslate()
        self.restyle()
        self._update_restore()
        connect_while_visible(self, appearance().language_changed, self.retranslate)
        connect_while_visible(self, appearance().changed, self.restyle)
        editor.changed.connect(self._changed)
        editor.refused.connect(self._refused)

    def set_on_stage(self, names: Collection[str]) -> None:
        """Set the parameters that can be dragged on the stage: those of many numbers, such as a matrix, need no row
        among the rows in play.
        """
        if frozenset(names) != self.on_stage:
            self.on_stage = frozenset(names)
            self._open_or_close()

    def set_in_play(self, names: Collection[str]) -> None:
        """Set the parameters in play (those that the guide speaks of at present), whose rows are highlighted."""
        if frozenset(names) != self.in_play:
            self.in_play = frozenset(names)
            for name, row in self.rows.items():
                row.set_lit(name in self.in_play)
            self._open_or_close()

    def show_all(self, shows_all: bool) -> None:
        """Show every row, with presets, seed and undo, or only those in play."""
        if shows_all != self.shows_all:
            self.shows_all = shows_all
            self.header.show_all(shows_all)
            self._open_or_close()

    @property
    def wanted_height(self) -> int:
        """The height in pixels that shows all rows without scrolling, those under 'more' only if they are open."""
        return self._height_of_shown(opened=self._opened)

    def hold(self, names: Collection[str], seed: bool, reason: Text) -> None:
        """Disable the rows of these parameters, and of the seed, and show why; enable all others."""
        for name, row in self.rows.items():
            row.hold(reason if name in names else None)
        if self._seed_row is not None:
            self._seed_row.hold(reason if seed else None)

    def leave_right(self, width: int) -> None:
        """Reserve ``width`` pixels on the right for something else."""
        margins = self._layout.contentsMargins()
        margins.setRight(max(0, margins.right() - width))
        self._layout.setContentsMargins(margins)

    @property
    def asked_open(self) -> bool | None:
        """Whether the learner opened or closed the rows under 'more'; None if neither."""
        return self._asked_open

    def set_more_open(self, opened: bool | None) -> None:
        """Show or hide the rows under 'more'; with None they are shown if all rows fit."""
        self._asked_open = opened
        self._open_or_close()

    def set_room(self, height: int) -> None:
        """Set the height in pixels in which rows are visible without scrolling; 0 keeps 'more' closed.

        If all rows fit, those under 'more' are shown unasked. Rows that come and go with a parameter do not change
        that, so that the layout does not jump.
        """
        if height != self._room:
            self._room = height
            self._open_or_close()

    def show_frame(self, params: Params, frame: Frame) -> None:
        """Show in the controls the values that the frame was computed with where they differ from the parameters, which
        stay as they are.
        """
        before, self._frame = self._frames_values, frame
        self._frames_values = dict(self.editor.experiment.shown_values(params, frame))
        for name in {*before, *self._frames_values}:
            self._show_value(name)

    def bring_up(self, name: str) -> None:
        """Give a parameter's control the keyboard focus, by which it is scrolled to; opens 'more' if it is there."""
        if name in self._in_more and not self._opened:
            self.set_more_open(True)
        self.controls[name].focus_widgets()[0].setFocus(Qt.FocusReason.TabFocusReason)

    def restore_defaults(self) -> None:
        """Restore all defaults and discard refused entries."""
        self.editor.restore_defaults()
        for control in self.controls.values():
            if control.reason() is not None:
                control.discard()
        if self.seed is not None:
            self.seed.discard()
        self._update_restore()

    def retranslate(self) -> None:
        """Set all texts in the language in use."""
        self.header.retranslate()
        defaults = self.editor.defaults()
        for name, control in self.controls.items():
            control.retranslate()
            row = self.rows[name]
            row.retranslate()
            default = control.field.spell(getattr(defaults, name))
            row.label.setToolTip(translate(_LABEL_TIP(tip=control.tip(), default=default)))
        for row in self._extra_rows():
            row.content.retranslate()
            row.retranslate()
        self.more_button.set_words(translate(_MORE))
        self._open_or_close()

    def restyle(self) -> None:
        """Apply the style's fonts, sizes and colours."""
        self.header.restyle()
        for control in self.controls.values():
            control.restyle()
        if self.seed is not None:
            self.seed.restyle()
        self._open_or_close()

    # Building

    def _build(self) -> None:
        layout = self._layout = QVBoxLayout(self)
        # Rows rearrange themselves when there is less room; they must not hold the form open.
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        layout.setContentsMargins(2 * GRID, GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        # First of all children, so that it is the first that Tab visits.
        layout.addWidget(self.header)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(3 * GRID)
        self._grid.setVerticalSpacing(GRID - 2)
        layout.addLayout(self._grid)
        layout.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        for name, field in fields_of(type(self.editor.params)).items():
            if not field.on_stage:
                control = control_for(name, field)
                control.show_among(self.editor.params)
                control.set_value(getattr(self.editor.params, name))
                control.edited.connect(self._edited)
                control.gesture_ended.connect(self._gesture_ended)
                control.explained.connect(self._update_restore)
                row = Row(field.label, control, self)
                row.label.double_clicked.connect(self._default_asked)
                self.controls[name], self.rows[name] = control, row
        self._preset_row = Row(header.LABEL, self.presets, self) if self.presets is not None else None
        self._seed_row = Row(seed_control.LABEL, self.seed, self) if self.seed is not None else None
        self.more_button.clicked.connect(self._more_clicked)
        self.header.restore_asked.connect(self.restore_defaults)
        self.header.all_asked.connect(self._all_asked)
        self.more_button.setParent(self)

    def _extra_rows(self) -> list[Row]:
        return [row for row in (self._preset_row, self._seed_row) if row is not None]

    def _shows_seed(self) -> bool:
        return self._seed_row is not None and self.editor.experiment.seed_matters(self.editor.params)

    # Arranging

    def _visible_names(self) -> list[str]:
        params = self.editor.params
        return [
            name
            for name, one in self.controls.items()
            if (self.shows_all or (name in self.in_play and not self._is_crowded(one)))
            and (one.field.visible is None or params.shows(name))
        ]

    def _is_crowded(self, control: Control) -> bool:
        """Whether a parameter of many numbers has no row among the rows in play, because it can be dragged on the stage
        or would take too many widgets.
        """
        if not control.field.of_many:
            return False
        return control.name in self.on_stage or len(control.focus_widgets()) > _MOST_PARTS

    def _asked_of_params(self) -> object:
        """All that depends on the parameters and that the arrangement of rows depends on; compared to see whether the
        rows must be arranged again.
        """
        rows = [*self._first, *[self.rows[name] for name in self._in_more]]
        return self._visible_names(), self._shows_seed(), [row.content.natural_width() for row in rows]

    def _arrange(self) -> None:
        """Arrange all rows for the current width and parameters."""
        visible = self._visible_names()
        most = MOST_ROWS - len(self._extra_rows())
        # What is in play never waits under 'more'.
        main = [name for name in visible if name in self.in_play or not self.controls[name].field.more]
        if self.shows_all:
            kept = sorted(main, key=lambda name: name not in self.in_play)[:most]
            main = [name for name in main if name in kept]
        self._in_more = tuple(name for name in visible if name not in main)
        first = [self._preset_row] if self._preset_row is not None and self.shows_all else []
        first += [self.rows[name] for name in main]
        first += [self._seed_row] if self._seed_row is not None and self.shows_all and self._shows_seed() else []
        rest = [self.rows[name] for name in self._in_more]
        self._first = first

        margins = self._layout.contentsMargins()
        width = max(1, self.width() - margins.left() - margins.right())
        columns = self._columns = 2 if width >= px(_TWO_COLUMNS) else 1
        self._place(first, rest, columns)
        self.header.name_rows(bool(first or rest))
        self.header.arrange(width)
        each = (width - (columns - 1) * self._grid.horizontalSpacing()) // columns
        label_column = self._label_column(each)
        for row in [*first, *rest]:
            row.arrange(each, label_column)
        self._arranged = self._asked_of_params()

    def _open_or_close(self) -> None:
        """Arrange the rows. Those under 'more' are shown if the learner opened them, or if all fit and the learner did
        not close them.
        """
        self._arrange()
        opened = self._height_of_shown(opened=True) <= self._room if self._asked_open is None else self._asked_open
        if opened != self._opened:
            self._opened = opened
            self._arrange()
        self.more_button.setChecked(opened)

    def _height_of_shown(self, opened: bool) -> int:
        """The height in pixels that shows every row without scrolling, those under 'more' too if ``opened``."""
        columns, space = self._columns, self._grid.verticalSpacing()
        rest = [self.rows[name] for name in self._in_more]
        heights = [self.header.sizeHint().height()]
        for rows in (self._first, rest if opened else []):
            lines = [rows[start : start + columns] for start in range(0, len(rows), columns)]
            heights += [max(row.sizeHint().height() for row in line) for line in lines]
        heights += [self.more_button.sizeHint().height()] if rest else []
        margins = self._layout.contentsMargins()
        return sum(heights) + space * (len(heights) - 1) + margins.top() + margins.bottom() + GRID

    def _place(self, first: list[Row], rest: list[Row], columns: int) -> None:
        wanted = (first, rest, columns, self._opened)
        if wanted == self._placed:
            return
        self._placed = wanted
        own = [*self.rows.values(), *self._extra_rows()]
        for row in [*own, self.more_button]:
            self._grid.removeWidget(row)
        line = self._fill(first, columns, 0)
        self.more_button.setVisible(bool(rest))
        if rest:
            self._grid.addWidget(self.more_button, line, 0, 1, columns, Qt.AlignmentFlag.AlignLeft)
        self._fill(rest if self._opened else [], columns, line + 1)
        shown = {*first, *(rest if self._opened else [])}
        for row in own:
            row.setVisible(row in shown)
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self._order_focus(first, rest)

    def _fill(self, rows: list[Row], columns: int, line: int) -> int:
        top = Qt.AlignmentFlag.AlignTop
        for index, row in enumerate(rows):
            self._grid.addWidget(row, line + index // columns, index % columns, top)
        return line + -(-len(rows) // columns)

    def _label_column(self, width: int) -> int:
        """The width in pixels of the column of labels, 0 if labels go above their controls. Hidden rows count too, so
        that the width does not change with them.
        """
        rows = [*self.rows.values(), *self._extra_rows()]
        most = min(px(_WIDEST_LABEL), width - GRID - px(_CONTROL))
        fitting = [row.label_width() for row in rows if row.label_width() <= most]
        # Where only a few would stand beside their controls, the column would look like an accident.
        return max(fitting) if 2 * len(fitting) > len(rows) else 0

    def _order_focus(self, first: list[Row], rest: list[Row]) -> None:
        header = self.header
        chain: list[QWidget] = [header.undo_button, header.redo_button, header.restore_button, header.all_button]
        for row in first:
            chain += row.content.focus_widgets()
        chain.append(self.more_button)
        for row in rest:
            chain += row.content.focus_widgets()
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)

    def minimumSizeHint(self) -> QSize:
        return QSize(_NARROWEST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() == event.oldSize().width():
            self._arrange()
        else:
            self._open_or_close()
        # What a row needs depends on its width: the area around the form has to ask for its height again.
        self._layout.invalidate()
        self.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # The application's font arrives after the zoom's signal where something else asks for it.
        if event.type() == QEvent.Type.FontChange and self._placed is not None:
            self._arrange()

    # What is done to the controls, and what the editor says

    def _sending(self) -> Control:
        """The control whose signal called the present slot."""
        control = self.sender()
        assert isinstance(control, Control)
        return control

    def _edited(self, value: object, gesture: str) -> None:
        name = self._sending().name
        self._gestures[name] = gesture
        if self._frame is not None and name in self._frames_values:
            self.editor.change(self.editor.experiment.entered(self.editor.params, self._frame, name, value), gesture)
            # Where nothing changed, what the control was moved to makes way.
            self._show_value(name)
        else:
            self.editor.change({name: value}, gesture)

    def _show_value(self, name: str) -> None:
        value = self._frames_values.get(name, getattr(self.editor.params, name))
        if name in self.controls and self.controls[name].value != value:
            self.controls[name].set_value(value)

    def _gesture_ended(self) -> None:
        # A control's pause may end while something else is being dragged, whose gesture must not be cut in two.
        gesture = self._gestures.get(self._sending().name, "")
        if self.editor.gesture == gesture:
            self.editor.end_gesture()

    def _default_asked(self) -> None:
        name = next(name for name, row in self.rows.items() if row.label is self.sender())
        self.controls[name].discard()
        self.editor.end_gesture()
        self.editor.change({name: getattr(self.editor.defaults(), name)})

    def _changed(self, before: Params, after: Params) -> None:
        for control in self.controls.values():
            control.show_among(after)
        for name in after.differing(before):
            # The next frame says what it makes of the new value.
            self._frames_values.pop(name, None)
            if name in self.controls:
                self.controls[name].set_value(getattr(after, name))
        self._update_restore()
        if self._asked_of_params() != self._arranged:
            self._arrange()

    def _refused(self, name: str, reason: Text) -> None:
        if name in self.controls:
            if not (self.shows_all or name in self.in_play):
                self.asked_for_all.emit(True)
            if name in self._in_more and not self._opened:
                self.set_more_open(True)
            self.controls[name].explain(reason)

    def _update_restore(self) -> None:
        controls = self.controls.values()
        restorable = not self.editor.is_default() or any(control.reason() is not None for control in controls)
        self.header.restore_button.setEnabled(restorable)

    def _all_asked(self) -> None:
        self.asked_for_all.emit(not self.shows_all)

    def _more_clicked(self) -> None:
        self.set_more_open(not self._opened)
