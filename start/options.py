"""Parses command line options, with errors and help in any language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from engine.contract.text import LANGUAGES, Refused, Text, shortened
from start.console import write_line
from start.program import called


@dataclass(frozen=True)
class Option:
    """An option such as ``--seed N``; ``value`` is its placeholder, empty for a switch."""

    name: str
    help: Text
    value: str = ""
    repeated: bool = False


@dataclass
class Given:
    """The parsed command line: the positional words, and each option's values in order."""

    words: list[str] = field(default_factory=list)
    values: dict[str, list[str]] = field(default_factory=dict)

    def last(self, name: str) -> str | None:
        """An option's last value, None if it was not given."""
        return self.values.get(name, [None])[-1]

    def all(self, name: str) -> list[str]:
        """Every value of an option that may be repeated."""
        return self.values.get(name, [])

    def has(self, name: str) -> bool:
        """Whether an option was given."""
        return name in self.values


HELP = Option("--help", Text("show this help"))
LANGUAGE = Option("--language", Text("language: {known}")(known=", ".join(LANGUAGES)), "L")
CLASS = Option("--class", Text("take the defaults of a class from this file"), "FILE")


def parse(arguments: Sequence[str], options: Sequence[Option]) -> Given:
    """Split arguments into words and options; ``Refused`` names an unknown option or one whose value is missing.

    ``--name value`` and ``--name=value`` are the same, ``-ovalue`` too, and ``--`` ends the options.
    """
    known = {option.name: option for option in (*options, HELP)}
    given = Given()
    rest = list(arguments)
    while rest:
        argument = rest.pop(0)
        if argument == "--":
            given.words += rest
            break
        if not argument.startswith("-") or argument == "-":
            given.words.append(argument)
            continue
        name, value = _split(argument)
        option = known.get("--help" if name == "-h" else name)
        if option is None:
            raise Refused(
                Text("there is no option “{option}”; there are {known}.")(
                    option=shortened(name), known=", ".join(known)
                )
            )
        if option.value and value is None:
            if not rest or rest[0].startswith("--"):
                raise Refused(Text("{option} needs a value: {option} {value}.")(option=option.name, value=option.value))
            value = rest.pop(0)
        elif not option.value and value is not None:
            raise Refused(
                Text("{option} takes no value, “{value}” was given.")(option=option.name, value=shortened(value))
            )
        given.values.setdefault(option.name, []).append(value or "")
    return given


def given_or_help(
    arguments: Sequence[str], usage: str, about: Text, options: Sequence[Option], language: str
) -> Given | None:
    """Parses a command's arguments; if help was requested, prints it and returns None.

    ``Refused`` as by ``parse``, and for an unknown ``--language``.
    """
    given = parse(arguments, options)
    if given.has("--help"):
        write_line(help_text(usage, about, options, language))
        return None
    one_of("--language", given.last("--language"), LANGUAGES)
    return given


def one_of(name: str, value: str | None, allowed: Sequence[str]) -> str | None:
    """An option's value if it is allowed or was not given; ``Refused`` with what is allowed otherwise."""
    if value is not None and value not in allowed:
        raise Refused(
            Text("{option}: “{value}” is not one of {allowed}.")(
                option=name, value=shortened(value), allowed=", ".join(allowed)
            )
        )
    return value


def no_words(given: Given, most: int = 0) -> None:
    """Raises ``Refused`` if there are more than ``most`` positional words."""
    if len(given.words) > most:
        raise Refused(Text("“{word}” is one argument too many.")(word=shortened(given.words[most])))


def help_text(usage: str, about: Text, options: Sequence[Option], language: str) -> str:
    """The help of a command: usage, one sentence, and the options."""
    rows = [(f"{option.name} {option.value}".strip(), option.help.render(language)) for option in (*options, HELP)]
    width = max(len(row[0]) for row in rows)
    lines = [
        f"{called()} {usage}",
        "",
        about(program=called()).render(language),
        "",
        *(f"  {name.ljust(width)}  {words}" for name, words in rows),
    ]
    return "\n".join(lines)


def _split(argument: str) -> tuple[str, str | None]:
    if argument.startswith("--"):
        name, equals, value = argument.partition("=")
        return name, value if equals else None
    return argument[:2], argument[2:] or None
