"""Saves networks in the learner's folder, imports files from elsewhere, and deletes them."""

from __future__ import annotations

from pathlib import Path

from engine.contract.text import Refused, Text, shortened
from engine.export.writing import reason_of, write_new
from engine.networks.archive import network_file, read_network
from engine.networks.chosen import carried
from engine.networks.folder import file_of, free_name, is_in_folder, kept_files, lent_folder, name_of, usable_name
from engine.networks.kept import KeptNetwork

_NOWHERE = Text("Networks cannot be kept: {folder} cannot be made.")
_NO_FOLDER = Text("Networks are kept in the window only.")
_STAYS = Text("“{name}” cannot be thrown away: {reason}.")
_USUAL = "network"


def keep(network: KeptNetwork, name: str) -> Path:
    """Writes a network into the learner's folder and returns its path; ``Refused`` if that fails.

    Nothing is overwritten: if the name is taken, a number is appended.
    """
    return _lay(network_file(network), name)


def _lay(content: bytes, name: str) -> Path:
    folder = lent_folder()
    if folder is None:
        raise Refused(_NO_FOLDER)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise Refused(_NOWHERE(folder=str(folder))) from None
    while True:
        path = file_of(free_name(usable_name(name) or _USUAL))
        assert path is not None  # the name is usable, and there is a folder
        # Another window may have taken the name since it was free.
        if write_new(path, content):
            return path


def bring_in(path: Path) -> Path:
    """Copies a network file into the learner's folder and returns its path there.

    If an identical network is there already, its path is returned. ``Refused`` if the file contains no network.
    """
    network = read_network(path)
    if is_in_folder(path):
        return path
    known = network_file(network)
    for one in kept_files():
        try:
            if network_file(read_network(one)) == known:
                return one
        except Refused:
            continue
    # As it is: a newer version may have written more into it than is read here.
    return _lay(carried(path), network.name)


def throw_away(path: Path) -> None:
    """Deletes the file of a saved network; ``Refused`` if that fails."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise Refused(_STAYS(name=shortened(name_of(path)), reason=reason_of(error))) from None
