"""Keeps PySide6 from reading the source of every module that is imported after it."""

from __future__ import annotations


def skip_source_reading() -> None:
    """Import faster from now on, by 50 ms until the first picture, and in 12 MB less.

    For the sake of ``from __feature__ import …``, which is not used here, PySide6 6.10 looks through each module's
    whole source for its own name, NumPy's too, and ``linecache`` keeps all of it. Modules without that name are passed
    over; so are all of them from now on. Look at this again when another version of PySide6 is pinned.
    """
    import PySide6.QtCore  # noqa: F401 (it brings what follows)

    try:
        from shibokensupport import feature  # type: ignore[import-not-found] # PySide6 brings it without a stub
    except ImportError:
        return
    if hasattr(feature, "_mod_uses_pyside"):
        feature._mod_uses_pyside = lambda module: False
