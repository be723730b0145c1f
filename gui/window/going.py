"""What choosing a search result does: go to an experiment, question or parameter, execute a command, and so on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from engine.class_file import class_in_use
from engine.contract.catalogue import entry_of
from engine.contract.language import LANGUAGES
from engine.contract.text import Text, notation
from engine.search.entry import Entry
from gui.style.language import language, translate
from gui.window.commands import Actions
from gui.window.notice_bar import BRIEF, NoticeBar

if TYPE_CHECKING:
    from gui.page.experiment_page import ExperimentPage

_IN_GUIDE = frozenset({"question", "goal"})
_IN_PANEL = {"exercise": "write", "derivation": "derive"}
_PLACE = notation("{number} {name}")
_APPEARS = Text("“{name}” appears when “{other}” is {value}.")


class Shows(Protocol):
    """Protocol of the part of the main window that ``Going`` uses."""

    notice: NoticeBar
    actions_of_window: Actions

    @property
    def page(self) -> ExperimentPage | None: ...
    def show_experiment(self, experiment_id: str, /) -> None: ...
    def show_glossary(self, query: str, /) -> None: ...


class Going:
    """Carries out the choice of a search result (an ``Entry``): goes to it, or executes it if it is a command."""

    def __init__(self, window: Shows) -> None:
        self._window = window
        self._ways: dict[str, Callable[[ExperimentPage, str], None]] = {
            "experiment": lambda page, _: page.view.setFocus(),
            "question": self._to_question,
            "goal": self._to_goal,
            "exercise": lambda page, id: page.panels.show_exercise(id),
            "derivation": lambda page, id: page.panels.show_derivation(id),
            "preset": self._apply,
            "parameter": self._to_parameter,
        }

    def place(self, entry: Entry) -> str:
        """The text at the right of a result's line: a command's shortcut or menu, a term's names in other languages, or
        else the experiment that contains it.
        """
        if entry.kind == "command":
            under = self._window.actions_of_window.menu_name(entry.id)
            return self._window.actions_of_window.keys_of(entry.id) or (translate(under) if under else "")
        if entry.kind == "term":
            names = (entry.title.render(one) for one in LANGUAGES if one != language())
            return ", ".join(name for name in names if name != translate(entry.title))
        catalogue = entry_of(entry.experiment)
        if entry.kind == "experiment":
            return catalogue.number
        return translate(_PLACE(number=catalogue.number, name=catalogue.name))

    def is_possible(self, entry: Entry) -> bool:
        """Whether a result can be shown or executed at present. Questions and goals of a guide cannot while a lesson is
        shown in its place; exercises and derivations cannot if the class file leaves their panel out.
        """
        if _IN_PANEL.get(entry.kind) not in (None, *class_in_use().panels):
            return False
        page = self._window.page
        if entry.kind in _IN_GUIDE and page is not None and page.isVisible():
            return not page.panels.is_in_lesson
        return entry.kind != "command" or self._window.actions_of_window.is_possible(entry.id)

    def go(self, entry: Entry) -> None:
        """Show what the result stands for, or execute it if it is a command."""
        if entry.kind == "command":
            self._window.actions_of_window.do(entry.id)
        elif entry.kind == "term":
            self._to_term(entry.id)
        else:
            self._window.show_experiment(entry.experiment)
            page = self._window.page
            assert page is not None
            if entry.kind == "parameter":  # panels bring the column themselves
                page.show_column()
            self._ways[entry.kind](page, entry.id)

    def _to_term(self, term_id: str) -> None:
        """Show a term's definition in the guide, if that is visible, else in the glossary."""
        page = self._window.page
        if page is not None and page.panels.guide.isVisible():
            page.panels.guide.show_term(term_id)
        else:
            from engine.glossary import term

            self._window.show_glossary(translate(term(term_id).name))

    def _to_question(self, page: ExperimentPage, key: str) -> None:
        page.panels.show_try(key)

    def _to_goal(self, page: ExperimentPage, key: str) -> None:
        page.panels.show_goal(key)

    def _apply(self, page: ExperimentPage, preset_id: str) -> None:
        preset = next(one for one in page.experiment.presets if one.id == preset_id)
        page.editor.apply_preset(preset)

    def _to_parameter(self, page: ExperimentPage, name: str) -> None:
        """Show all controls and give the keyboard focus to that of the parameter ``name``. If it is hidden, the focus
        goes to the control on which that depends, and a notice says so.
        """
        from engine.contract.params import field_of

        page.show_all_controls(True)
        params = page.editor.params
        field = field_of(type(params), name)
        while field.visible is not None and not params.shows(name):
            asked, other = field.visible, field_of(type(params), field.visible.field)
            if not asked.holds(params):
                value = other.spell(other.check(asked.values[0]))
                self._window.notice.show_text(_APPEARS(name=field.label, other=other.label, value=value), 2 * BRIEF)
            name, field = asked.field, other
        if field.on_stage:
            control = next((one for one in page.view.keys.controls if page.view.field_of_control(one) is field), None)
            page.turns.setCurrentIndex(0)
            page.view.setFocus() if control is None else page.view.take_keys(control)
        else:
            page.form.bring_up(name)
