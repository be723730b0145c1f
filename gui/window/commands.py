"""All commands of the window with their names and shortcuts, and the menus that contain them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from engine.class_file import class_in_use
from engine.contract.catalogue import chapters
from engine.contract.language import ENGLISH, LANGUAGES, language_of
from engine.contract.text import Text, untranslated
from engine.lessons import SHIPPED
from engine.search.entry import Entry
from gui.style.appearance import appearance
from gui.style.language import translate
from gui.style.theme import theme
from gui.style.typography import font, zoom_in, zoom_out, zoom_reset
from gui.window import words
from gui.window.top_bar import LetterMenu

if TYPE_CHECKING:
    from gui.learner.learner import Learner
    from gui.learner.progress_files import ProgressFiles
    from gui.learner.reminder import Reminder
    from gui.lessons.files import LessonFiles
    from gui.lessons.lessons import Lessons
    from gui.lessons.making.opening import Making
    from gui.networks.networks import Networks
    from gui.page.experiment_page import ExperimentPage
    from gui.window.files import Files
    from gui.window.whats_this import WhatsThis


@dataclass(frozen=True)
class Command:
    """One command of the window. ``keys`` are its shortcuts, the first of which is displayed; if not ``in_menu``, it is
    reached only by these and by the search. The open menu disables it while ``possible()`` is False.

    ``is_on()`` says whether a command that can be on or off has a tick in the menu. ``under`` names the submenu that
    contains it, None for the menu itself; ``shown()`` returns its text in the menu where that changes; ``others`` are
    further names by which the search finds it.
    """

    name: Text
    keys: tuple[str, ...]
    call: Callable[[], None]
    in_menu: bool = True
    possible: Callable[[], bool] | None = None
    is_on: Callable[[], bool] | None = None
    under: Text | None = None
    shown: Callable[[], Text] | None = None
    others: tuple[Text, ...] = ()

    @property
    def id(self) -> str:
        """The command's English name, which is unique."""
        return self.name.render(ENGLISH.id)


SEPARATOR = None


