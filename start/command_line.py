"""The command line: the window, and the other commands; bad input ends with status 2 and one line."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from engine.contract.text import LANGUAGES, Refused, Text, shortened
from start import terminal
from start.console import give_up_output, write_error, write_line
from start.options import CLASS, LANGUAGE, Given, Option, help_text, no_words, one_of, parse
from start.program import folder_beside, may_have_packs

THEMES = ("light", "dark")
FAILED = 1
BAD_INPUT = 2
INTERRUPTED = 130

_COMMANDS = ("list", "render", "check", "page", "answers", "pack", "lesson", "self-check")
_ABOUT_EXPERIMENTS = ("list", "render", "check", "page", "answers", "self-check")
"""The commands for which the experiments of packs are there from the beginning; 'pack' decides it itself."""
_USAGE = "[FILE|layerwise:ID] [--chapter N] [--experiment ID] [--language L] [--theme T] [--class FILE]"
_ABOUT = Text(
    "Opens the window of Layerwise, and FILE in it, a session, a picture that carries one, a lesson or a pack. Six "
    "commands work without it: 'list' shows what there is, 'render' writes pictures and data, 'check' checks what was "
    "written, 'page' writes what was learned as a page to print, 'answers' puts what a class answered into a table, "
    "'pack' proves, begins and lists packs. 'lesson' opens a lesson by its file, or one that comes with the program by "
    "its number. 'self-check' opens every experiment once and says what does not work; '{program} COMMAND --help' says "
    "more of each."
)
_OPTIONS = (
    Option("--chapter", Text("open this chapter"), "N"),
    Option("--experiment", Text("open this experiment"), "ID"),
    LANGUAGE,
    Option("--theme", Text("colours: light or dark"), "T"),
    Option("--open", Text("open a saved session, a lesson or a pack"), "FILE"),
    CLASS,
    Option("--version", Text("show the version")),
)

_PLACES = ("--chapter", "--experiment", "--open")
"""The options that say what opens, as an address does."""

_LESSON_USAGE = "lesson FILE|N [--language L] [--theme T] [--class FILE]"
_LESSON_ABOUT = Text("Opens a lesson in the window: the one in FILE, or the N-th of those that come with the program.")
_LESSON_OPTIONS = tuple(option for option in _OPTIONS if option.name in ("--language", "--theme", "--class"))


def main(arguments: Sequence[str]) -> int:
    """Runs the command line and returns the exit status: 0, 1 for an error, 2 for bad input, 130 after Ctrl+C."""
    language = _language_of(arguments)
    try:
        return _run(list(arguments), language)
    except Refused as refusal:
        write_error(refusal.text.render(language))
        return BAD_INPUT
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has enough.
        return FAILED
    except Exception as error:
        if (told := _fault_of_pack(error)) is None:
            raise
        write_error(told.render(language))
        return FAILED
    finally:
        give_up_output()


def _fault_of_pack(error: Exception) -> Text | None:
    """What an error is told as that came through the Python of a pack; None for any other."""
    if "engine.packs.trust" not in sys.modules:
        return None
    from engine.packs.trust import fault_in

    return fault_in("".join(traceback.format_exception(error)))


def _run(arguments: list[str], language: str) -> int:
    if arguments and arguments[0] in _ABOUT_EXPERIMENTS:
        _take_up_packs(language)
    if arguments[:1] == ["list"]:
        from start.list_command import run_list

        return run_list(arguments[1:], language)
    if arguments[:1] == ["render"]:
        from start.render_command import run_render

        return run_render(arguments[1:], language)
    if arguments[:1] == ["check"]:
        from start.check_command import run_check

        return run_check(arguments[1:], language)
    if arguments[:1] == ["page"]:
        from start.page_command import run_page

        return run_page(arguments[1:], language)
    if arguments[:1] == ["answers"]:
        from start.answers_command import run_answers

        return run_answers(arguments[1:], language)
    if arguments[:1] == ["pack"]:
        from start.pack_command import run_pack

        return run_pack(arguments[1:], language)
    if arguments[:1] == ["self-check"]:
        from start.self_check_command import run_self_check

        return run_self_check(arguments[1:], language)
    return _open_window(arguments, language)


def _take_up_packs(language: str) -> None:
    """Have the experiments of the packs that are trusted, as the window has them."""
    if may_have_packs():
        from start.own_packs import take_up_own

        take_up_own(language)


def _open_window(arguments: list[str], language: str) -> int:
    opens_lesson = arguments[:1] == ["lesson"]
    given = parse(arguments[opens_lesson:], _LESSON_OPTIONS if opens_lesson else _OPTIONS)
    if given.has("--help"):
        described = (_LESSON_USAGE, _LESSON_ABOUT, _LESSON_OPTIONS) if opens_lesson else (_USAGE, _ABOUT, _OPTIONS)
        write_line(help_text(*described, language))
        return 0
    if given.has("--version"):
        from engine.version import PROGRAM

        write_line(PROGRAM)
        return 0
    if given.words or any(map(given.has, _PLACES)):
        # Before they are looked up; without them the window takes packs up itself, once it is painted.
        _take_up_packs(language)
    experiment = None if opens_lesson else _addressed(given)
    session = None if experiment is not None else _lesson(given) if opens_lesson else _session(given)
    chapter = _chapter(given.last("--chapter"))
    if experiment is None and (experiment := given.last("--experiment")) is not None:
        from engine.contract.catalogue import entry_of

        entry_of(experiment)
    wanted_language = one_of("--language", given.last("--language"), LANGUAGES)
    theme = one_of("--theme", given.last("--theme"), THEMES)
    if session is not None:
        _check_file(session, opens_lesson)

    from engine.class_file import take_class

    take_class(given.last("--class"), folder_beside())
    from start.system_libraries import require_window

    require_window()
    from gui.app.plain_imports import skip_source_reading

    skip_source_reading()
    from gui.app.application import run_window
    from gui.app.faults import NotOpened

    try:
        return run_window(
            chapter=chapter,
            experiment=experiment,
            language=wanted_language,
            theme=theme,
            session=session,
            is_lesson=opens_lesson,
        )
    except NotOpened as failure:
        write_error(failure.text.render(language))
        return FAILED


def _addressed(given: Given) -> str | None:
    """The experiment of an address such as layerwise:gates, which a page or the system hands over."""
    address = next(iter(given.words), "")
    if ":" not in address:
        return None
    from engine.contract.address import experiment_at, is_address

    if not is_address(address):
        return None
    no_words(given, 0 if any(map(given.has, _PLACES)) else 1)
    return experiment_at(address)


def _session(given: Given) -> Path | None:
    """The path of the session given as a plain argument, as by a double click, or after --open; None without one."""
    named = given.last("--open")
    if not given.words:
        return Path(named) if named is not None else None
    no_words(given, 0 if named is not None else 1)
    word = given.words[0]
    if ":" in word:
        from start.given_files import is_file_address, path_at

        if is_file_address(word):
            return path_at(word)
    # A command that was mistyped has neither a suffix nor a folder.
    if Path(word).suffix or Path(word).name != word or Path(word).exists():
        return Path(word)
    raise Refused(
        Text("there is no command “{word}”; there are {known}.")(word=shortened(word), known=", ".join(_COMMANDS))
    )


def _lesson(given: Given) -> Path:
    """The lesson after the command: a file, or the number of one that comes with the program."""
    from engine.lessons import shipped_lessons

    no_words(given, 1)
    shipped = shipped_lessons()
    word = given.words[0] if given.words else ""
    if word.isascii() and word.isdigit() and len(word) < 3 and 1 <= int(word) <= len(shipped):
        return shipped[int(word) - 1]
    if word:
        return Path(word)
    raise Refused(
        Text("lesson needs a file, or the number of a lesson that comes with Layerwise, 1 to {count}.")(
            count=len(shipped)
        )
    )


def _check_file(path: Path, is_lesson: bool) -> None:
    """Raises ``Refused``, before a window is created, for a file that cannot be opened."""
    from engine.lessons import SUFFIX

    if is_lesson or path.name.endswith(SUFFIX):
        from engine.lessons.reading import read_lesson

        read_lesson(path)
    elif path.suffix.lower() == ".zip" or os.path.isdir(path):
        from engine.packs.pack import read_pack

        read_pack(path)
    else:
        from engine.export.session_file import load_session

        load_session(path)


def _chapter(text: str | None) -> int | None:
    if text is None:
        return None
    from engine.contract.catalogue import chapters

    numbers = [str(chapter.number) for chapter in chapters()]
    return int(one_of("--chapter", text, numbers) or 0)


def _language_of(arguments: Sequence[str]) -> str:
    """The language of messages: the requested one, even if other arguments are invalid, or that of the system."""
    for index, argument in enumerate(arguments):
        name, equals, value = argument.partition("=")
        if name == "--language":
            wanted = value if equals else next(iter(arguments[index + 1 : index + 2]), "")
            if wanted in LANGUAGES:
                return wanted
    return terminal.language()
