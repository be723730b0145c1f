"""Animated outputs of ``render``: their options, and writing their files, first to temporary ones."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from engine.contract.text import Refused, Text, untranslated
from engine.export.record import Export
from engine.export.writing import arriving
from engine.playing import Player
from gui.export.moving.formats import MOVING_FORMATS
from gui.export.moving.moments import Moment, moments_of
from gui.export.moving.wanted import DEFAULT_SIZE, ENTRIES, MovingPicture, read_moving
from start.options import Given, Option
from start.terminal import say

_FROM, _TO = "--from", "--to"
_NAMES = {"first": _FROM, "last": _TO, "seconds": "--seconds", "rate": "--fps", "hold": "--hold"}
OPTIONS = (
    Option(_FROM, Text("begin a moving picture at this update, 0 unless given"), "N"),
    Option(_TO, Text("end it there, and the run too"), "N"),
    Option("--seconds", Text("how long it moves, 8 unless given"), "S"),
    Option("--fps", Text("frames a second, 20 unless given"), "N"),
    Option("--hold", Text("seconds that its end is held, 1 unless given"), "S"),
)
_SILENT_FOR = 5.0
_DRAWN = Text("Frame {number} of {count} …")
_NONE_MOVES = Text("{option} is for pictures that move, and there is none among the outputs; there are {known}.")
_TWO_ENDS = Text("--to and --steps both say where the run ends; give one of them.")
_NO_COURSE = Text("{experiment} has no course with these parameters: there is nothing that moves.")


@dataclass(frozen=True)
class MovingOutputs:
    """The animated files and their options; the run's end may be unknown until it has ended."""

    paths: tuple[Path, ...]
    texts: dict[str, str]
    size: tuple[int, int]
    theme: str

    @property
    def has_end(self) -> bool:
        """Whether the run's end was given."""
        return "last" in self.texts

    def picture(self, last: int) -> MovingPicture:
        """The specification of an animation of a run that ends there; ``Refused`` for invalid options."""
        typed = {"first": "0", "last": str(last), **self.texts}
        sides = {"width": str(self.size[0]), "height": str(self.size[1])}
        return read_moving({**typed, **sides}, self.theme, _name_of)


def _name_of(entry: str) -> Text:
    return untranslated(_NAMES.get(entry, "--size"))


def is_moving(path: Path, given: Given) -> bool:
    """Whether a file is an animation: by its suffix, or a PNG if an option for animations was given."""
    suffix = path.suffix.lower()
    return suffix in MOVING_FORMATS and (suffix != ".png" or any(given.has(name) for name in _NAMES.values()))


def moving_outputs(
    given: Given, paths: Sequence[Path], size: tuple[int, int] | None, theme: str
) -> MovingOutputs | None:
    """The animated outputs, None if there are none; ``Refused`` for invalid options."""
    moving = tuple(path for path in paths if is_moving(path, given))
    asked = [name for name in _NAMES.values() if given.has(name)]
    if not moving:
        if asked:
            raise Refused(_NONE_MOVES(option=asked[0], known=" ".join(MOVING_FORMATS)))
        return None
    if given.has(_TO) and given.has("--steps"):
        raise Refused(_TWO_ENDS)
    for path in moving:
        MOVING_FORMATS[path.suffix.lower()].require()
    texts = {name: given.last(option) or "" for name, option in _NAMES.items() if given.has(option)}
    for name, text in texts.items():
        ENTRIES[name].called(_name_of(name)).read(text)
    outputs = MovingOutputs(moving, texts, size or DEFAULT_SIZE, theme)
    if (last := end_of(given)) is not None:
        outputs.picture(last)
    return outputs


def end_of(given: Given) -> int | None:
    """The update at which ``--to`` ends the run."""
    text = given.last(_TO)
    return None if text is None else int(ENTRIES["last"].called(untranslated(_TO)).read(text))


def require_course(export: Export) -> None:
    """Raises ``Refused`` if the run has only one frame."""
    if not export.experiment.has_course(export.params):
        raise Refused(_NO_COURSE(experiment=export.experiment.id))


@contextmanager
def written_moving(outputs: MovingOutputs | None, export: Export, moments: list[Moment] | None) -> Iterator[None]:
    """Context that writes all animations, and moves them to their targets if its body succeeds too.

    The run is played once more if ``moments`` are not known yet.
    """
    with ExitStack() as stack:
        if outputs is not None:
            require_course(export)
            wanted = outputs.picture(export.update)
            if moments is None:
                player = Player(export.experiment, export.run)
                stack.callback(player.close)
                moments = moments_of(wanted.places(), lambda: player, {}, untranslated(_TO))
            # Only now: it brings Qt and Pillow.
            from gui.export.moving.making import write_moving

            for path in outputs.paths:
                temporary = stack.enter_context(arriving(path))
                write_moving(
                    export, moments, wanted, MOVING_FORMATS[path.suffix.lower()], temporary, _teller(len(moments))
                )
        yield


def _teller(count: int) -> Callable[[int], None]:
    """A callback that sometimes prints which frame is being drawn."""
    told = time.monotonic()

    def tell(number: int) -> None:
        nonlocal told
        if time.monotonic() - told >= _SILENT_FOR:
            told = time.monotonic()
            say(_DRAWN(number=number + 1, count=count))

    return tell
