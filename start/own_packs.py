"""The packs in the learner's folder: commands know the experiments of those that are trusted, as the window does."""

from __future__ import annotations

from collections.abc import Collection

from engine.contract.text import Text, enumerated, shortened
from engine.packs.installed import FOLDER, folders_in_wheels, installed_in
from engine.packs.trust import take_up_trusted
from start.console import write_error

_NOT_ASKED = Text(
    "The pack “{title}” is new or has changed: {experiments} of it is left out until you trust its Python. Open the "
    "window, which asks."
)


def take_up_own(language: str, without: Collection[str] = ()) -> None:
    """Have the experiments of the packs that are trusted, but for those with the ids ``without``. What is wrong with
    one becomes a line on standard error, and the command goes on.
    """
    try:
        from gui.app.settings import Settings
    except ImportError:  # a system without Qt's libraries, on which most commands work all the same
        return
    settings = Settings()
    installed = installed_in(settings.path.parent / FOLDER, folders_in_wheels())
    packs = [one.pack for one in installed if one.pack is not None and one.pack.id not in without]
    for fault in take_up_trusted(packs, settings.trusts).values():
        write_error(fault.render(language))
    for pack in packs:
        if pack.own_experiments and settings.trusts(pack.id, pack.digest) is None:
            names = enumerated([shortened(one) for one in pack.own_experiments])
            write_error(_NOT_ASKED(title=pack.manifest.title.text, experiments=names).render(language))
