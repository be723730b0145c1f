"""The network that reads in an experiment: the program's own, or one of the learner's, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from engine.contract.fields import Network, VisibleWhen, parameter
from engine.contract.text.refusal import Refused, shortened
from engine.contract.text.text import Text
from engine.data.plain_file import Unreadable, read_plain_file
from engine.networks.folder import kept_files, name_of
from engine.networks.kept import KeptNetwork
from engine.networks.reading import LARGEST, put_to_work, read_network
from engine.networks.words import told
from engine.networks.writing import network_file

WhyNot = Callable[[KeptNetwork], Text | None]
_UNFIT = Text("“{name}” does not fit here: {reason}.")
_TOLD = Text("{reading} Read by your network “{name}”: {what}.")
_GONE = Text("{reading} Your network “{name}” can no longer be read; the program's own takes its place.")


@dataclass(frozen=True)
class Origin:
    """Where a network of the learner's comes from, as a frame says it; of one that ``is_gone`` only the name."""

    name: str
    kind: str = ""
    updates: int = 0
    accuracy: float | None = None
    is_gone: bool = False


def network_field(why_not: WhyNot, visible: VisibleWhen | None = None) -> Any:
    """The field of whose network reads: "" for the program's own, or the path of one that fits."""

    def examine(path: Path) -> KeptNetwork:
        return fitting(path, why_not)

    def offered() -> tuple[Path, ...]:
        return tuple(path for path in kept_files() if _fits(path, why_not))

    return parameter(
        "",
        Network(
            label=Text("Whose network"),
            help=Text("The one that comes with the program, or one that you trained and kept."),
            examine=examine,
            carry=carried,
            offered=offered,
            suffixes=(".network.npz",),
            visible=visible,
        ),
    )


def fitting(path: Path, why_not: WhyNot) -> KeptNetwork:
    """The network of a file; ``Refused`` where it is none, or does not fit, which says why."""
    network = read_network(path)
    reason = why_not(network)
    if reason is not None:
        raise Refused(_UNFIT(name=shortened(network.name), reason=reason))
    return network


def carried(path: Path) -> bytes:
    """The content of a file that a session or a script carries: as it is, since a newer version may have written more
    into it than is read here; ``Refused`` where it holds no network.
    """
    network = read_network(path)
    try:
        return read_plain_file(path, LARGEST)
    except Unreadable:  # its file is gone, and it is still at work
        return network_file(network)


def chosen(path: str) -> tuple[KeptNetwork | None, Origin | None]:
    """The learner's network at ``path``, None for the program's own, and where it comes from.

    One that was there when it was chosen may be gone or spoiled by now: then the program's own takes its place.
    """
    if not path:
        return None, None
    try:
        network = put_to_work(Path(path))
    except Refused:
        return None, Origin(name_of(Path(path)), is_gone=True)
    return network, Origin(network.name, network.kind, network.updates, network.test_accuracy)


def with_origin(reading: Text, origin: Origin | None) -> Text:
    """A sentence about a frame, and behind it whose network it is, where that is the learner's."""
    if origin is None:
        return reading
    if origin.is_gone:
        return _GONE(reading=reading, name=origin.name)
    return _TOLD(reading=reading, name=origin.name, what=told(origin.kind, origin.updates, origin.accuracy))


def _fits(path: Path, why_not: WhyNot) -> bool:
    try:
        state = path.stat()
    except OSError:
        return False
    return _fits_as_it_is(path, (state.st_mtime_ns, state.st_size), why_not)


@lru_cache(maxsize=2048)
def _fits_as_it_is(path: Path, state: tuple[int, int], why_not: WhyNot) -> bool:
    """Asked of all that were kept whenever somebody is about to choose, and read once as long as the file stays."""
    try:
        fitting(path, why_not)
    except Refused:
        return False
    return True