class Actions(QObject):
    """Creates the window's ``QAction`` objects and menus from its commands (None is a separator) and keeps their texts
    in the language in use.
    """

    def __init__(self, window: QWidget, commands: list[Command | None]) -> None:
        super().__init__(window)
        self.menu = LetterMenu(window)
        self.actions: list[tuple[Command, QAction]] = []
        self._menus: dict[Text, LetterMenu] = {}
        self._further: dict[LetterMenu, list[tuple[QAction, Text]]] = {}
        for command in commands:
            if command is None:
                self.menu.addSeparator()
                continue
            action = QAction(window)
            action.setShortcuts([QKeySequence(words.keys_here(keys)) for keys in command.keys])
            action.setCheckable(command.is_on is not None)
            # Without the tick that Qt hands over.
            action.triggered.connect(lambda _=False, call=command.call: call())
            window.addAction(action)
            if command.in_menu:
                self._menu_for(command).take(action)
            self.actions.append((command, action))
        self.menu.aboutToShow.connect(self._show_what_is_possible)
        # Only the menu shows it: keys must find their command at any moment.
        self.menu.aboutToHide.connect(self._enable_all)
        self._rename()
        appearance().changed.connect(self._rename)

    def menu_of(self, names: tuple[Text, ...], entries: Sequence[tuple[Text, Callable[[], None]]] = ()) -> QMenu:
        """A context menu with ``entries`` (text and function) and, below them, the commands with these names; it
        deletes itself when it is closed.
        """
        menu = QMenu(self.menu.parentWidget())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setFont(font("text"))
        for text, call in entries:
            # What a person wrote may hold an ampersand, which a menu takes for the mark of a key.
            menu.addAction(translate(text).replace("&", "&&")).triggered.connect(lambda _, call=call: call())
        if entries:
            menu.addSeparator()
        menu.addActions([action for command, action in self.actions if command.name in names])
        return menu

    def show_menus(self, under: Text, menus: Sequence[tuple[Text, Sequence[tuple[Text, Callable[[], None]]]]]) -> None:
        """Put further submenus, each with a name and (text, function) entries, at the end of the submenu ``under``;
        they replace those of the previous call.
        """
        for menu in self._further:
            self._menus[under].removeAction(menu.menuAction())
            menu.deleteLater()
        self._further = {}
        for name, entries in menus:
            menu = LetterMenu(self._menus[under])
            actions = [(menu.menuAction(), name)]
            for text, call in entries:
                actions.append((QAction(menu), text))
                actions[-1][0].triggered.connect(lambda _=False, call=call: call())
                menu.take(actions[-1][0])
            self._menus[under].addMenu(menu)
            self._further[menu] = actions
        self._rename()

    def keys(self) -> list[tuple[Text, str]]:
        """Name and first shortcut, in the system's notation, of every command that has shortcuts."""
        return [
            (command.name, action.shortcut().toString(QKeySequence.SequenceFormat.NativeText))
            for command, action in self.actions
            if command.keys
        ]

    def entries(self) -> list[Entry]:
        """An entry for the search for every command, found by its name and its other names."""
        return [
            Entry(
                "command",
                command.name,
                command.id,
                others={language: tuple(one.render(language) for one in command.others) for language in LANGUAGES},
            )
            for command, _ in self.actions
        ]

    def keys_of(self, command_id: str) -> str:
        """The first shortcut of a command in the system's notation; "" if it has none."""
        return self._found(command_id)[1].shortcut().toString(QKeySequence.SequenceFormat.NativeText)

    def menu_name(self, command_id: str) -> Text | None:
        """The name of the submenu that contains a command; None if it is in the top-level menu or in none."""
        command, _ = self._found(command_id)
        return command.under if command.in_menu else None

    def is_possible(self, command_id: str) -> bool:
        """Whether a command is available at present."""
        command, _ = self._found(command_id)
        return command.possible is None or bool(command.possible())

    def do(self, command_id: str) -> None:
        """Execute the command with this id."""
        self._found(command_id)[0].call()

    def _found(self, command_id: str) -> tuple[Command, QAction]:
        return next((command, action) for command, action in self.actions if command.id == command_id)

    def _menu_for(self, command: Command) -> LetterMenu:
        if command.under is None:
            return self.menu
        if command.under not in self._menus:
            self._menus[command.under] = LetterMenu(self.menu)
            self.menu.addMenu(self._menus[command.under])
        return self._menus[command.under]

    def _show_what_is_possible(self) -> None:
        for command, action in self.actions:
            action.setEnabled(command.possible is None or bool(command.possible()))
            if command.is_on is not None:
                action.setChecked(command.is_on())
            if command.shown is not None:
                action.setText(translate(command.shown()))

    def _enable_all(self) -> None:
        for _, action in self.actions:
            action.setEnabled(True)

    def _rename(self) -> None:
        self.menu.setFont(font("text"))
        for name, menu in self._menus.items():
            menu.setFont(font("text"))
            menu.setTitle(translate(name))
        for menu, actions in self._further.items():
            menu.setFont(font("text"))
            for action, name in actions:
                # What a person wrote may hold an ampersand, which a menu takes for the mark of a key.
                action.setText(translate(name).replace("&", "&&"))
        for command, action in self.actions:
            action.setText(translate(command.shown() if command.shown is not None else command.name))


class Commanded(Protocol):
    """Protocol of the part of the main window that the commands use; see ``MainWindow`` for the methods."""

    files: Files
    learner: Learner
    learning: ProgressFiles
    lessons: Lessons
    lesson_files: LessonFiles
    making: Making
    networks: Networks
    reminder: Reminder
    whats_this: WhatsThis

    @property
    def page(self) -> ExperimentPage | None: ...
    @property
    def can_move(self) -> bool: ...
    def export_moving(self) -> None: ...
    def show_chapter(self, number: int, /) -> None: ...
    def show_overview(self) -> None: ...
    def show_test(self, chapter: int, /) -> None: ...
    def show_own_network(self) -> None: ...
    def check_network(self) -> None: ...
    def show_neighbour(self, step: int, /) -> None: ...
    def toggle_presentation(self) -> None: ...
    def ask_room(self) -> None: ...
    def show_packs(self) -> None: ...
    def ask_room_briefly(self) -> None: ...
    def escape(self) -> None: ...
    def switch_theme(self) -> None: ...
    def switch_language(self) -> None: ...
    def open_search(self) -> None: ...
    def open_menu(self) -> None: ...
    def show_help(self) -> None: ...
    def show_keys(self) -> None: ...
    def show_glossary(self) -> None: ...
    def show_about(self) -> None: ...
    def print_page(self) -> None: ...
    def close(self) -> bool: ...


