"""The network that an experiment uses, which is built-in or one that the learner saved, and texts about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from engine.contract.fields import Network, VisibleWhen, parameter
from engine.contract.text import Refused, Text, shortened
from engine.data.plain_file import Unreadable, read_plain_file
from engine.networks.archive import LARGEST, network_file, put_to_work, read_network
from engine.networks.folder import kept_files, name_of
from engine.networks.kept import KeptNetwork
from engine.networks.words import told

WhyNot = Callable[[KeptNetwork], Text | None]
_UNFIT = Text("“{name}” does not fit here: {reason}.")
_TOLD = Text("{reading} Read by your network “{name}”: {what}.")
_GONE = Text("{reading} Your network “{name}” can no longer be read; the program's own takes its place.")


@dataclass(frozen=True)
class Origin:
    """The saved network that a frame was computed with: its name and its training.

    ``accuracy`` was measured on ``tested`` examples. If ``is_gone``, its file no longer exists and only the name is
    known.
    """

    name: str
    kind: str = ""
    updates: int = 0
    accuracy: float | None = None
    tested: int = 0
    is_gone: bool = False


def network_field(why_not: WhyNot, visible: VisibleWhen | None = None) -> Any:
    """A field that chooses the network: "" for the built-in one, or the path of a saved one that fits.

    ``why_not(network)`` returns why the experiment cannot use a network, None if it can.
    """

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
    """The network in a file; ``Refused``, with the reason, if the file holds none, or the experiment cannot use it."""
    network = read_network(path)
    reason = why_not(network)
    if reason is not None:
        raise Refused(_UNFIT(name=shortened(network.name), reason=reason))
    return network


def carried(path: Path) -> bytes:
    """The unchanged content of a network file, to be stored in a session or a script; ``Refused`` if it is invalid.

    It is unchanged because a newer version may have stored more in it than this one reads.
    """
    network = read_network(path)
    try:
        return read_plain_file(path, LARGEST)
    except Unreadable:  # its file is gone, and it is still at work
        return network_file(network)


def chosen(path: str) -> tuple[KeptNetwork | None, Origin | None]:
    """The saved network at ``path`` and its origin; both None if the built-in network was chosen.

    If the file has been deleted or damaged since it was chosen, the network is None, so that the built-in one is used,
    and the origin says so.
    """
    if not path:
        return None, None
    try:
        network = put_to_work(Path(path))
    except Refused:
        return None, Origin(name_of(Path(path)), is_gone=True)
    return network, Origin(network.name, network.kind, network.updates, network.test_accuracy, network.tested)


def with_origin(reading: Text, origin: Origin | None) -> Text:
    """Appends to a sentence about a frame which saved network it was computed with, if any."""
    if origin is None:
        return reading
    if origin.is_gone:
        return _GONE(reading=reading, name=origin.name)
    what = told(origin.kind, origin.updates, origin.accuracy, origin.tested)
    return _TOLD(reading=reading, name=origin.name, what=what)


def _fits(path: Path, why_not: WhyNot) -> bool:
    try:
        state = path.stat()
    except OSError:
        return False
    return _fits_as_it_is(path, (state.st_mtime_ns, state.st_size), why_not)


@lru_cache(maxsize=2048)
def _fits_as_it_is(path: Path, state: tuple[int, int], why_not: WhyNot) -> bool:
    """Whether the experiment can use a saved network.

    Cached by ``state``, the file's time and size, since all files are checked whenever networks are offered.
    """
    try:
        fitting(path, why_not)
    except Refused:
        return False
    return True
