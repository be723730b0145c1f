"""What the window can be told to do: every command with its name and its keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from engine.contract.catalogue import chapters
from engine.contract.text.text import Text
from engine.lessons import SHIPPED
from gui.style.typography import zoom_in, zoom_out, zoom_reset
from gui.window import words
from gui.window.actions import SEPARATOR, Command

if TYPE_CHECKING:
    from gui.learner.learner import Learner
    from gui.learner.progress_files import ProgressFiles
    from gui.lessons.files import LessonFiles
    from gui.lessons.lessons import Lessons
    from gui.lessons.making.opening import Making
    from gui.networks.networks import Networks
    from gui.page.experiment_page import ExperimentPage
    from gui.window.files import Files
    from gui.window.whats_this import WhatsThis


class Commanded(Protocol):
    """What the commands act on: the window, whose methods say what each does."""

    files: Files
    learner: Learner
    learning: ProgressFiles
    lessons: Lessons
    lesson_files: LessonFiles
    making: Making
    networks: Networks
    whats_this: WhatsThis

    @property
    def page(self) -> ExperimentPage | None: ...
    @property
    def can_move(self) -> bool: ...
    def export_moving(self) -> None: ...
    def show_chapter(self, number: int, /) -> None: ...
    def show_overview(self) -> None: ...
    def show_neighbour(self, step: int, /) -> None: ...
    def toggle_presentation(self) -> None: ...
    def escape(self) -> None: ...
    def open_menu(self) -> None: ...
    def show_help(self) -> None: ...
    def show_keys(self) -> None: ...
    def show_about(self) -> None: ...
    def print_page(self) -> None: ...
    def close(self) -> bool: ...


def commands_of(window: Commanded) -> list[Command | None]:
    """In the order of the menu; those that are not in it stand where they belong."""

    def on_page(call: Callable[[ExperimentPage], None]) -> Callable[[], None]:
        """A command that needs a visible experiment; without one it does nothing."""
        return lambda: call(window.page) if window.page is not None else None

    def usual_size() -> None:
        """Type in its usual size, and the whole of every map."""
        zoom_reset()
        on_page(lambda page: page.show_whole())()

    def of_page(ask: Callable[[ExperimentPage], bool]) -> Callable[[], bool]:
        """A question that needs a visible experiment; without one the answer is no."""
        return lambda: window.page is not None and ask(window.page)

    go = [
        Command(chapter.title, (f"Ctrl+{chapter.number}",), _calling(window.show_chapter, chapter.number), False)
        for chapter in chapters()
    ]

    def panel(name: Text) -> Callable[[], None]:
        return on_page(lambda page: page.panels.choose(name))

    panels = [Command(words.PANEL(name=name), (key,), panel(name), False) for name, key in words.PANEL_KEYS]
    return [
        Command(words.OPEN_SESSION, ("Ctrl+O",), window.files.open_session),
        Command(words.SAVE_SESSION, ("Ctrl+S",), window.files.save_session),
        Command(words.EXPORT, ("Ctrl+E",), window.files.export),
        Command(words.EXPORT_MOVING, ("Ctrl+Shift+E",), window.export_moving, possible=lambda: window.can_move),
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
            possible=of_page(lambda page: not page.editor.is_default()),
        ),
        Command(words.RESTART, ("Ctrl+R",), on_page(lambda page: page.controller.restart()), in_menu=False),
        Command(words.STEP, ("PgDown",), on_page(lambda page: page.controller.step()), in_menu=False),
        Command(words.BACK, ("PgUp",), on_page(lambda page: page.controller.back()), in_menu=False),
        Command(words.PIN, ("Ctrl+P",), on_page(lambda page: page.pin()), possible=of_page(lambda page: page.can_pin)),
        Command(
            words.KEEP_NETWORK,
            ("Ctrl+K",),
            window.networks.keep,
            possible=of_page(lambda page: page.can_keep_network),
        ),
        Command(words.NETWORKS, (), window.networks.show_all),
        Command(
            words.DIFFERENCES,
            ("Ctrl+T",),
            on_page(lambda page: page.show_differences()),
            possible=of_page(lambda page: bool(page.controller.shelf.runs)),
        ),
        SEPARATOR,
        *(
            Command(title, (), _calling(window.lessons.open_shipped, index), under=words.LESSONS)
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
        SEPARATOR,
        Command(words.OVERVIEW, ("Ctrl+1",), window.show_overview),
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
        Command(words.MENU, ("F10",), window.open_menu, in_menu=False),
        Command(words.LARGER, ("Ctrl++", "Ctrl+="), zoom_in),
        Command(words.SMALLER, ("Ctrl+-",), zoom_out),
        Command(words.NORMAL_SIZE, ("Ctrl+0",), usual_size),
        Command(words.PRESENTATION, ("F11",), window.toggle_presentation),
        Command(words.LEAVE, ("Escape",), window.escape, in_menu=False),
        SEPARATOR,
        Command(
            words.ASK_AGAIN,
            (),
            lambda: window.learner.set_asks_again(not window.learner.asks_again),
            is_on=lambda: window.learner.asks_again,
            under=words.PROGRESS,
        ),
        Command(words.PRINT_PAGE, (), window.print_page, under=words.PROGRESS),
        Command(words.EXPORT_PROGRESS, (), window.learning.export, under=words.PROGRESS),
        Command(words.IMPORT_PROGRESS, (), window.learning.bring_in, under=words.PROGRESS),
        Command(words.ERASE_PROGRESS, (), window.learning.erase, under=words.PROGRESS),
        SEPARATOR,
        Command(words.GUIDE, ("F1",), window.show_help),
        Command(words.KEYS, ("Ctrl+/",), window.show_keys),
        Command(words.WHAT_IS_THIS, ("Shift+F1",), window.whats_this.toggle),
        Command(words.GLOSSARY, ("Ctrl+F1",), on_page(lambda page: page.panels.guide.open_glossary())),
        Command(words.ABOUT, (), window.show_about),
        SEPARATOR,
        Command(words.QUIT, ("Ctrl+Q",), lambda: _close(window)),
        *go,
    ]


def _calling(function: Callable[[int], None], argument: int) -> Callable[[], None]:
    return lambda: function(argument)


def _close(window: Commanded) -> None:
    window.close()