def commands_of(window: Commanded) -> list[Command | None]:
    """All commands in the order of the menu, including those that are not in it."""

    def on_page(call: Callable[[ExperimentPage], None]) -> Callable[[], None]:
        """A function that calls ``call`` with the visible experiment's page, or does nothing if there is none."""
        return lambda: call(window.page) if window.page is not None else None

    def usual_size() -> None:
        """Reset the zoom of the window and of all plots."""
        zoom_reset()
        on_page(lambda page: page.show_whole())()

    def of_page(ask: Callable[[ExperimentPage], bool]) -> Callable[[], bool]:
        """A function that calls ``ask`` with the visible experiment's page, or returns False if there is none."""
        return lambda: window.page is not None and ask(window.page)

    tests = [
        Command(words.TEST_OF(title=chapter.title), (), _calling(window.show_test, chapter.number), in_menu=False)
        for chapter in chapters()
        if chapter.entries
    ]
    go = [
        Command(chapter.title, (f"Ctrl+{chapter.number}",), _calling(window.show_chapter, chapter.number), False)
        for chapter in chapters()
    ]

    def panel(name: Text) -> Callable[[], None]:
        return on_page(lambda page: page.panels.choose(name))

    # Working and code stand in one panel.
    others = {words.HOW: (words.WORKING, words.CODE)}
    panels = [
        Command(words.PANEL(name=name), (key,), panel(name), in_menu=False, others=others.get(name, ()))
        for name, key in words.PANEL_KEYS
        if words.IN_CLASS.get(name) in (None, *class_in_use().panels)
    ]
    return [
        Command(words.OPEN_SESSION, ("Ctrl+O",), window.files.open_session),
        Command(words.SAVE_SESSION, ("Ctrl+S",), window.files.save_session),
        Command(words.EXPORT, ("Ctrl+E",), window.files.export),
        Command(words.COPY_PICTURE, ("Ctrl+Shift+C",), window.files.copy_picture),
        SEPARATOR,
        Command(
            words.UNDO,
            ("Ctrl+Z",),
            on_page(lambda page: page.editor.undo_stack.undo()),
            possible=of_page(lambda page: page.editor.undo_stack.canUndo()),
        ),
        Command(
            words.REDO,
            ("Ctrl+Shift+Z", "Ctrl+Y"),
            on_page(lambda page: page.editor.undo_stack.redo()),
            possible=of_page(lambda page: page.editor.undo_stack.canRedo()),
        ),
        Command(
            words.RESTORE_DEFAULTS,
            ("Ctrl+D",),
            on_page(lambda page: page.editor.restore_defaults()),
            in_menu=False,
            possible=of_page(lambda page: not page.editor.is_default()),
        ),
        Command(words.RESTART, ("Ctrl+R",), on_page(lambda page: page.controller.restart()), in_menu=False),
        Command(words.STEP, ("PgDown",), on_page(lambda page: page.controller.step()), in_menu=False),
        Command(words.BACK, ("PgUp",), on_page(lambda page: page.controller.back()), in_menu=False),
        SEPARATOR,
        Command(words.OVERVIEW, ("Ctrl+1",), window.show_overview, shown=lambda: words.overview(window.reminder.count)),
        Command(
            words.THEME,
            (),
            window.switch_theme,
            shown=lambda: words.LIGHT if theme().name == "dark" else words.DARK,
            others=(words.LIGHT, words.DARK),
        ),
        Command(
            words.LANGUAGE,
            (),
            window.switch_language,
            in_menu=False,
            others=tuple(untranslated(language_of(one).name) for one in LANGUAGES),
        ),
        Command(words.LARGER, ("Ctrl++", "Ctrl+="), zoom_in, under=words.VIEW),
        Command(words.SMALLER, ("Ctrl+-",), zoom_out, under=words.VIEW),
        Command(words.NORMAL_SIZE, ("Ctrl+0",), usual_size, under=words.VIEW),
        Command(
            words.PRESENTATION, ("F11",), window.toggle_presentation, under=words.VIEW, others=(words.STAGE_ALONE,)
        ),
        Command(words.ASK_ROOM, ("V",), window.ask_room, under=words.VIEW, others=(words.VOTE,)),
        Command(words.IN_FIVE_MINUTES, ("Shift+V",), window.ask_room_briefly, in_menu=False),
        SEPARATOR,
        Command(
            words.PIN,
            ("Ctrl+P",),
            on_page(lambda page: page.pin()),
            possible=of_page(lambda page: page.can_pin),
            under=words.RUNS,
        ),
        Command(
            words.DIFFERENCES,
            ("Ctrl+T",),
            on_page(lambda page: page.show_differences()),
            possible=of_page(lambda page: bool(page.controller.shelf.runs)),
            under=words.RUNS,
        ),
        Command(
            words.EXPORT_MOVING,
            ("Ctrl+Shift+E",),
            window.export_moving,
            possible=lambda: window.can_move,
            under=words.RUNS,
        ),
        Command(
            words.KEEP_NETWORK,
            ("Ctrl+K",),
            window.networks.keep,
            possible=of_page(lambda page: page.can_keep_network),
            under=words.RUNS,
        ),
        Command(words.NETWORKS, (), window.networks.show_all, under=words.RUNS),
        Command(words.OWN_NETWORK, (), window.show_own_network, under=words.RUNS),
        Command(words.CHECK_NETWORK, (), window.check_network, under=words.RUNS),
        *(
            Command(
                title, (), _calling(window.lessons.open_shipped, index), under=words.LESSONS, others=(words.LESSONS,)
            )
            for index, title in enumerate(SHIPPED.values())
        ),
        Command(words.OPEN_LESSON, (), window.lesson_files.open, under=words.LESSONS),
        Command(
            words.MAKE_LESSON,
            (),
            window.making.begin,
            possible=of_page(lambda page: page.controller.snapshot is not None),
            under=words.LESSONS,
        ),
        Command(words.EDIT_LESSON, (), window.making.edit_file, under=words.LESSONS),
        Command(words.PACKS, (), window.show_packs, under=words.LESSONS),
        Command(
            words.SAVE_ANSWERS,
            (),
            window.lesson_files.save_answers,
            possible=lambda: window.lessons.is_open,
            under=words.LESSONS,
        ),
        Command(
            words.LEAVE_LESSON,
            (),
            window.lessons.leave,
            possible=lambda: window.lessons.is_open,
            under=words.LESSONS,
        ),
        Command(
            words.ASK_AGAIN,
            (),
            lambda: window.learner.set_asks_again(not window.learner.asks_again),
            is_on=lambda: window.learner.asks_again,
            under=words.PROGRESS,
        ),
        Command(words.WHAT_STAYS, (), window.learning.show_what_stays, under=words.PROGRESS),
        Command(words.PRINT_PAGE, (), window.print_page, under=words.PROGRESS),
        Command(words.EXPORT_PROGRESS, (), window.learning.export, under=words.PROGRESS),
        Command(words.IMPORT_PROGRESS, (), window.learning.bring_in, under=words.PROGRESS),
        Command(words.ERASE_PROGRESS, (), window.learning.erase, under=words.PROGRESS),
        SEPARATOR,
        Command(words.GUIDE, ("F1",), window.show_help, under=words.HELP),
        Command(words.KEYS, ("Ctrl+/",), window.show_keys, under=words.HELP),
        Command(
            words.WHAT_IS_THIS,
            ("Shift+F1",),
            window.whats_this.toggle,
            is_on=lambda: window.whats_this.is_on,
            under=words.HELP,
        ),
        Command(words.GLOSSARY, ("Ctrl+F1",), window.show_glossary, under=words.HELP),
        Command(words.ABOUT, (), window.show_about, under=words.HELP),
        Command(words.QUIT, ("Ctrl+Q",), lambda: _close(window)),
        Command(words.SEARCH, ("Ctrl+Shift+P", "/"), window.open_search, in_menu=False),
        Command(words.NEXT_EXPERIMENT, ("Ctrl+Tab",), _calling(window.show_neighbour, 1), in_menu=False),
        # Shift turns Tab into Backtab on some platforms only.
        Command(
            words.PREVIOUS_EXPERIMENT,
            ("Ctrl+Shift+Tab", "Ctrl+Shift+Backtab"),
            _calling(window.show_neighbour, -1),
            in_menu=False,
        ),
        Command(words.NEXT_REGION, ("F6",), on_page(lambda page: page.regions.go(1)), in_menu=False),
        Command(words.PREVIOUS_REGION, ("Shift+F6",), on_page(lambda page: page.regions.go(-1)), in_menu=False),
        *panels,
        Command(words.TAKE_TURNS, ("Alt+0",), on_page(lambda page: page.take_turns()), in_menu=False),
        Command(words.MENU, ("F10",), window.open_menu, in_menu=False),
        Command(words.LEAVE, ("Escape",), window.escape, in_menu=False),
        *go,
        *tests,
    ]


def _calling(function: Callable[[int], None], argument: int) -> Callable[[], None]:
    return lambda: function(argument)


def _close(window: Commanded) -> None:
    window.close()
